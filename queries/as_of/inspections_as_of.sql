/*
says = "截至某日的检查记录，一次检查一行"
*/
-- One row per inspection by as_of.
create or replace macro inspections_as_of(as_of) as table
    select
        inspections.*,
        institutions.institution,
        institutions.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        inspections.inspected_on as window_from,
        inspections.inspected_on as window_to,
        strftime(inspections.inspected_on, '%Y-%m') as month,
        year(inspections.inspected_on) || 'Q' || quarter(inspections.inspected_on) as quarter,
    from inspections
    inner join institutions on inspections.institution_id = institutions.institution_id
    inner join towns on institutions.township_id = towns.township_id
    where inspections.inspected_on <= as_of;
