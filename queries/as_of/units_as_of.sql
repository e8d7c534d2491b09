/*
says = "截至某日有任务的单位：县局、各镇、各机构，一个单位一行"
*/
-- One row per unit: each county's bureau, each township, each institution opened by as_of.
create or replace macro units_as_of(as_of) as table
    select
        'county' as unit_code,
        bureau as unit,
        county_id,
        county,
        null::integer as township_id,
        null::varchar as township,
        null::integer as institution_id,
        null::varchar as institution,
        null::date as opened_on,
        null::date as closed_on,
    from counties

    union all by name
    select
        'township' as unit_code,
        township as unit,
        county_id,
        county,
        township_id,
        township,
        null::integer as institution_id,
        null::varchar as institution,
        null::date as opened_on,
        null::date as closed_on,
    from towns

    union all by name
    select
        'institution' as unit_code,
        institution as unit,
        county_id,
        county,
        township_id,
        township,
        institution_id,
        institution,
        opened_on,
        closed_on,
    from homes_as_of(as_of);
