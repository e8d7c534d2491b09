/*
name      = "逾期任务"
topic     = "阶段"
unit      = "tasks"
summary   = "count"
numerator = "期限已过没有完成日期的任务"
grain     = "一个单位一项任务一行"
explain   = "截至统计日过了期限还没有完成的任务有多少项"
clause    = "五"
good      = "low"
stock     = true
*/
create or replace macro tasks_overdue(as_of) as table
    select
        *,
        true as numerator,
    from task_states_as_of(as_of)
    where is_overdue;
