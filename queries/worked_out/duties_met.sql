-- When a home had done as often as a duty asks in a period: the day of the event that made it so. Which
-- events count towards which duty stands here (domain.md, met when).
delete from duties_met;

insert into duties_met
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
),

done as (
    select
        events.institution_id,
        duty_periods.duty_period_id,
        duty_periods.minimum,
        list_sort(list(events.event_on)) as event_days,
    from events
    inner join duty_periods
        on
            events.duty = duty_periods.duty
            and events.event_on between duty_periods.period_from and duty_periods.period_to
    group by events.institution_id, duty_periods.duty_period_id, duty_periods.minimum
)

select
    institution_id,
    duty_period_id,
    event_days[minimum] as met_on,
from done
where len(event_days) >= minimum
order by institution_id, duty_period_id;
