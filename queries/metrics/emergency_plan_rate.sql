/*
name        = "应急预案落实率"
topic       = "机构"
unit        = "percent"
summary     = "share"
numerator   = "已有应急预案日期的在营机构"
denominator = "统计日在营的机构"
grain       = "一家在营机构一行"
explain     = "在营机构中有应急预案的比例"
clause      = "四（五）"
good        = "high"
compared    = "units"
stock       = true
*/
create or replace macro emergency_plan_rate(as_of) as table
    select
        *,
        has_emergency_plan as numerator,
    from institutions_as_of(as_of)
    where is_open;
