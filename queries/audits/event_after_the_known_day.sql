/*
says = "有事件的日期晚于台账已知的日期"
*/
with events as (
    select
        'hazards' as kind,
        hazard_id as record_id,
        greatest(found_on, reported_on, rectified_on, verified_on, extension_approved_on) as latest_on,
    from hazards
    union all by name
    select
        'inspections' as kind,
        inspection_id as record_id,
        inspected_on as latest_on,
    from inspections
    union all by name
    select
        'trainings' as kind,
        training_id as record_id,
        trained_on as latest_on,
    from trainings
    union all by name
    select
        'drills' as kind,
        drill_id as record_id,
        drilled_on as latest_on,
    from drills
    union all by name
    select
        'complaints' as kind,
        complaint_id as record_id,
        greatest(received_on, checked_on, settled_on) as latest_on,
    from complaints
    union all by name
    select
        'activities' as kind,
        activity_id as record_id,
        held_on as latest_on,
    from activities
    union all by name
    select
        'task_progress' as kind,
        task_progress_id as record_id,
        done_on as latest_on,
    from task_progress
    union all by name
    select
        'measures' as kind,
        measure_id as record_id,
        issued_on as latest_on,
    from measures
    union all by name
    select
        'institutions' as kind,
        institution_id as record_id,
        greatest(responsibility_on, emergency_plan_on) as latest_on,
    from institutions
)

select *,
from events
where latest_on > $as_of;
