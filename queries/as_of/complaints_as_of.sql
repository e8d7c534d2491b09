/*
says = "截至某日的举报投诉，一件一行：此后核查、办结的看不见"
*/
-- One row per complaint received by as_of; what was checked or settled later is not seen.
create or replace macro complaints_as_of(as_of) as table
    with known as (
        select
            * replace (
                if(checked_on <= as_of, checked_on, null) as checked_on,
                if(checked_on > as_of, null, finding) as finding,
                if(settled_on <= as_of, settled_on, null) as settled_on
            ),
        from complaints
        where received_on <= as_of
    )

    select
        known.*,
        known.checked_on is not null as is_checked,
        known.settled_on is not null as is_settled,
        known.settled_on is null and coalesce(known.due_on < as_of, false) as is_overdue,
        coalesce(known.checked_on, as_of::date) - known.received_on as days_taken,
        institutions.institution,
        institutions.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        known.received_on as window_from,
        known.received_on as window_to,
        strftime(known.received_on, '%Y-%m') as month,
        year(known.received_on) || 'Q' || quarter(known.received_on) as quarter,
    from known
    inner join institutions on known.institution_id = institutions.institution_id
    inner join towns on institutions.township_id = towns.township_id;
