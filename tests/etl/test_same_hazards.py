"""What makes two rows one hazard, where numbers or fields alone would mislead."""

from dataclasses import replace
from datetime import date

import polars as pl

from etl.blocks import Block
from tests.etl.judging import block, issues, judged, records

HAZARD = "hazard_number | institution | found_on | description | rectified_on | status"
HOME = "夕阳红养老服务中心"


def hazards(path: str, *rows: str, sheet: str = "隐患", sent_on: date | None = None) -> Block:
    return block("hazards", "\n".join([HAZARD, *rows]), path=path, sheet=sheet, sent_on=sent_on)


def row(
    number: str = "", found: str = "2024-03-05", text: str = "漏电", rectified: str = "", status: str = ""
) -> str:
    return f"{number} | {HOME} | {found} | {text} | {rectified} | {status}"


def test_a_row_put_in_on_top_gives_no_hazard_anothers_rectification() -> None:
    older = hazards(
        "4.xlsx", row("1", rectified="2024-04-05"), row("2", text="漏水"), sent_on=date(2024, 4, 10)
    )
    newer = hazards(
        "5.xlsx",
        row("1", text="疏散通道堆放杂物"),
        row("2", rectified="2024-04-05"),
        row("3", text="漏水"),
        sent_on=date(2024, 5, 10),
    )
    kept = {hazard["description"]: hazard["rectified_on"] for hazard in records("hazards", older, newer)}
    assert kept == {"疏散通道堆放杂物": None, "漏电": date(2024, 4, 5), "漏水": None}


def with_places(*places: str, path: str = "甲.xlsx", rectified: str = "") -> Block:
    """Hazards alike but for a column no field is read from."""
    plain = hazards(path, *(row(rectified=rectified) for _ in places))
    cells = plain.sheet_cells.with_columns(
        pl.Series("隐患部位", places), pl.Series("序号", range(len(places)))
    )
    return replace(plain, sheet_cells=cells.cast({"序号": pl.String}))


def test_rows_a_column_of_their_own_tells_apart_stay_two() -> None:
    assert len(records("hazards", with_places("一楼东侧", "三楼西侧"))) == 2
    assert len(records("hazards", with_places("一楼东侧", "一楼东侧"))) == 1


def test_rows_told_apart_by_such_a_column_find_their_own_again_in_a_newer_sheet() -> None:
    older = with_places("一楼东侧", "三楼西侧")
    newer = with_places("三楼西侧", path="乙.xlsx", rectified="2024-03-09")
    kept = judged(older, newer)
    assert kept.taken["hazards"].records["rectified_on"].null_count() == 1
    (merged,) = kept.taken["hazards"].sources.filter(~pl.col("is_winning"))["row_id"]
    assert kept.rows["hazards"].written.filter(row_id=merged)["rest"].to_list() == ["三楼西侧"]


def test_numbers_that_differ_in_width_alone_are_listed_as_possible_duplicates() -> None:
    blocks = (hazards("甲.xlsx", row("ZZ-001"), row("ＺＺ-001", found="2024-03-06", text="漏水")),)
    assert ("warn", "description", "possible_duplicate") in issues("hazards", *blocks)
