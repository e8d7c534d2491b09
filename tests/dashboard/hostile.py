"""What somebody may write into a link, a file's name or a ledger's cell to do harm, or by mishap."""

import csv
import os
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

import etl
from queries.warehouse import current_build
from tests.dashboard.warehouses import AS_OF

MANY = 10_000 if os.environ.get("ZHIBEN_TEST_ALL") else 200
PWNED = "<img src=x onerror=window.__pwned=1>"
KNOWN = [
    PWNED,
    "<script>window.__pwned=1</script>",
    "</td></tr></table></div><h1>大标题</h1><svg onload=window.__pwned=1>",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
    "javascript:window.__pwned=1",
    "[点](javascript:window.__pwned=1) ![图](http://harm.example/x.png) http://harm.example :red[红] $x^2$",
    "' or 1=1 --",
    "大箕镇' or '1'='1",
    '"; drop table hazards; --',
    "$as_of",
    "{{7*7}} ${7*7} %s %(x)s {0}",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+86",
    "-2+3",
    "../../etc/passwd",
    "C:\\窗口\\盘",
    "a\x01b",
    "\x1b[31m红",
    "\x0b\x0c\x1f",
    "上\x0b中\x0c下",
    "\u202e反向\u2066",
    "\u200b零宽\u2060",
    "\ufffe\uffff",
    "👩\u200d👩\u200d👧",
    "e\u0301" * 40,
    "长" * 5000,
    "9" * 400,
    "大箕镇\t重大",
    "\n第一行\r\n第二行",
    "2026-02-30",
    "２０２６-１１-２３",
    "2026-W47-1",
    "20261123",
    "0001-01-01",
    "9999-12-31",
    "-1",
    "1e9",
    "nan",
    "None",
    "true",
    "",
    " ",
]
anything = st.one_of(
    st.sampled_from(KNOWN),
    st.text(max_size=60),
    st.text("<>&'\"=/\\;()[]{}!$:`|-_ \t大箕镇重大0123456789", max_size=60),
    st.dates().map(str),
    st.integers().map(str),
)
"""No halves of surrogate pairs among them: neither a link nor a file can hold one."""

names = st.one_of(
    anything,
    st.tuples(anything, st.sampled_from([".xlsx", ".csv", ".", "/", "\\", "/.."])).map("".join),
    st.sampled_from(["..", ".", "/", "a\ud800.csv", "长" * 300 + ".xlsx", "nul\0.xls"]),
)
HOMES = ("<b>甲</b>敬老院", "乙'; drop table hazards; --", "丙[点](http://harm.example)院")
"""Institutions that call themselves so."""

OTHERS = tuple(f"{letter}号院" for letter in "丁戊己庚辛壬癸子丑")
FIRST = date(2024, 1, 1)

HEADINGS = ("机构名称", "发现日期", "隐患描述", "隐患等级", "整改时限", "责任人", "整改措施", "隐患类别")


def drawn(strategy: st.SearchStrategy[str], count: int) -> list[str]:
    """So many values, each time the same: those known first."""
    values: list[str] = []

    def keep(value: str) -> None:
        values.append(value)

    given(strategy)(settings(max_examples=count, deadline=None, derandomize=True, database=None)(keep))()
    return [*KNOWN, *values][:count]


def cells() -> list[str]:
    """What stands in the ledger: no NUL, as a text file with one is no text."""
    return [value.replace("\0", "") for value in drawn(anything, MANY)]


def warehouse(root: Path) -> Path:
    """A ledger of hazards with all of it in every text column, loaded once for all who share the folder."""
    folder = root / "hostile"
    with FileLock(root / "hostile.lock"):
        if current_build(folder / "warehouse") is None:
            folder.mkdir(exist_ok=True)
            _write(
                folder / "机构台账.csv",
                [("机构名称", "所属乡镇"), *((home, "大箕镇") for home in (*HOMES, *OTHERS))],
            )
            _write(folder / "隐患台账.csv", [HEADINGS, *_rows()])
            etl.load([folder], folder / "warehouse", AS_OF, refused=folder / "refused.xlsx")
    return folder / "warehouse"


def _rows() -> Iterator[tuple[str, ...]]:
    """Each value on a day of its own: none is taken for the same hazard as another."""
    days = [FIRST + timedelta(days=number) for number in range((AS_OF - FIRST).days + 1)]
    places = product(days, (*HOMES, *OTHERS))
    for value, (day, home) in zip(cells(), places, strict=False):
        yield home, str(day), value, value, str(day), value, value, value


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
