/*
says = "同一单位的同一项任务有两条进展"
*/
select
    task,
    unit,
    count(*) as times,
from task_progress
group by task, unit_code, township_id, institution_id, unit
having count(*) > 1;
