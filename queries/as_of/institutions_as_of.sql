/*
says = "截至某日的机构台账，一家机构一行：此后开办的看不见"
*/
-- One row per institution opened by as_of, closed ones too: the register, and whether it has an open major
-- hazard and has been appraised.
create or replace macro institutions_as_of(as_of) as table
    with unclear as (
        select distinct institution_id,
        from hazards
        where is_major and found_on <= as_of and (rectified_on is null or rectified_on > as_of)
    )

    select
        homes.*,
        unclear.institution_id is null as is_clear,
        coalesce(appraised.appraised_on <= as_of, false) as is_appraised,
    from homes_as_of(as_of) as homes
    left join institutions_appraised as appraised on homes.institution_id = appraised.institution_id
    left join unclear on homes.institution_id = unclear.institution_id;
