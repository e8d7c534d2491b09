/*
says = "截至某日应完成的阶段任务，一个单位的一项任务一行"
*/
-- One row per task and unit it is asked of, from its phase's first day on. is_supported: whether the records
-- bear the task out; null where they cannot tell.
create or replace macro tasks_as_of(as_of) as table
    select
        tasks.*,
        evidence.is_supported,
    from task_states_as_of(as_of) as tasks
    left join evidence_as_of(as_of) as evidence
        on
            tasks.evidence = evidence.evidence
            and tasks.unit_code = evidence.unit_code
            and tasks.county_id = evidence.county_id
            and tasks.township_id is not distinct from evidence.township_id
            and tasks.institution_id is not distinct from evidence.institution_id;
