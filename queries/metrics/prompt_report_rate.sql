/*
name        = "重大隐患及时上报率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "自发现起在规定天数内上报县局的重大隐患；县局自己发现的视为当日上报"
denominator = "统计期内发现的重大隐患，尚未上报而仍在规定天数内的除外"
grain       = "一处隐患一行"
explain     = "重大隐患发现后及时报到县局的比例"
clause      = "四（一）"
good        = "high"
compared    = "sample"
*/
create or replace macro prompt_report_rate(as_of) as table
    select
        *,
        is_reported_promptly as numerator,
    from hazards_as_of(as_of)
    where is_reported_promptly is not null;
