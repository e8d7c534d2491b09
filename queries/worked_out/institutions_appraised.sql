-- When a home's appraisals had covered fire, electricity, gas and the building.
delete from institutions_appraised;

insert into institutions_appraised
with areas as (
    select
        institution_id,
        inspected_on,
        unnest(area_codes) as area,
    from inspections
    where inspection_code = 'appraisal'
),

parts as (
    select
        institution_id,
        if(area = 'construction', 'building', area) as part,
        min(inspected_on) as covered_on,
    from areas
    where area in ('fire', 'electricity', 'gas', 'construction', 'building')
    group by all
)

select
    institution_id,
    max(covered_on) as appraised_on,
from parts
group by institution_id
having count(*) = 4
order by institution_id;
