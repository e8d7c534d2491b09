/*
name        = "重大隐患整改率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "截至统计日已整改的重大隐患"
denominator = "统计期内发现的重大隐患"
grain       = "一处隐患一行"
explain     = "截至统计日已整改的重大隐患占发现的重大隐患的比例"
clause      = "四（二）"
good        = "high"
compared    = "sample"
*/
create or replace macro major_rectification_rate(as_of) as table
    select
        *,
        is_rectified as numerator,
    from hazards_as_of(as_of)
    where is_major;
