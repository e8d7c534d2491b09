/*
name          = "负责人培训落实率"
topic         = "职责"
unit          = "percent"
summary       = "share"
numerator     = "负责人或安全管理人员参加了县民政局培训的"
denominator   = "在营机构应履行的周期，一家机构一个周期计一次；正在进行的周期另列"
grain         = "一家机构一个周期一行"
explain       = "县民政局按规定频次组织负责人和安全管理人员培训、机构派人参加的比例"
clause        = "四（三）"
good          = "high"
compared      = "units"
running_apart = true
*/
create or replace macro manager_training_rate(as_of) as table
    select
        *,
        is_met as numerator,
    from duties_as_of(as_of)
    where duty = 'manager_training';
