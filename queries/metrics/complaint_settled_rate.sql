/*
name        = "举报办结率"
topic       = "举报"
unit        = "percent"
summary     = "share"
numerator   = "截至统计日有办结日期的举报投诉"
denominator = "统计期内受理的举报投诉"
grain       = "一件举报投诉一行"
explain     = "受理的举报投诉中已经办结的比例"
clause      = "四（二）"
good        = "high"
*/
create or replace macro complaint_settled_rate(as_of) as table
    select
        *,
        is_settled as numerator,
    from complaints_as_of(as_of);
