/*
name          = "年度演练落实率"
topic         = "职责"
unit          = "percent"
summary       = "share"
numerator     = "疏散逃生演练达到规定次数的"
denominator   = "在营机构应履行的周期，一家机构一个周期计一次；正在进行的周期另列"
grain         = "一家机构一个周期一行"
explain       = "机构按规定频次开展疏散逃生演练的落实比例"
clause        = "四（五）"
good          = "high"
compared      = "units"
running_apart = true
*/
create or replace macro evacuation_drill_rate(as_of) as table
    select
        *,
        is_met as numerator,
    from duties_as_of(as_of)
    where duty = 'evacuation_drill';
