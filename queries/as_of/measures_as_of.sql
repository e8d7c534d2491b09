/*
says = "截至某日的制度成果，一个单位的一项制度一行"
*/
-- One row per unit and measure issued by as_of.
create or replace macro measures_as_of(as_of) as table
    select
        measures.*,
        counties.county,
        townships.township,
        institutions.institution,
        measures.issued_on as window_from,
        measures.issued_on as window_to,
        strftime(measures.issued_on, '%Y-%m') as month,
        year(measures.issued_on) || 'Q' || quarter(measures.issued_on) as quarter,
    from measures
    inner join counties on measures.county_id = counties.county_id
    left join townships on measures.township_id = townships.township_id
    left join institutions on measures.institution_id = institutions.institution_id
    where measures.issued_on <= as_of;
