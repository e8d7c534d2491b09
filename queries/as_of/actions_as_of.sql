/*
says = "截至某日该督办的事项（今日必督），一件一行，按 position 先后"
*/
-- One row per thing to act on, by the rules of campaign.toml; position is their order: rank, days overdue,
-- day due, county, township.
create or replace macro actions_as_of(as_of) as table
    with hazards_open as (
        select *,
        from hazards_as_of(as_of)
        where not is_rectified
    ),

    on_hazards as (
        select
            case
                when is_overdue and is_major then 'overdue_major'
                when is_overdue then 'overdue_general'
                when is_major then 'major_due_soon'
                else 'due_soon'
            end as action,
            due_on,
            hazard_id,
            institution_id,
            county_id,
            county,
            township_id,
            township,
            institution,
            description,
            responsible_person,
            tracker,
        from hazards_open
        where is_overdue or days_to_due <= due_soon_days()

        union all by name
        select
            'unreported_major' as action,
            found_on + prompt_days() as due_on,
            hazard_id,
            institution_id,
            county_id,
            county,
            township_id,
            township,
            institution,
            description,
            responsible_person,
            tracker,
        from hazards_open
        where not is_reported_promptly and reported_on is null
    ),

    on_duties as (
        select
            'duty_ending' as action,
            period_to as due_on,
            duty,
            period,
            institution_id,
            county_id,
            county,
            township_id,
            township,
            institution,
            duty_name || ' ' || period as subject,
            principal as person,
        from duties_as_of(as_of)
        where
            is_running and not is_met
            and period_to - as_of::date <= period_ending_days()
    ),

    on_tasks as (
        select
            'task_behind' as action,
            due_on,
            task,
            institution_id,
            county_id,
            county,
            township_id,
            township,
            institution,
            unit,
            phase_name || ' ' || task_name as subject,
            responsible_person as person,
        from task_states_as_of(as_of)
        where is_overdue
    ),

    on_reports as (
        select
            'silent_township' as action,
            reported_on + silent_days() as due_on,
            county_id,
            county,
            township_id,
            township,
            township as unit,
            coalesce('最近报送 ' || reported_on, '从未报送台账') as subject,
        from reports_as_of(as_of)
        where is_silent
    ),

    listed as (
        select
            * exclude (description, responsible_person),
            institution as unit,
            description as subject,
            responsible_person as person,
        from on_hazards
        union all by name
        select
            *,
            institution as unit,
        from on_duties
        union all by name
        select *, from on_tasks
        union all by name
        select *, from on_reports
    )

    select
        listed.action,
        action_rules.rank,
        action_rules.action_name,
        action_rules.asks,
        action_rules.actor,
        action_rules.clause,
        listed.county_id,
        listed.county,
        listed.township_id,
        listed.township,
        listed.institution_id,
        listed.institution,
        listed.unit,
        listed.subject,
        listed.person,
        listed.tracker,
        listed.due_on,
        as_of::date - listed.due_on as days,
        listed.hazard_id,
        listed.duty,
        listed.period,
        listed.task,
        row_number() over (
            order by
                action_rules.rank asc,
                -- a town that never reported has no day due: greatest() would take it for not overdue
                listed.due_on is not null asc,
                greatest(as_of::date - listed.due_on, 0) desc,
                listed.due_on asc,
                listed.county_id asc,
                listed.township_id asc nulls last,
                listed.institution_id asc,
                listed.hazard_id asc,
                listed.duty asc,
                listed.period asc,
                listed.task asc
        ) as position,
    from listed
    inner join action_rules on listed.action = action_rules.action
    order by position;
