"""A year in a title or a file's name supplies the year a day lacks."""

from datetime import date

import pytest

from etl.years import period_in
from tests.etl.judging import block, issues, records

MIDDLE = date(2024, 7, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年度大箕镇隐患台账", MIDDLE),
        ("隐患台账2024.xlsx", MIDDLE),
        ("２０２４年台账 隐患台账 2024年大箕镇.xlsx", MIDDLE),
        ("2024年3月隐患台账", date(2024, 3, 15)),
        ("2024年度台账 2024-3月.xlsx", date(2024, 3, 15)),
        ("2024年1-3月", MIDDLE),
        ("2024年3月至2024年5月", MIDDLE),
        ("泽民发〔2023〕7号 2024年台账", MIDDLE),
        ("三年行动（2024—2026年）台账", None),
        ("泽民发〔2024〕7号", None),
        ("电话2024356", None),
        ("隐患台账", None),
    ],
)
def test_a_title_speaks_of_one_year_or_month_or_of_none(text: str, day: date | None) -> None:
    assert period_in(text) == day


@pytest.mark.parametrize(
    ("origin", "written", "found"),
    [
        ("2024年度大箕镇隐患台账", "3月5日", date(2024, 3, 5)),
        ("2024年度大箕镇隐患台账", "1月1日", date(2024, 1, 1)),
        ("2024年度大箕镇隐患台账", "12月31日", date(2024, 12, 31)),
        ("2025年度大箕镇隐患台账", "12月31日", date(2025, 12, 31)),
        ("2025年1月隐患台账", "12月28日", date(2024, 12, 28)),
    ],
)
def test_a_day_without_a_year_takes_the_titles_and_is_warned_of(
    origin: str, written: str, found: date
) -> None:
    table = f"institution | found_on | description | severity\n南村镇福寿养老院 | {written} | 漏电 | 一般"
    said = block("hazards", table, origin=origin)
    assert records("hazards", said)[0]["found_on"] == found
    assert ("warn", "found_on", "year_supplied") in issues("hazards", said)


def test_without_any_year_about_a_row_is_refused() -> None:
    table = "institution | found_on | description\n南村镇福寿养老院 | 3月5日 | 漏电"
    assert issues("hazards", block("hazards", table, origin="隐患台账")) == [
        ("refuse", "found_on", "unreadable_date")
    ]
