"""Cells become what their columns hold, or say why not."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clean import clean
from etl.ledgers import LEDGERS
from etl.mapping import read_mapping
from etl.rows import gather
from tests.etl.judging import AS_OF, block, book, issues, judged, records

HAZARD = "institution | found_on | description | deadline_on"


def read(kind: str, field: str, text: str, sent_on: date | None = None) -> tuple[object, list[str]]:
    """The typed value of one cell, and the rules it breaks."""
    (rows,) = [gather([block(kind, f"{field}\n{text}", sent_on=sent_on)], book().townships)[kind]]
    judged = clean(rows.texts, LEDGERS[kind], read_mapping([]).words, AS_OF)
    return judged.rows[field][0], judged.issues.filter(field=field)["rule"].to_list()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("是", True),
        ("√", True),
        ("有", True),
        ("已签字", True),
        ("1", True),
        ("Y", True),
        ("否", False),
        ("×", False),
        ("无", False),
        ("0", False),
    ],
)
def test_yes_and_no_have_many_words(text: str, flag: bool) -> None:
    assert read("inspections", "is_signed", text) == (flag, [])


def test_an_unclear_yes_or_no_is_set_aside() -> None:
    assert read("inspections", "is_signed", "也许") == (None, ["unreadable_flag"])


@pytest.mark.parametrize("text", ["-", "—", "/", "无", "待定", "空", "－", " - "])
def test_a_placeholder_is_a_blank(text: str) -> None:
    assert read("hazards", "tracker", text) == (None, [])


@pytest.mark.parametrize(
    ("text", "severity", "rules"),
    [
        ("一般隐患", "一般", []),
        ("重大事故隐患", "重大", []),
        ("一般隐患B", "一般", []),
        ("3级", "一般", ["converted_word"]),
        ("一般3级", "一般", ["converted_word"]),
        ("较大隐患", "一般", ["converted_word"]),
        ("1级", "重大", ["converted_word"]),
        ("说不清", None, []),
    ],
)
def test_severities_of_other_scales_are_converted(text: str, severity: str, rules: list[str]) -> None:
    assert read("hazards", "severity", text) == (severity, rules)


def test_a_list_in_one_cell_is_split_and_an_unknown_word_kept() -> None:
    areas, rules = read("inspections", "areas", "消防、用电，暖气")
    assert (list(areas), rules) == (["消防", "用电", "暖气"], ["unknown_word"])  # type: ignore[call-overload]


def test_an_unknown_word_is_kept_where_it_may_be() -> None:
    assert read("hazards", "area", "屋顶") == ("屋顶", ["unknown_word"])


def test_an_unknown_inspection_type_is_refused() -> None:
    table = "institution | inspected_on | inspection_type\n夕阳红养老服务中心 | 2024-03-05 | 瞎看"
    assert issues("inspections", block("inspections", table)) == [
        ("refuse", "inspection_type", "unknown_word")
    ]


@pytest.mark.parametrize("field", ["responsible_person", "tracker", "responsible_unit"])
def test_a_day_where_a_name_belongs_is_set_aside(field: str) -> None:
    assert read("hazards", field, "2024.3.5") == (None, ["not_a_name"])


def test_a_word_in_a_date_column_is_set_aside() -> None:
    assert read("hazards", "rectified_on", "已整改") == (None, ["not_a_day"])


@pytest.mark.parametrize(("text", "rule"), [("2062-06-30", "impossible_date"), ("2026-11-24", "future_date")])
def test_what_has_happened_is_not_after_the_as_of_date(text: str, rule: str) -> None:
    assert read("hazards", "rectified_on", text) == (None, [rule])


def test_a_deadline_may_lie_ahead_but_not_in_2062() -> None:
    assert read("hazards", "deadline_on", "2027-03-05") == (date(2027, 3, 5), [])
    assert read("hazards", "deadline_on", "2062-03-05") == (None, ["impossible_date"])


def deadlines(rows: str, sent_on: date | None = None) -> list[tuple[date, date | None]]:
    found = records("hazards", block("hazards", f"{HAZARD}\n{rows}", sent_on=sent_on))
    return [(hazard["found_on"], hazard["deadline_on"]) for hazard in found]


@pytest.mark.parametrize(
    ("row", "found", "deadline"),
    [
        ("夕阳红养老服务中心 | 2024-12-20 | 漏电 | 1月15日", date(2024, 12, 20), date(2025, 1, 15)),
        ("夕阳红养老服务中心 | 12月20日 | 漏电 | 2025-01-15", date(2024, 12, 20), date(2025, 1, 15)),
        ("夕阳红养老服务中心 | 2024-03-05 | 漏电 | 7天", date(2024, 3, 5), date(2024, 3, 12)),
        ("夕阳红养老服务中心 | 2024-06-01 | 漏电 | 要求6月22日完成整改", date(2024, 6, 1), date(2024, 6, 22)),
    ],
)
def test_a_missing_year_comes_from_the_rows_other_dates(row: str, found: date, deadline: date) -> None:
    assert deadlines(row) == [(found, deadline)]


def test_a_missing_year_comes_from_the_rows_around() -> None:
    rows = "夕阳红养老服务中心 | 2024-03-05 | 漏电 |\n夕阳红养老服务中心 | 3月9日 | 漏水 |"
    assert deadlines(rows) == [(date(2024, 3, 5), None), (date(2024, 3, 9), None)]


def test_a_missing_year_comes_from_the_report_and_never_lies_after_it() -> None:
    assert deadlines("夕阳红养老服务中心 | 6月1日 | 漏电 |", date(2025, 1, 10)) == [(date(2024, 6, 1), None)]


def test_without_any_date_near_a_day_without_a_year_is_refused() -> None:
    table = f"{HAZARD}\n夕阳红养老服务中心 | 6月1日 | 漏电 |"
    assert ("refuse", "found_on", "unreadable_date") in issues("hazards", block("hazards", table))


def test_a_supplied_year_is_warned_of() -> None:
    table = f"{HAZARD}\n夕阳红养老服务中心 | 2024-03-05 | 漏电 | 3月9日"
    assert issues("hazards", block("hazards", table)) == [
        ("warn", "deadline_on", "year_supplied"),
        ("warn", "severity", "severity_unclear"),
    ]


def test_reading_changes_neither_the_rows_nor_their_order() -> None:
    lines = "\n".join(f"夕阳红养老服务中心 | 2024-03-{day:02} | 漏电{day} | 7天" for day in range(28, 0, -1))
    rows = gather([block("hazards", f"{HAZARD}\n{lines}")], book().townships)["hazards"]
    cleaned = clean(rows.texts, LEDGERS["hazards"], read_mapping([]).words, AS_OF).rows
    assert cleaned["row_number"].to_list() == list(range(2, 30))
    assert cleaned.schema["found_on"] == pl.Date


ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="|↵"), max_size=12
)
LIKELY = st.sampled_from(
    ["2024-03-05", "7天", "3月5日", "二十", "99999999999", "一般3级", "√", "夕阳红", "D02", "45356"]
)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(LEDGERS)), st.data())
def test_whatever_is_typed_every_row_is_kept_or_refused(kind: str, data: st.DataObject) -> None:
    fields = [field.name for field in LEDGERS[kind].fields]
    line = st.lists(ANY_TEXT | LIKELY, min_size=len(fields), max_size=len(fields)).map(" | ".join)
    lines = data.draw(st.lists(line, min_size=1, max_size=3))
    taken = judged(block(kind, "\n".join([" | ".join(fields), *lines]))).taken[kind]
    refused = taken.issues.filter(effect="refuse")["row_id"].n_unique()
    named = 4 if kind == "institutions" else 0
    assert taken.sources.height + refused == len(lines) + named
