-- What a town's figures take from its whole county, so that the copy of one town alone gives the same ones.
delete from extent;

insert into extent by name
with reporting as (
    select distinct county_id,
    from source_files
    where township_id is not null
),

issued as (
    select
        county_id,
        min(issued_on) as measures_from,
    from measures
    group by county_id
)

select
    counties.county_id,
    reporting.county_id is not null as has_reports,
    issued.measures_from,
from counties
left join reporting on counties.county_id = reporting.county_id
left join issued on counties.county_id = issued.county_id
order by counties.county_id;
