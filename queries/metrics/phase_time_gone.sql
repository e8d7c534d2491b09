/*
name        = "时间进度"
topic       = "阶段"
unit        = "percent"
summary     = "ratio"
numerator   = "截至统计日阶段已过去的天数"
denominator = "阶段的总天数"
grain       = "一个阶段一行"
explain     = "阶段的时间过去了多少"
clause      = "五"
good        = "neither"
stock       = true
*/
create or replace macro phase_time_gone(as_of) as table
    select
        *,
        days_gone as numerator,
        days as denominator,
    from phases_as_of(as_of);
