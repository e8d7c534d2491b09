/*
says = "截至某日的培训记录，一家机构的一场培训一行"
*/
-- One row per institution and training by as_of.
create or replace macro trainings_as_of(as_of) as table
    select
        trainings.*,
        institutions.institution,
        institutions.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        trainings.trained_on as window_from,
        trainings.trained_on as window_to,
        strftime(trainings.trained_on, '%Y-%m') as month,
        year(trainings.trained_on) || 'Q' || quarter(trainings.trained_on) as quarter,
    from trainings
    inner join institutions on trainings.institution_id = institutions.institution_id
    inner join towns on institutions.township_id = towns.township_id
    where trainings.trained_on <= as_of;
