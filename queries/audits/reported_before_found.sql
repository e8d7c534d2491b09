/*
says = "上报县局日期早于发现日期"
*/
select
    hazard_id,
    found_on,
    reported_on,
from hazards
where reported_on < found_on;
