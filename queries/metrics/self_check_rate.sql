/*
name          = "季度自查落实率"
topic         = "职责"
unit          = "percent"
summary       = "share"
numerator     = "主要负责人带队检查、签字确认并存档备查达到规定次数的"
denominator   = "在营机构应履行的周期，一家机构一个周期计一次；正在进行的周期另列"
grain         = "一家机构一个周期一行"
explain       = "机构主要负责人按规定频次带队自查的落实比例"
clause        = "四（一）"
good          = "high"
compared      = "units"
running_apart = true
*/
create or replace macro self_check_rate(as_of) as table
    select
        *,
        is_met as numerator,
    from duties_as_of(as_of)
    where duty = 'self_check';
