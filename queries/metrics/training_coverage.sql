/*
name        = "培训覆盖率"
topic       = "职责"
unit        = "percent"
summary     = "ratio"
numerator   = "实训人数：一家机构半年内自办各场之和，补训计入，最多算到应训人数"
denominator = "应训人数：一家机构半年内自办各场中最多的一场，按五类人员分别算"
grain       = "一家机构半年内一类人员一行"
explain     = "机构自办的培训覆盖了多少应训的人，分五类人员"
clause      = "四（三）"
good        = "high"
note        = "台账没有姓名，同一人参加两场会重复计，所以是上限"
*/
create or replace macro training_coverage(as_of) as table
    with groups (group_rank, group_code, "group") as (
        values
        (1, 'principals', '机构负责人'),
        (2, 'safety_managers', '安全管理人员'),
        (3, 'frontline_staff', '一线职工'),
        (4, 'care_staff', '护理人员'),
        (5, 'mobile_residents', '有行动能力老人')
    ),

    -- one row per session of the institution itself and group of people
    sessions as (
        select
            trainings.*,
            groups.group_rank,
            groups."group",
            case groups.group_code
                when 'principals' then trainings.expected_principals
                when 'safety_managers' then trainings.expected_safety_managers
                when 'frontline_staff' then trainings.expected_frontline_staff
                when 'care_staff' then trainings.expected_care_staff
                else trainings.expected_mobile_residents
            end as expected,
            case groups.group_code
                when 'principals' then trainings.attended_principals
                when 'safety_managers' then trainings.attended_safety_managers
                when 'frontline_staff' then trainings.attended_frontline_staff
                when 'care_staff' then trainings.attended_care_staff
                else trainings.attended_mobile_residents
            end as attended,
        from trainings_as_of(as_of) as trainings
        cross join groups
        where trainings.organiser_code = 'institution'
    ),

    -- make-up sessions add to who came, not to who should have come
    half_years as (
        select
            sessions.institution_id,
            sessions.institution,
            sessions.township_id,
            sessions.township,
            sessions.county_id,
            sessions.county,
            sessions.group_rank,
            sessions."group",
            periods.period,
            periods.period_from,
            periods.period_to,
            count(*) as sessions,
            max(sessions.expected) as expected,
            sum(sessions.attended)::bigint as attended,
        from sessions
        inner join periods on sessions.trained_on between periods.period_from and periods.period_to
        where periods.frequency = 'half_year'
        group by all
    )

    select
        *,
        period_to > as_of as is_running,
        period_from as window_from,
        period_to as window_to,
        least(coalesce(attended, 0), expected) as numerator,
        expected as denominator,
    from half_years
    where expected > 0;
