/*
name      = "未整改隐患"
topic     = "隐患"
unit      = "hazards"
summary   = "count"
numerator = "截至统计日没有整改完成日期的隐患"
grain     = "一处隐患一行"
explain   = "截至统计日还没有整改完的隐患有多少处"
clause    = "四（二）"
good      = "low"
stock     = true
note      = "检查多的地方发现的隐患也多：数目多不等于整改更差"
*/
create or replace macro hazards_open(as_of) as table
    select
        *,
        true as numerator,
    from hazards_as_of(as_of)
    where not is_rectified;
