/*
says = "单位的种类与所在乡镇、机构不符"
*/
with units as (
    select
        'activities' as kind,
        activity_id as record_id,
        unit_code,
        township_id is not null as has_township,
        institution_id is not null as has_institution,
    from activities
    union all by name
    select
        'task_progress' as kind,
        task_progress_id as record_id,
        unit_code,
        township_id is not null as has_township,
        institution_id is not null as has_institution,
    from task_progress
    union all by name
    select
        'measures' as kind,
        measure_id as record_id,
        unit_code,
        township_id is not null as has_township,
        institution_id is not null as has_institution,
    from measures
)

select *,
from units
where
    has_township <> (unit_code in ('township', 'institution'))
    or has_institution <> (unit_code = 'institution');
