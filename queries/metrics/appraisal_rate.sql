/*
name        = "安全鉴定评估率"
topic       = "机构"
unit        = "percent"
summary     = "share"
numerator   = "安全鉴定评估合起来覆盖消防、用电、用气和施工（或建筑）的在营机构"
denominator = "统计日在营的机构"
grain       = "一家在营机构一行"
explain     = "在营机构中做过消防、施工、用电用气安全鉴定评估的比例"
clause      = "四（二）"
good        = "high"
compared    = "units"
stock       = true
*/
create or replace macro appraisal_rate(as_of) as table
    select
        *,
        is_appraised as numerator,
    from institutions_as_of(as_of)
    where is_open;
