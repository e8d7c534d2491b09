/*
name      = "发现隐患"
topic     = "隐患"
unit      = "hazards"
summary   = "count"
numerator = "统计期内发现的隐患"
grain     = "一处隐患一行"
explain   = "统计期内各方面发现并登记的隐患有多少处"
clause    = "四（二）"
good      = "neither"
note      = "检查多的地方发现的隐患也多：数目多不等于更不安全"
*/
create or replace macro hazards_found(as_of) as table
    select
        *,
        true as numerator,
    from hazards_as_of(as_of);
