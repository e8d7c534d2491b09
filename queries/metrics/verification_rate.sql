/*
name        = "复查销号率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "截至统计日已复查销号的隐患"
denominator = "截至统计日已整改的隐患"
grain       = "一处隐患一行"
explain     = "已整改的隐患中经复查销号、真正闭环的比例"
clause      = "四（二）"
good        = "high"
compared    = "sample"
*/
create or replace macro verification_rate(as_of) as table
    select
        *,
        is_verified as numerator,
    from hazards_as_of(as_of)
    where is_rectified;
