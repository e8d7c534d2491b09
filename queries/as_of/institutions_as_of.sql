/*
says = "截至某日的机构台账，一家机构一行：此后开办的看不见"
*/
-- One row per institution opened by as_of, closed ones too; register dates after as_of are not seen.
create or replace macro institutions_as_of(as_of) as table
    with appraised as (
        select institution_id,
        from inspections
        where inspection_code = 'appraisal' and inspected_on <= as_of
        group by institution_id
        having
            list_has_all(flatten(list(area_codes)), ['fire', 'electricity', 'gas'])
            and list_has_any(flatten(list(area_codes)), ['construction', 'building'])
    ),

    unclear as (
        select distinct institution_id,
        from hazards
        where is_major and found_on <= as_of and (rectified_on is null or rectified_on > as_of)
    )

    select
        institutions.institution_id,
        institutions.institution,
        institutions.credit_code,
        institutions.township_id,
        townships.township,
        institutions.institution_type,
        institutions.former_names,
        institutions.beds,
        institutions.residents,
        institutions.mobile_residents,
        institutions.staff,
        institutions.principal,
        institutions.opened_on,
        if(institutions.closed_on <= as_of, institutions.closed_on, null) as closed_on,
        if(institutions.responsibility_on <= as_of, institutions.responsibility_on, null)
            as responsibility_on,
        if(institutions.emergency_plan_on <= as_of, institutions.emergency_plan_on, null)
            as emergency_plan_on,
        coalesce(institutions.closed_on > as_of, true) as is_open,
        coalesce(institutions.responsibility_on <= as_of, false) as has_responsibility,
        coalesce(institutions.emergency_plan_on <= as_of, false) as has_emergency_plan,
        unclear.institution_id is null as is_clear,
        appraised.institution_id is not null as is_appraised,
    from institutions
    inner join townships on institutions.township_id = townships.township_id
    left join appraised on institutions.institution_id = appraised.institution_id
    left join unclear on institutions.institution_id = unclear.institution_id
    where coalesce(institutions.opened_on <= as_of, true);
