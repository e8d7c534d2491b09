/*
name        = "整改用时中位数"
topic       = "隐患"
unit        = "days"
summary     = "survival_median"
numerator   = "截至统计日已整改的隐患"
denominator = "统计期内发现的隐患，未整改的按截至统计日仍在进行计"
grain       = "一处隐患一行"
explain     = "一半的隐患从发现到整改完用了多少天（卡普兰–迈耶法）；未整改的也计入，一半还没有整改完时没有数"
clause      = "四（二）"
good        = "low"
*/
create or replace macro days_to_rectify(as_of) as table
    select
        *,
        is_rectified as numerator,
        is_rectified as is_event,
    from hazards_as_of(as_of);
