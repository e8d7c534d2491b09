/*
says = "任务进展里有方案没有的任务，或单位种类与任务不符"
*/
select
    task_progress.task_progress_id,
    task_progress.task,
    task_progress.unit_code,
from task_progress
left join tasks
    on
        task_progress.task = tasks.task
        and task_progress.unit_code = tasks.unit_code
where tasks.task is null;
