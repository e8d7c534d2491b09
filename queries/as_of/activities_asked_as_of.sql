/*
says = "截至某日要求开展的活动，一个单位的一项活动的一年一行"
*/
-- One row per unit, activity and year begun in which the plan asks it: an institution that is open on the
-- year's first day and, as known on as_of, on its last. The running year is there too, marked.
create or replace macro activities_asked_as_of(as_of) as table
    with years as (
        select
            activity_rules.*,
            periods.period,
            periods.period_from,
            periods.period_to,
        from activity_rules
        inner join periods
            on
                activity_rules.from_on <= periods.period_from
                and coalesce(activity_rules.to_on >= periods.period_from, true)
        where periods.frequency = 'year' and periods.period_from <= as_of
    ),

    asked as (
        select
            years.*,
            units.unit,
            units.county_id,
            units.county,
            units.township_id,
            units.township,
            units.institution_id,
            units.institution,
        from years
        inner join units_as_of(as_of) as units
            on
                years.unit_code = units.unit_code
                and coalesce(years.period_from >= units.opened_on, true)
                and coalesce(least(years.period_to, as_of::date) < units.closed_on, true)
    ),

    held as (
        select
            activity_code,
            unit_code,
            county_id,
            township_id,
            institution_id,
            year(held_on) as held_in,
            min(held_on) as held_on,
        from activities
        where held_on <= as_of
        group by all
    )

    select
        asked.activity,
        asked.activity_rank,
        asked.activity_name as kind,
        asked.clause,
        asked.basis,
        asked.unit_code,
        asked.unit,
        asked.county_id,
        asked.county,
        asked.township_id,
        asked.township,
        asked.institution_id,
        asked.institution,
        asked.period,
        asked.period_from,
        asked.period_to,
        asked.period_to > as_of as is_running,
        held.held_on,
        held.held_on is not null as is_held,
        asked.period_from as window_from,
        asked.period_to as window_to,
    from asked
    left join held
        on
            asked.activity = held.activity_code
            and asked.unit_code = held.unit_code
            and year(asked.period_from) = held.held_in
            and asked.county_id = held.county_id
            and asked.township_id is not distinct from held.township_id
            and asked.institution_id is not distinct from held.institution_id;
