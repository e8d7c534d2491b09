"""Days as people write them."""

from datetime import date

import polars as pl
import pytest

from etl.dates import read_dates, relative_days

FIFTH = date(2024, 3, 5)


def said(text: str) -> dict[str, object]:
    return read_dates(pl.Series([text])).row(0, named=True)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-3-5",
        "2024-03-05 15:30:00",
        "2024年3月5日",
        "2024年03月05日15:30–15:50",
        "2024 年 3 月 5 日",
        "2024.3.5",
        "2024/3/5",
        "20240305",
        "24/3/5",
        "24.3.5",
        "24年3月5日",
        "45356",
        "45356.645833",
        "２０２４年３月５日",
        " 2024-03-05 ",
        "要求2024年3月5日前完成",
        "2024.3.5已整改",
        "2024年3月5日\n15:30–15:50",
        "2024-3-5 \n 10:00",
        "2024、3、5",
        "2024。3。5",
        "2024—3—5",
        "2024·3·5",
        "2024 3 5",
        "2024年三月五日",
        "二〇二四年三月五日",
        "2024年度3月5日",
        "2024年3月5-8日",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert said(text)["day"] == FIFTH


@pytest.mark.parametrize(
    "text", ["2024-02-31", "2024年13月5日", "20241305", "2023.2.29", "05/03/24", "15/03/24"]
)
def test_a_day_the_calendar_lacks_is_impossible(text: str) -> None:
    assert said(text) == {
        "text": text,
        "day": None,
        "month": None,
        "month_day": None,
        "days": None,
        "problem": "impossible_date",
    }


@pytest.mark.parametrize(
    "text",
    ["2026年1月", "尽快", "12345", "99999", "12", "3/5/2024", "7个工作日", "30日", "2024", "2024年3-5月"],
)
def test_what_names_no_day_is_unreadable(text: str) -> None:
    assert said(text)["problem"] == "unreadable_date"
    assert said(text)["day"] is None


@pytest.mark.parametrize("text", ["3月5日", "要求3月5日完成整改", "３月５日", "3 月 5 日前"])
def test_a_day_without_a_year_is_a_month_and_a_day(text: str) -> None:
    assert (said(text)["month"], said(text)["month_day"], said(text)["problem"]) == (3, 5, None)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("7天", 7),
        ("限7日内", 7),
        ("十日内", 10),
        ("两周", 14),
        ("15天内整改", 15),
        ("第一周", None),
        ("3月", None),
    ],
)
def test_a_deadline_may_be_a_number_of_days(text: str, days: int | None) -> None:
    assert relative_days(text) == days


def test_each_distinct_text_is_read_once() -> None:
    assert read_dates(pl.Series(["2024-03-05", "2024-03-05", None])).height == 1
