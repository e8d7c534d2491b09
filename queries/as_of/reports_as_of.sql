/*
says = "截至某日各镇最近一次报送台账，一个镇一行"
*/
-- One row per township: its latest report known on as_of. Silent: the latest is too long ago, or nothing ever
-- came though other towns of the county did report. A town whose reports bear no date by as_of is not known
-- to be silent.
create or replace macro reports_as_of(as_of) as table
    with latest as (
        select
            township_id,
            max(if(reported_on <= as_of, reported_on, null)) as reported_on,
        from source_files
        where township_id is not null
        group by township_id
    )

    select
        towns.township_id,
        towns.township,
        towns.county_id,
        towns.county,
        latest.reported_on,
        as_of::date - latest.reported_on as days_silent,
        case
            when latest.township_id is null then extent.has_reports
            else coalesce(as_of::date - latest.reported_on > silent_days(), false)
        end as is_silent,
    from towns
    inner join extent on towns.county_id = extent.county_id
    left join latest on towns.township_id = latest.township_id;
