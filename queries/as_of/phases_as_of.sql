/*
says = "截至某日四个阶段的进程，一个阶段一行"
*/
-- One row per phase of the campaign, begun or not.
create or replace macro phases_as_of(as_of) as table
    with counted as (
        select
            *,
            to_on - from_on + 1 as days,
            greatest(least(as_of::date, to_on) - from_on + 1, 0) as days_gone,
        from phases
    )

    select
        phase,
        phase_name,
        from_on as phase_from,
        from_on,
        to_on,
        clause,
        from_on <= as_of as is_begun,
        to_on < as_of as is_over,
        greatest(to_on - as_of::date, 0) as days_left,
        days,
        days_gone,
        days_gone / days as time_gone,
    from counted
    order by from_on;
