/*
name        = "责任制落实率"
topic       = "机构"
unit        = "percent"
summary     = "share"
numerator   = "已有安全责任制落实日期的在营机构"
denominator = "统计日在营的机构"
grain       = "一家在营机构一行"
explain     = "在营机构中落实全员安全生产岗位责任制的比例"
clause      = "四（一）"
good        = "high"
compared    = "units"
stock       = true
*/
create or replace macro responsibility_rate(as_of) as table
    select
        *,
        has_responsibility as numerator,
    from institutions_as_of(as_of)
    where is_open;
