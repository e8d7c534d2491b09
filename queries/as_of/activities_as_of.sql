/*
says = "截至某日的宣传活动，一个单位的一次活动一行"
*/
-- One row per unit and activity by as_of.
create or replace macro activities_as_of(as_of) as table
    select
        activities.*,
        counties.county,
        townships.township,
        institutions.institution,
        activities.held_on as window_from,
        activities.held_on as window_to,
        strftime(activities.held_on, '%Y-%m') as month,
        year(activities.held_on) || 'Q' || quarter(activities.held_on) as quarter,
    from activities
    inner join counties on activities.county_id = counties.county_id
    left join townships on activities.township_id = townships.township_id
    left join institutions on activities.institution_id = institutions.institution_id
    where activities.held_on <= as_of;
