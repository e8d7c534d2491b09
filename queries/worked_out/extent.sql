-- What a town's figures take from the whole county, so that the copy of one town alone gives the same ones.
delete from extent;

insert into extent by name
with reporting as (
    select count(*) > 0 as has_reports,
    from source_files
    where township_id is not null
)

select
    reporting.has_reports,
    (select min(measures.issued_on), from measures) as measures_from,
from reporting;
