"""Every word, severity, date and yes or no of reference/ledger-habits.md, each loaded as a cell."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.etl.messy.quick import load_quickly
from tests.etl.messy.tiny import SONGHE, Loaded, load_cells, load_pages, page

CLOSED = (
    "已整改", "整改完成", "已整改销号", "已销号", "已治理",
    "已闭环", "已整改完成", "已完成", "现场处置", "已归档",
)  # fmt: skip
STATUSES: dict[str, str | None] = {
    **dict.fromkeys(CLOSED, "已整改"),
    **dict.fromkeys(("整改中", "正在整改"), "整改中"),
    **dict.fromkeys(("待整改", "未整改", "未治理"), "未整改"),
    "待复查": "待复查",
    "打回重改": "打回重改",
    "": None,
}
SEVERITIES: dict[object, tuple[str, bool]] = {
    "一般": ("一般", False),
    "重大": ("重大", False),
    "一般隐患": ("一般", False),
    "较大隐患": ("一般", True),
    "重大隐患": ("重大", False),
    "重点隐患": ("一般", True),
    "一般隐患A": ("一般", False),
    "一般隐患B": ("一般", False),
    "一般隐患C": ("一般", False),
    1: ("重大", True),
    2: ("一般", True),
    3: ("一般", True),
    4: ("一般", True),
    5: ("一般", True),
    "1级": ("重大", True),
    "3级": ("一般", True),
    "一般3级": ("一般", True),
    "": ("一般", True),
}
"""What is written, what it is taken as, and whether that is warned of (contract.md, warned)."""
FOUND = {
    "true date": date(2025, 7, 17),
    "date with a time of day": datetime(2025, 7, 17, 15, 30),  # noqa: DTZ001 - a sheet knows no zone
    "serial": 45855,
    "2025.7.17": "2025.7.17",
    "2025年7月17日": "2025年7月17日",
    "2025年07月17日": "2025年07月17日",
    "2025年7月17日15:30–15:50": "2025年7月17日15:30–15:50",
    "2025-07-17": "2025-07-17",
    "2025-7-17": "2025-7-17",
    "20250717": "20250717",
    "20250717 as a number": 20250717,
    "25/7/17": "25/7/17",
}
DEADLINES = {
    "要求7月22日完成整改": (date(2025, 7, 22), {"year_supplied"}),
    "7月22日": (date(2025, 7, 22), {"year_supplied"}),
    "7天": (date(2025, 7, 24), set[str]()),
}
YES = ("是", "有", "√", "已", 1, "已签字", "Y")
NO = ("否", "无", "×", "未", 0, "未签字", "N")


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterable[None]:
    with pytest.MonkeyPatch.context() as patched:
        load_quickly(patched)
        yield


class Column:
    """A column loaded once: every cell's row, record and warnings."""

    def __init__(self, loaded: Loaded, kind: str, heading: str, cells: Iterable[object]) -> None:
        self.loaded, self.heading = loaded, heading
        self.rows = {repr(cell): row for row, cell in enumerate(cells, 2)}
        self.records = loaded.by_row(kind)

    def record(self, cell: object) -> dict[str, Any]:
        return self.records[self.rows[repr(cell)]]

    def rules(self, cell: object) -> set[str]:
        return self.loaded.rules(self.rows[repr(cell)], self.heading)


def column(folder: Path, heading: str, cells: Iterable[object], given: dict[str, object]) -> Column:
    written = list(cells)
    return Column(load_cells(folder, heading, written, given), "hazards", heading, written)


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> Column:
    return column(tmp_path_factory.mktemp("status"), "整改情况", STATUSES, {"发现日期": "2025-07-17"})


@pytest.mark.parametrize(("written", "meant"), STATUSES.items())
def test_a_status_word_is_understood(statuses: Column, written: str, meant: str | None) -> None:
    assert statuses.record(written)["status"] == meant
    assert statuses.rules(written) <= {"closed_without_date"}


@pytest.mark.parametrize("written", STATUSES)
def test_a_closed_status_without_a_day_is_warned_of_and_not_rectified(statuses: Column, written: str) -> None:
    assert statuses.record(written)["rectified_on"] is None
    assert ("closed_without_date" in statuses.rules(written)) == (written in CLOSED)


@pytest.fixture(scope="module")
def severities(tmp_path_factory: pytest.TempPathFactory) -> Column:
    return column(tmp_path_factory.mktemp("severity"), "隐患级别", SEVERITIES, {"发现日期": "2025-07-17"})


@pytest.mark.parametrize("written", SEVERITIES, ids=repr)
def test_a_severity_is_one_of_two_several_forms_in_one_file(severities: Column, written: object) -> None:
    meant, is_warned = SEVERITIES[written]
    assert severities.record(written)["severity"] == meant
    assert bool(severities.rules(written)) == is_warned


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Column:
    return column(tmp_path_factory.mktemp("found"), "排查时间", FOUND.values(), {"整改期限": "2025-08-01"})


@pytest.mark.parametrize("form", FOUND)
def test_a_form_of_date_is_read_without_a_word(found: Column, form: str) -> None:
    assert found.record(FOUND[form])["found_on"] == date(2025, 7, 17)
    assert found.rules(FOUND[form]) == set()


@pytest.fixture(scope="module")
def deadlines(tmp_path_factory: pytest.TempPathFactory) -> Column:
    return column(tmp_path_factory.mktemp("deadline"), "整改期限", DEADLINES, {"排查时间": "2025-07-17"})


@pytest.mark.parametrize("written", DEADLINES)
def test_a_deadline_without_a_year_or_in_days_counts_from_the_finding(
    deadlines: Column, written: str
) -> None:
    meant, rules = DEADLINES[written]
    assert deadlines.record(written)["deadline_on"] == meant
    assert deadlines.rules(written) == rules


@pytest.fixture(scope="module")
def flags(tmp_path_factory: pytest.TempPathFactory) -> Column:
    cells = [*YES, *NO]
    lines = [[SONGHE, f"2025-07-{day:02}", "县局检查", cell] for day, cell in enumerate(cells, 1)]
    headings = ["机构名称", "检查日期", "检查类型", "签字确认"]
    loaded = load_pages(tmp_path_factory.mktemp("flags"), page("检查记录", [headings, *lines]))
    return Column(loaded, "inspections", "签字确认", cells)


@pytest.mark.parametrize("written", [*YES, *NO], ids=repr)
def test_a_yes_or_no_in_other_words_is_understood(flags: Column, written: object) -> None:
    assert flags.record(written)["is_signed"] == (written in YES)
    assert flags.rules(written) == set()
