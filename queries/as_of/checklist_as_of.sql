/*
says = "截至某日方案逐条要求的落实，一个单位的一项任务、或一家机构的一项职责的一个周期一行"
*/
-- One row per item of the plan's clauses and unit it is asked of: a task, or a period of a standing duty.
-- is_counted: not a duty's running period, which has not failed yet. shortfall: how the unit falls short,
-- null where it does not. A duty is read off the records themselves, so nobody reports it: is_supported null.
create or replace macro checklist_as_of(as_of) as table
    with rules as (
        select *,
        from duty_rules
        where is_enabled and from_on <= as_of
        qualify row_number() over (partition by duty order by from_on desc) = 1
    )

    select
        tasks.clause,
        tasks.task as item,
        tasks.task_name as item_name,
        plan.quote,
        false as is_duty,
        tasks.phase,
        tasks.phase_name,
        tasks.unit_code,
        tasks.unit,
        tasks.county_id,
        tasks.county,
        tasks.township_id,
        tasks.township,
        tasks.institution_id,
        tasks.institution,
        null::varchar as period,
        tasks.due_on,
        tasks.done_on,
        true as is_counted,
        tasks.is_done,
        tasks.is_done and tasks.done_on <= tasks.due_on as is_on_time,
        tasks.is_overdue,
        tasks.is_supported,
        case
            when tasks.is_overdue then 'overdue'
            when not tasks.is_done then 'pending'
            when not tasks.is_supported then 'unsupported'
            when tasks.done_on > tasks.due_on then 'late'
        end as shortfall,
        null::date as window_from,
        null::date as window_to,
    from tasks_as_of(as_of) as tasks
    inner join tasks as plan on tasks.task = plan.task

    union all
    select
        duties.clause,
        duties.duty as item,
        rules.duty_name as item_name,
        rules.quote,
        true as is_duty,
        null::varchar as phase,
        null::varchar as phase_name,
        'institution' as unit_code,
        duties.institution as unit,
        duties.county_id,
        duties.county,
        duties.township_id,
        duties.township,
        duties.institution_id,
        duties.institution,
        duties.period,
        duties.period_to as due_on,
        duties.met_on as done_on,
        not duties.is_running as is_counted,
        duties.is_met as is_done,
        duties.is_met as is_on_time,
        not duties.is_running and not duties.is_met as is_overdue,
        null::boolean as is_supported,
        if(not duties.is_running and not duties.is_met, 'missed', null) as shortfall,
        duties.window_from,
        duties.window_to,
    from duties_as_of(as_of) as duties
    inner join rules on duties.duty = rules.duty;
