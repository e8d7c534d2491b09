/*
name      = "逾期未整改"
topic     = "隐患"
unit      = "hazards"
summary   = "count"
numerator = "期限（批准延期的按延期）已过仍未整改的隐患；期限当天不算逾期"
grain     = "一处隐患一行"
explain   = "截至统计日过了期限仍没有整改完的隐患有多少处"
clause    = "四（二）"
good      = "low"
stock     = true
*/
create or replace macro overdue(as_of) as table
    select
        *,
        true as numerator,
    from hazards_as_of(as_of)
    where is_overdue;
