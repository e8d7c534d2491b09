/*
says = "截至某日台账能否佐证，一种佐证的一个单位一行；量不出的没有行"
*/
-- One row per evidence and unit that the records can measure; what each evidence means stands at its step.
create or replace macro evidence_as_of(as_of) as table
    with units as (select *, from units_as_of(as_of)),

    majors as (select *, from hazards_as_of(as_of) where is_major),

    overdue_hazards as (select *, from hazards_as_of(as_of) where is_overdue),

    -- the unit itself held an activity of this sort
    held as (
        select
            kinds.evidence,
            units.unit_code,
            units.township_id,
            units.institution_id,
            exists(
                select 1, from activities
                where
                    activities.activity_code = kinds.evidence
                    and activities.unit_code = units.unit_code
                    and activities.township_id is not distinct from units.township_id
                    and activities.institution_id is not distinct from units.institution_id
                    and activities.held_on <= as_of
            ) as is_supported,
        from units
        cross join (values ('mobilisation_meeting'), ('joint_consultation'), ('safety_month')) as kinds (evidence)
    ),

    -- the register has the date; the appraisals cover fire, electricity, gas and the building
    registered as (
        unpivot (
            select
                'institution' as unit_code,
                township_id,
                institution_id,
                has_responsibility as responsibility,
                has_emergency_plan as emergency_plan,
                is_appraised as appraisal,
            from institutions_as_of(as_of)
        )
        on responsibility, emergency_plan, appraisal
        into name evidence value is_supported
    ),

    -- every major hazard of the unit is complete in the ledger; a unit without any cannot be measured
    major_ledgers as (
        select
            'major_ledger' as evidence,
            units.unit_code,
            units.township_id,
            units.institution_id,
            bool_and(majors.is_complete) as is_supported,
        from units
        inner join majors
            on
                coalesce(units.township_id = majors.township_id, true)
                and coalesce(units.institution_id = majors.institution_id, true)
        group by all
    ),

    -- an authority inspected every institution of the town that is open on as_of, since the campaign began
    inspected as (
        select
            'inspected' as evidence,
            'township' as unit_code,
            homes.township_id,
            null::integer as institution_id,
            bool_and(exists(
                select 1, from inspections
                where
                    inspections.institution_id = homes.institution_id
                    and inspections.is_authority
                    and inspections.inspected_on between (select from_on, from campaign) and as_of
            )) as is_supported,
        from institutions_as_of(as_of) as homes
        where homes.is_open
        group by homes.township_id
    ),

    -- the unit issued a measure; where nobody sent any, nobody can be measured
    issued as (
        select
            'measures' as evidence,
            units.unit_code,
            units.township_id,
            units.institution_id,
            exists(
                select 1, from measures
                where
                    measures.unit_code = units.unit_code
                    and measures.township_id is not distinct from units.township_id
                    and measures.institution_id is not distinct from units.institution_id
                    and measures.issued_on <= as_of
            ) as is_supported,
        from units
        where exists(select 1, from measures where measures.issued_on <= as_of)
    ),

    -- no hazard of the unit is overdue
    kept_up as (
        select
            'nothing_overdue' as evidence,
            units.unit_code,
            units.township_id,
            units.institution_id,
            count(overdue_hazards.hazard_id) = 0 as is_supported,
        from units
        left join overdue_hazards
            on
                coalesce(units.township_id = overdue_hazards.township_id, true)
                and coalesce(units.institution_id = overdue_hazards.institution_id, true)
        group by all
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
