/*
says = "整改完成日期早于发现日期"
*/
select
    hazard_id,
    found_on,
    rectified_on,
from hazards
where rectified_on < found_on;
