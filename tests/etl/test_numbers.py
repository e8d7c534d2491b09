"""Counts and minutes as people write them."""

import pytest

from etl.numbers import chinese_number, read_count, read_minutes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        ("12人", 12),
        ("100张", 100),
        ("3 处", 3),
        ("十二", 12),
        ("两名", 2),
        ("一百零五张", 105),
        ("二十", 20),
        ("１２", 12),
        ("1,200", 1200),
        ("约50人", 50),
        ("12.0", 12),
        ("0", 0),
    ],
)
def test_a_count_is_read_with_what_stands_behind_it(text: str, count: int) -> None:
    assert read_count(text).value == count


@pytest.mark.parametrize("text", ["若干", "2.5", "12人左右男8人", "3月", "-"])
def test_what_is_no_number_is_unreadable(text: str) -> None:
    assert read_count(text).problem == "unreadable_number"


@pytest.mark.parametrize("text", ["-3", "99999", "5001"])
def test_a_count_below_nothing_or_beyond_reason_is_absurd(text: str) -> None:
    assert read_count(text).problem == "absurd_number"


@pytest.mark.parametrize(("text", "minutes"), [("8", 8), ("8分钟", 8), ("5分30秒", 5.5), ("3.5分", 3.5)])
def test_minutes_may_have_seconds(text: str, minutes: float) -> None:
    assert read_minutes(text).value == minutes


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("十五", 15), ("二〇二四", 2024), ("三百二十", 320)]
)
def test_a_numeral_has_its_value(text: str, number: int) -> None:
    assert chinese_number(text) == number
