/*
says = "有隐患在截至日期的视图里丢失或重复"
*/
-- One row per home whose hazards are not those of the view: their numbers are summed, not held side by side.
with found as (
    select
        institution_id,
        count(*) as hazards,
        sum(hash(hazard_id)) as numbers,
    from hazards
    where found_on <= $as_of
    group by institution_id
),

seen as (
    select
        institution_id,
        count(*) as hazards,
        sum(hash(hazard_id)) as numbers,
    from hazards_as_of($as_of)
    group by institution_id
)

select
    found.institution_id,
    found.hazards,
    seen.hazards as hazards_seen,
from found
left join seen on found.institution_id = seen.institution_id
where found.hazards is distinct from seen.hazards or found.numbers is distinct from seen.numbers;
