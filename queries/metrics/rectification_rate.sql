/*
name        = "整改率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "截至统计日已整改的隐患"
denominator = "统计期内发现的隐患"
grain       = "一处隐患一行"
explain     = "截至统计日已整改的隐患占发现隐患的比例"
clause      = "四（二）"
good        = "high"
compared    = "sample"
note        = "检查多的镇发现的隐患也多：先看比率，不比数目"
*/
create or replace macro rectification_rate(as_of) as table
    select
        *,
        is_rectified as numerator,
    from hazards_as_of(as_of);
