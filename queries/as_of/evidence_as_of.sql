/*
says = "截至某日台账能否佐证，一种佐证的一个单位一行；量不出的没有行"
*/
-- One row per evidence and unit that the records can measure; what each evidence means stands at its step.
create or replace macro evidence_as_of(as_of) as table
    with units as (
        select *,
        from units_as_of(as_of)
    ),

    homes as (
        select *,
        from institutions_as_of(as_of)
    ),

    -- the institutions, townships and county that have a hazard overdue
    late as (
        select
            case grouping(township_id, institution_id)
                when 0 then 'institution'
                when 1 then 'township'
                else 'county'
            end as unit_code,
            county_id,
            township_id,
            institution_id,
        from hazards_as_of(as_of)
        where is_overdue
        group by grouping sets (
            (county_id, township_id, institution_id), (county_id, township_id), (county_id)
        )
    ),

    activities_known as (
        select *,
        from activities
        where held_on <= as_of
    ),

    measures_known as (
        select *,
        from measures
        where issued_on <= as_of
    ),

    visited as (
        select distinct institution_id,
        from inspections
        where is_authority and inspected_on between campaign_from_on() and as_of
    ),

    -- the unit itself held an activity of this sort
    held as (
        select
            kinds.evidence,
            units.unit_code,
            units.county_id,
            units.township_id,
            units.institution_id,
            count(activities_known.activity_id) > 0 as is_supported,
        from units
        inner join
            (values ('mobilisation_meeting'), ('joint_consultation'), ('safety_month')) as kinds (evidence)
            on true
        left join activities_known
            on
                kinds.evidence = activities_known.activity_code
                and units.unit_code = activities_known.unit_code
                and units.county_id = activities_known.county_id
                and units.township_id is not distinct from activities_known.township_id
                and units.institution_id is not distinct from activities_known.institution_id
        group by kinds.evidence, units.unit_code, units.county_id, units.township_id, units.institution_id
    ),

    -- the register has the date; the appraisals cover fire, electricity, gas and the building
    registered as (
        select
            kinds.evidence,
            'institution' as unit_code,
            homes.county_id,
            homes.township_id,
            homes.institution_id,
            case kinds.evidence
                when 'responsibility' then homes.has_responsibility
                when 'emergency_plan' then homes.has_emergency_plan
                else homes.is_appraised
            end as is_supported,
        from homes
        cross join (values ('responsibility'), ('emergency_plan'), ('appraisal')) as kinds (evidence)
    ),

    -- every major hazard of the unit is complete in the ledger; a unit without any cannot be measured
    major_ledgers as (
        select
            'major_ledger' as evidence,
            case grouping(township_id, institution_id)
                when 0 then 'institution'
                when 1 then 'township'
                else 'county'
            end as unit_code,
            county_id,
            township_id,
            institution_id,
            bool_and(is_complete) as is_supported,
        from hazards_as_of(as_of)
        where is_major
        group by grouping sets (
            (county_id, township_id, institution_id), (county_id, township_id), (county_id)
        )
    ),

    -- an authority inspected every institution of the town that is open on as_of, since the campaign began
    inspected as (
        select
            'inspected' as evidence,
            'township' as unit_code,
            homes.county_id,
            homes.township_id,
            null::integer as institution_id,
            bool_and(visited.institution_id is not null) as is_supported,
        from homes
        left join visited on homes.institution_id = visited.institution_id
        where homes.is_open
        group by homes.county_id, homes.township_id
    ),

    -- the unit issued a measure; where nobody in the county sent any, nobody can be measured
    measured_units as (
        select units.*,
        from units
        inner join extent on units.county_id = extent.county_id
        where extent.measures_from <= as_of
    ),

    issued as (
        select
            'measures' as evidence,
            measured_units.unit_code,
            measured_units.county_id,
            measured_units.township_id,
            measured_units.institution_id,
            count(measures_known.measure_id) > 0 as is_supported,
        from measured_units
        left join measures_known
            on
                measured_units.unit_code = measures_known.unit_code
                and measured_units.county_id = measures_known.county_id
                and measured_units.township_id is not distinct from measures_known.township_id
                and measured_units.institution_id is not distinct from measures_known.institution_id
        group by
            measured_units.unit_code,
            measured_units.county_id,
            measured_units.township_id,
            measured_units.institution_id
    ),

    -- no hazard of the unit is overdue
    kept_up as (
        select
            'nothing_overdue' as evidence,
            units.unit_code,
            units.county_id,
            units.township_id,
            units.institution_id,
            late.unit_code is null as is_supported,
        from units
        left join late
            on
                units.unit_code = late.unit_code
                and units.county_id = late.county_id
                and units.township_id is not distinct from late.township_id
                and units.institution_id is not distinct from late.institution_id
    )

    select *, from held
    union all by name
    select *, from registered
    union all by name
    select *, from major_ledgers
    union all by name
    select *, from inspected
    union all by name
    select *, from issued
    union all by name
    select *, from kept_up;
