/*
name        = "暗访占比"
topic       = "检查"
unit        = "percent"
summary     = "share"
numerator   = "四不两直和明察暗访"
denominator = "统计期内的上级检查：镇级检查、县局检查、四不两直、明察暗访、联合执法"
grain       = "一次上级检查一行"
explain     = "上级检查中不打招呼的占多少"
clause      = "六（二）"
good        = "neither"
compared    = "sample"
*/
create or replace macro unannounced_share(as_of) as table
    select
        *,
        is_unannounced as numerator,
    from inspections_as_of(as_of)
    where is_authority;
