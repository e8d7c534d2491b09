/*
says = "复查销号日期早于整改完成日期"
*/
select
    hazard_id,
    rectified_on,
    verified_on,
from hazards
where verified_on < rectified_on;
