/*
name          = "活动覆盖率"
topic         = "职责"
unit          = "percent"
summary       = "share"
numerator     = "当年自己开展过这项活动的单位"
denominator   = "方案要求当年开展这项活动的县局、各镇和在营机构，一个单位一项一年计一次；正在进行的年度另列"
grain         = "一个单位一项活动一年一行"
explain       = "安全管理月、消防宣传月、判定标准宣贯等活动，要求开展的单位中开展了的比例"
clause        = "四（五）"
good          = "high"
compared      = "units"
running_apart = true
*/
create or replace macro activity_coverage(as_of) as table
    select
        *,
        is_held as numerator,
    from activities_asked_as_of(as_of);
