/*
says = "有隐患在截至日期的视图里丢失或重复"
*/
with seen as (
    select
        hazard_id,
        count(*) as times,
    from hazards_as_of($as_of)
    group by hazard_id
)

select
    hazards.hazard_id,
    seen.times,
from hazards
left join seen on hazards.hazard_id = seen.hazard_id
where hazards.found_on <= $as_of and coalesce(seen.times, 0) <> 1;
