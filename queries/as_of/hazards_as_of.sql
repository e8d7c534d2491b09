/*
says = "截至某日所知的隐患，一处一行：此后发生的都看不见"
*/
-- One row per hazard found by as_of, in the state known on that day: what is dated later is not seen.
create or replace macro hazards_as_of(as_of) as table
    with known as (
        select
            * replace (
                if(reported_on <= as_of, reported_on, null) as reported_on,
                if(rectified_on <= as_of, rectified_on, null) as rectified_on,
                if(verified_on <= as_of, verified_on, null) as verified_on,
                if(extension_approved_on > as_of, null, extended_to) as extended_to,
                if(extension_approved_on > as_of, null, extensions) as extensions,
                if(extension_approved_on > as_of, null, extension_approved_on) as extension_approved_on
            ),
        from hazards
        where found_on <= as_of
    ),

    due as (
        -- an extension to before the deadline does not shorten it
        select
            *,
            greatest(deadline_on, extended_to) as due_on,
        from known
    ),

    judged as (
        select
            *,
            due_on is not null as has_deadline,
            rectified_on is not null as is_rectified,
            verified_on is not null as is_verified,
            is_found_by_county or coalesce(source_code = 'township', false) as is_found_by_authority,
            rectified_on is null and coalesce(due_on < as_of, false) as is_overdue,
            coalesce(rectified_on <= due_on, false) as is_on_time,
            tracker is not null and responsible_unit is not null and responsible_person is not null
            and measures is not null and deadline_on is not null as is_complete,
            -- null: not major, or not reported yet and still within the days allowed
            case
                when not is_major then null
                when is_found_by_county then true
                when reported_on is not null then reported_on - found_on <= prompt_days()
                when as_of::date - found_on > prompt_days() then false
            end as is_reported_promptly,
        from due
    ),

    counted as (
        select
            *,
            if(is_overdue, as_of::date - due_on, null) as days_overdue,
            if(not is_rectified and not is_overdue, due_on - as_of::date, null) as days_to_due,
            coalesce(rectified_on, as_of::date) - found_on as days_taken,
        from judged
    )

    select
        counted.hazard_id,
        counted.hazard_number,
        counted.institution_id,
        institutions.institution,
        institutions.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        coalesce(institutions.closed_on <= as_of, false) as is_institution_closed,
        counted.found_on,
        counted.found_on as window_from,
        counted.found_on as window_to,
        strftime(counted.found_on, '%Y-%m') as month,
        year(counted.found_on) || 'Q' || quarter(counted.found_on) as quarter,
        counted.area,
        counted.kind,
        counted.severity,
        counted.is_major,
        counted.source,
        counted.source_code,
        counted.cause,
        case
            when counted.days_overdue > 90 then '90天以上'
            when counted.days_overdue > 30 then '31–90天'
            when counted.days_overdue > 7 then '8–30天'
            when counted.days_overdue > 0 then '1–7天'
        end as age,
        counted.description,
        counted.judgement_clause,
        counted.responsible_unit,
        counted.responsible_person,
        counted.measures,
        counted.tracker,
        counted.interim_control,
        counted.deadline_on,
        counted.extended_to,
        counted.extension_approved_on,
        counted.extensions,
        counted.due_on,
        counted.has_deadline,
        counted.reported_on,
        counted.rectified_on,
        counted.verified_on,
        counted.is_found_by_county,
        counted.is_found_by_authority,
        counted.is_reported_promptly,
        counted.is_rectified,
        counted.is_verified,
        counted.is_overdue,
        counted.days_overdue,
        counted.days_to_due,
        counted.days_taken,
        counted.is_on_time,
        counted.is_complete,
        counted.is_recurrence,
        counted.remark,
    from counted
    inner join institutions on counted.institution_id = institutions.institution_id
    inner join towns on institutions.township_id = towns.township_id;
