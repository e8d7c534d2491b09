/*
name        = "上报与佐证一致率"
topic       = "阶段"
unit        = "percent"
summary     = "share"
numerator   = "台账能够佐证的任务"
denominator = "上报完成、并且台账量得出的任务"
grain       = "一个单位一项任务一行"
explain     = "上报完成的任务中，台账记录能够印证的比例"
clause      = "五"
good        = "high"
compared    = "units"
stock       = true
*/
create or replace macro task_support(as_of) as table
    select
        *,
        is_supported as numerator,
    from tasks_as_of(as_of)
    where is_done and is_supported is not null;
