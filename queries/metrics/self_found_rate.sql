/*
name        = "自查发现率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "来源为机构自查的隐患"
denominator = "统计期内发现的隐患"
grain       = "一处隐患一行"
explain     = "隐患中由机构自己查出来的比例"
clause      = "四（一）"
good        = "high"
compared    = "sample"
note        = "上级检查多的地方这个比例会低一些"
*/
create or replace macro self_found_rate(as_of) as table
    select
        *,
        coalesce(source_code = 'self_check', false) as numerator,
    from hazards_as_of(as_of);
