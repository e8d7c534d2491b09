/*
says = "有来源的行数对不上：读到的不等于计入、并入、未计入之和"
*/
select
    path,
    sheet,
    rows_read,
from source_files
where rows_read <> rows_taken + rows_merged + rows_refused;
