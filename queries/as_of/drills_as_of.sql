/*
says = "截至某日的演练记录，一次演练一行"
*/
-- One row per drill by as_of.
create or replace macro drills_as_of(as_of) as table
    select
        drills.*,
        institutions.institution,
        institutions.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        drills.drilled_on as window_from,
        drills.drilled_on as window_to,
        strftime(drills.drilled_on, '%Y-%m') as month,
        year(drills.drilled_on) || 'Q' || quarter(drills.drilled_on) as quarter,
    from drills
    inner join institutions on drills.institution_id = institutions.institution_id
    inner join towns on institutions.township_id = towns.township_id
    where drills.drilled_on <= as_of;
