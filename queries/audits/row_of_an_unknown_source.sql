/*
says = "有记录、未计入的行或提醒不知出自哪块台账"
*/
with rows_told as (
    select
        'record_sources' as kind,
        block_id,
        row_number,
    from record_sources
    union all by name
    select
        'refused_rows' as kind,
        block_id,
        row_number,
    from refused_rows
    union all by name
    select
        'warned_rows' as kind,
        block_id,
        row_number,
    from warned_rows
)

select rows_told.*,
from rows_told
left join source_files on rows_told.block_id = source_files.block_id
where source_files.block_id is null;
