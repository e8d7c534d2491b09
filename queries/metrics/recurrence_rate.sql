/*
name        = "反复率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "同一机构、同一环节、同一类别的隐患整改后规定天数内又发现的"
denominator = "统计期内发现的隐患"
grain       = "一处隐患一行"
explain     = "整改过又反复的隐患占发现隐患的比例，反映治标还是治本"
clause      = "五（三）"
good        = "low"
compared    = "sample"
*/
create or replace macro recurrence_rate(as_of) as table
    select
        *,
        is_recurrence as numerator,
    from hazards_as_of(as_of);
