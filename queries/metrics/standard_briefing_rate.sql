/*
name          = "标准宣贯落实率"
topic         = "职责"
unit          = "percent"
summary       = "share"
numerator     = "开展判定标准宣贯达到规定次数的"
denominator   = "在营机构应履行的周期，一家机构一个周期计一次；正在进行的周期另列"
grain         = "一家机构一个周期一行"
explain       = "机构按规定频次开展重大事故隐患判定标准宣贯的落实比例（频次为本产品口径）"
clause        = "四（四）"
good          = "high"
compared      = "units"
running_apart = true
*/
create or replace macro standard_briefing_rate(as_of) as table
    select
        *,
        is_met as numerator,
    from duties_as_of(as_of)
    where duty = 'standard_briefing';
