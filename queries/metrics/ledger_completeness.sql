/*
name        = "台账完整率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "督办人、责任单位、责任人、整改措施、整改时限五项齐全的隐患"
denominator = "统计期内发现的隐患"
grain       = "一处隐患一行"
explain     = "隐患台账五项要素都填全的比例"
clause      = "四（二）"
good        = "high"
compared    = "sample"
*/
create or replace macro ledger_completeness(as_of) as table
    select
        *,
        is_complete as numerator,
    from hazards_as_of(as_of);
