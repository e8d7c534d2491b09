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
    )

    select
        owed.institution_id,
        owed.institution,
        owed.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        owed.principal,
        owed.duty,
        owed.duty_rank,
        owed.duty_name,
        owed.clause,
        owed.period,
        owed.period_from,
        owed.period_to,
        owed.period_to > as_of as is_running,
        coalesce(duties_met.met_on <= as_of, false) as is_met,
        if(duties_met.met_on <= as_of, duties_met.met_on, null) as met_on,
        owed.period_from as window_from,
        owed.period_to as window_to,
    from owed
    inner join towns on owed.township_id = towns.township_id
    left join duties_met
        on
            owed.institution_id = duties_met.institution_id
            and owed.duty_period_id = duties_met.duty_period_id;
