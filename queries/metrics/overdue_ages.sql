/*
name      = "逾期时长"
topic     = "隐患"
unit      = "hazards"
summary   = "count"
numerator = "期限已过仍未整改的隐患，按逾期天数分为 1–7 天、8–30 天、31–90 天、90 天以上"
grain     = "一处隐患一行"
explain   = "逾期的隐患各拖了多久"
clause    = "四（二）"
good      = "low"
stock     = true
*/
create or replace macro overdue_ages(as_of) as table
    select
        *,
        true as numerator,
    from hazards_as_of(as_of)
    where is_overdue;
