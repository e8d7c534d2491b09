/*
name        = "检查覆盖率"
topic       = "检查"
unit        = "percent"
summary     = "share"
numerator   = "统计期内镇、县局检查过，或经四不两直、明察暗访、联合执法检查过的在营机构"
denominator = "统计日在营的机构"
grain       = "一家在营机构一行"
explain     = "在营机构中统计期内有上级去检查过的比例；机构自查和安全鉴定评估不算"
clause      = "六（二）"
good        = "high"
compared    = "units"
marked_by   = "visit_days"
*/
create or replace macro inspected_rate(as_of) as table
    with visits as (
        select
            institution_id,
            list(inspected_on) as visit_days,
        from inspections
        where is_authority and inspected_on <= as_of
        group by institution_id
    )

    select
        institutions.*,
        visits.visit_days,
        list_max(visits.visit_days) as last_visited_on,
        coalesce(last_visited_on >= campaign_from_on(), false) as numerator,
    from institutions_as_of(as_of) as institutions
    left join visits on institutions.institution_id = visits.institution_id
    where institutions.is_open;
