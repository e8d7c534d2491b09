/*
says = "截至某日能算作履职的事，一家机构的一次一行"
*/
-- One row per event known on as_of that counts towards a standing duty (domain.md, met when).
create or replace macro duty_events_as_of(as_of) as table
    with events as (
        select
            institution_id,
            'self_check' as duty,
            inspected_on as event_on,
        from inspections
        where inspection_code = 'self_check' and is_led_by_principal and is_signed and is_filed

        union all by name
        select
            institution_id,
            'staff_training' as duty,
            trained_on as event_on,
        from trainings
        where
            (
                organiser_code = 'institution'
                or (organiser_code in ('township', 'other') and outside_trainings_count())
            )
            and coalesce(attended_principals, 0) + coalesce(attended_safety_managers, 0)
            + coalesce(attended_frontline_staff, 0) + coalesce(attended_care_staff, 0) >= 1

        union all by name
        select
            institution_id,
            'evacuation_drill' as duty,
            drilled_on as event_on,
        from drills
        where is_evacuation

        union all by name
        select
            institution_id,
            'manager_training' as duty,
            trained_on as event_on,
        from trainings
        where
            organiser_code = 'county'
            and coalesce(attended_principals, 0) + coalesce(attended_safety_managers, 0) >= 1

        union all by name
        select
            institution_id,
            'standard_briefing' as duty,
            held_on as event_on,
        from activities
        where activity_code = 'standard_briefing' and unit_code = 'institution'
    )

    select *, from events
    where event_on <= as_of;
