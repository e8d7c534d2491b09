/*
says = "有两条记录编号相同"
*/
with numbered as (
    select
        'hazards' as kind,
        hazard_id as record_id,
    from hazards
    group by hazard_id
    having count(*) > 1
    union all by name
    select
        'inspections' as kind,
        inspection_id as record_id,
    from inspections
    group by inspection_id
    having count(*) > 1
    union all by name
    select
        'trainings' as kind,
        training_id as record_id,
    from trainings
    group by training_id
    having count(*) > 1
    union all by name
    select
        'drills' as kind,
        drill_id as record_id,
    from drills
    group by drill_id
    having count(*) > 1
    union all by name
    select
        'complaints' as kind,
        complaint_id as record_id,
    from complaints
    group by complaint_id
    having count(*) > 1
    union all by name
    select
        'activities' as kind,
        activity_id as record_id,
    from activities
    group by activity_id
    having count(*) > 1
    union all by name
    select
        'task_progress' as kind,
        task_progress_id as record_id,
    from task_progress
    group by task_progress_id
    having count(*) > 1
    union all by name
    select
        'measures' as kind,
        measure_id as record_id,
    from measures
    group by measure_id
    having count(*) > 1
)

select *,
from numbered;
