/*
name        = "演练参与率"
topic       = "职责"
unit        = "percent"
summary     = "ratio"
numerator   = "参加疏散逃生演练的职工和老人：全年各场相加，职工最多算到职工总数，老人最多算到有行动能力老人数"
denominator = "当年演练过的机构在册的职工和有行动能力老人"
grain       = "一家机构一年一行"
explain     = "演练过的机构中，职工和有行动能力的老人有多少参加了疏散逃生演练"
clause      = "四（五）"
good        = "high"
*/
create or replace macro drill_participation(as_of) as table
    -- one row per institution and year with an evacuation drill, the year's drills added up
    with years as (
        select
            drills.institution_id,
            drills.institution,
            drills.township_id,
            drills.township,
            drills.county_id,
            drills.county,
            periods.period,
            periods.period_from,
            periods.period_to,
            count(*) as drills,
            coalesce(sum(drills.staff_attending), 0)::bigint as staff_attending,
            coalesce(sum(drills.residents_attending), 0)::bigint as residents_attending,
        from drills_as_of(as_of) as drills
        inner join periods on drills.drilled_on between periods.period_from and periods.period_to
        where drills.is_evacuation and periods.frequency = 'year'
        group by all
    ),

    registered as (
        select
            years.*,
            coalesce(institutions.staff, 0) as staff,
            coalesce(institutions.mobile_residents, 0) as mobile_residents,
        from years
        inner join institutions on years.institution_id = institutions.institution_id
    )

    select
        *,
        period_to > as_of as is_running,
        period_from as window_from,
        period_to as window_to,
        least(staff_attending, staff) + least(residents_attending, mobile_residents) as numerator,
        staff + mobile_residents as denominator,
    from registered
    where staff + mobile_residents > 0;
