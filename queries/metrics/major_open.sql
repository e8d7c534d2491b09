/*
name      = "未整改重大隐患"
topic     = "隐患"
unit      = "hazards"
summary   = "count"
numerator = "截至统计日没有整改完成日期的重大隐患"
grain     = "一处隐患一行"
explain   = "截至统计日还没有整改完的重大隐患有多少处"
clause    = "四（二）"
good      = "low"
stock     = true
*/
create or replace macro major_open(as_of) as table
    select
        *,
        true as numerator,
    from hazards_as_of(as_of)
    where is_major and not is_rectified;
