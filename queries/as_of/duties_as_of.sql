/*
says = "截至某日应履行的职责，一家机构的一项职责的一个周期一行"
*/
-- One row per institution, duty and period owed: open on the period's first day and, as known on as_of,
-- on its last. The running period is there too, marked.
create or replace macro duties_as_of(as_of) as table
    with owed as (
        select
            institutions.institution_id,
            institutions.institution,
            institutions.township_id,
            institutions.principal,
            duty_periods.*,
        from duty_periods
        inner join institutions
            on
                coalesce(duty_periods.period_from >= institutions.opened_on, true)
                and coalesce(institutions.closed_on > least(duty_periods.period_to, as_of::date), true)
        where duty_periods.period_from <= as_of
    ),

    events as (
        select
            owed.institution_id,
            owed.duty,
            owed.period,
            list_sort(list(events.event_on)) as event_days,
        from owed
        inner join duty_events_as_of(as_of) as events
            on
                owed.institution_id = events.institution_id
                and owed.duty = events.duty
                and events.event_on between owed.period_from and owed.period_to
        group by owed.institution_id, owed.duty, owed.period
    )

    select
        owed.institution_id,
        owed.institution,
        owed.township_id,
        townships.township,
        owed.principal,
        owed.duty,
        owed.duty_rank,
        owed.duty_name,
        owed.clause,
        owed.period,
        owed.period_from,
        owed.period_to,
        owed.period_to > as_of as is_running,
        coalesce(len(events.event_days), 0) >= owed.minimum as is_met,
        events.event_days[owed.minimum] as met_on,
        owed.period_from as window_from,
        owed.period_to as window_to,
    from owed
    inner join townships on owed.township_id = townships.township_id
    left join events
        on
            owed.institution_id = events.institution_id
            and owed.duty = events.duty
            and owed.period = events.period;
