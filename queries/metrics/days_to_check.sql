/*
name        = "核查用时中位数"
topic       = "举报"
unit        = "days"
summary     = "survival_median"
numerator   = "截至统计日已核查的举报投诉"
denominator = "统计期内受理的举报投诉，未核查的按截至统计日仍在进行计"
grain       = "一件举报投诉一行"
explain     = "一半的举报投诉从受理到核查用了多少天（卡普兰–迈耶法）；未核查的也计入，一半还没有核查时没有数"
clause      = "四（二）"
good        = "low"
*/
create or replace macro days_to_check(as_of) as table
    select
        *,
        is_checked as numerator,
        is_checked as is_event,
    from complaints_as_of(as_of);
