/*
name        = "阶段任务完成率"
topic       = "阶段"
unit        = "percent"
summary     = "share"
numerator   = "截至统计日有完成日期的任务"
denominator = "已开始的阶段要求各单位完成的任务，一个单位一项计一次"
grain       = "一个单位一项任务一行"
explain     = "阶段任务中已经完成的比例"
clause      = "五"
good        = "high"
compared    = "units"
stock       = true
*/
create or replace macro phase_progress(as_of) as table
    select
        *,
        is_done as numerator,
    from task_states_as_of(as_of);
