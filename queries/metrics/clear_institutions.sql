/*
name        = "重大隐患清零机构率"
topic       = "机构"
unit        = "percent"
summary     = "share"
numerator   = "没有未整改重大隐患的在营机构"
denominator = "统计日在营的机构"
grain       = "一家在营机构一行"
explain     = "在营机构中没有未整改重大隐患的比例"
clause      = "四（二）"
good        = "high"
compared    = "units"
stock       = true
*/
create or replace macro clear_institutions(as_of) as table
    select
        *,
        is_clear as numerator,
    from institutions_as_of(as_of)
    where is_open;
