/*
name        = "按期整改率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "在期限（批准延期的按延期）当天或之前整改完的隐患"
denominator = "有期限的隐患中已整改的和已逾期的"
grain       = "一处隐患一行"
explain     = "到了该整改完的时候，有多少是按期整改的；没到期的不算"
clause      = "四（二）"
good        = "high"
compared    = "sample"
*/
create or replace macro on_time_rate(as_of) as table
    select
        *,
        is_on_time as numerator,
    from hazards_as_of(as_of)
    where if(is_rectified, has_deadline, is_overdue);
