/*
says = "截至某日各单位的阶段任务进展，一个单位的一项任务一行；不看台账能否佐证"
*/
-- One row per task and unit it is asked of, from its phase's first day on; without the records' support,
-- which takes all ledgers to find out.
create or replace macro task_states_as_of(as_of) as table
    with begun as (
        select
            tasks.*,
            phases.phase_name,
            phases.from_on as phase_from,
            phases.asked_on,
            least(phases.to_on, as_of::date) as phase_until,
            coalesce(tasks.due_on, phases.to_on) as task_due_on,
        from tasks
        inner join phases on tasks.phase = phases.phase
        where phases.from_on <= as_of
    ),

    asked as (
        select
            begun.*,
            units.unit,
            units.county_id,
            units.county,
            units.township_id,
            units.township,
            units.institution_id,
            units.institution,
        from begun
        inner join units_as_of(as_of) as units on begun.unit_code = units.unit_code
        where
            units.unit_code <> 'institution'
            or (
                coalesce(units.opened_on <= begun.phase_until, true)
                and coalesce(
                    units.closed_on > case begun.asked_on
                        when 'last_day' then begun.phase_until
                        else greatest(begun.phase_from, units.opened_on)
                    end,
                    true
                )
            )
    )

    select
        asked.task,
        asked.task_name,
        asked.phase,
        asked.phase_name,
        asked.phase_from,
        asked.clause,
        asked.unit_code,
        asked.unit,
        asked.county_id,
        asked.county,
        asked.township_id,
        asked.township,
        asked.institution_id,
        asked.institution,
        task_progress.responsible_person,
        task_progress.planned_on,
        asked.task_due_on as due_on,
        if(task_progress.done_on <= as_of, task_progress.done_on, null) as done_on,
        task_progress.evidence as material,
        asked.evidence,
        coalesce(task_progress.done_on <= as_of, false) as is_done,
        asked.task_due_on < as_of and coalesce(task_progress.done_on > as_of, true) as is_overdue,
    from asked
    left join task_progress
        on
            asked.task = task_progress.task
            and asked.unit_code = task_progress.unit_code
            and asked.county_id = task_progress.county_id
            and asked.township_id is not distinct from task_progress.township_id
            and asked.institution_id is not distinct from task_progress.institution_id;
