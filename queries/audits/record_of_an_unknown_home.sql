/*
says = "有记录的机构或乡镇不在名册上"
*/
with placed as (
    select
        'hazards' as kind,
        hazard_id as record_id,
        institution_id,
    from hazards
    union all by name
    select
        'inspections' as kind,
        inspection_id as record_id,
        institution_id,
    from inspections
    union all by name
    select
        'trainings' as kind,
        training_id as record_id,
        institution_id,
    from trainings
    union all by name
    select
        'drills' as kind,
        drill_id as record_id,
        institution_id,
    from drills
    union all by name
    select
        'complaints' as kind,
        complaint_id as record_id,
        institution_id,
    from complaints
    union all by name
    select
        'activities' as kind,
        activity_id as record_id,
        institution_id,
        township_id,
    from activities
    union all by name
    select
        'task_progress' as kind,
        task_progress_id as record_id,
        institution_id,
        township_id,
    from task_progress
    union all by name
    select
        'measures' as kind,
        measure_id as record_id,
        institution_id,
        township_id,
    from measures
)

select placed.*,
from placed
left join institutions on placed.institution_id = institutions.institution_id
left join townships on placed.township_id = townships.township_id
where
    (placed.institution_id is not null and institutions.institution_id is null)
    or (placed.township_id is not null and townships.township_id is null);
