/*
name      = "举报超期未办结"
topic     = "举报"
unit      = "complaints"
summary   = "count"
numerator = "统计期内受理、办理期限已过仍没有办结日期的举报投诉"
grain     = "一件举报投诉一行"
explain   = "截至统计日过了办理期限还没有办结的举报投诉有多少件"
clause    = "四（二）"
good      = "low"
*/
create or replace macro complaints_overdue(as_of) as table
    select
        *,
        true as numerator,
    from complaints_as_of(as_of)
    where is_overdue;
