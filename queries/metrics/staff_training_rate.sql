/*
name          = "半年培训落实率"
topic         = "职责"
unit          = "percent"
summary       = "share"
numerator     = "机构自己组织、四类工作人员有人实训的培训达到规定次数的"
denominator   = "在营机构应履行的周期，一家机构一个周期计一次；正在进行的周期另列"
grain         = "一家机构一个周期一行"
explain       = "机构按规定频次组织全员安全培训的落实比例"
clause        = "四（三）"
good          = "high"
compared      = "units"
running_apart = true
*/
create or replace macro staff_training_rate(as_of) as table
    select
        *,
        is_met as numerator,
    from duties_as_of(as_of)
    where duty = 'staff_training';
