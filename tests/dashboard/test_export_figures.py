"""Every n/N and every rate in every file for the meeting is a figure that `zhiben metrics` gives.

The files are opened again and all their words swept: titles, tables, notes, what stands in charts.
"""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import polars as pl
import pptx
import pytest
from python_calamine import CalamineWorkbook

from dashboard import outside
from dashboard.export.kinds import KINDS
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.view import View
from dashboard.words import percent
from queries import checklist, common
from queries.catalog import catalog
from queries.evaluate import dimensions, evaluate
from queries.filters import Filters

PART = re.compile(r"(?<![\d./-])(\d[\d,]*)/(\d[\d,]*)(?![\d/-])")
RATE = re.compile(r"(\d+(?:\.\d)?)%[（ \n]*(\d[\d,]*)/(\d[\d,]*)(?![\d/-])")
PAGE = re.compile(r"（\d+/\d+）$")
DAY = date(2026, 11, 23)
CHOICES = [
    (DAY, Filters()),
    (DAY, Filters(townships=("大箕镇",))),
    (date(2025, 6, 30), Filters()),
    (DAY, Filters(severities=("重大",), since=date(2026, 1, 1))),
]
Part = tuple[int, int]


@pytest.fixture(params=CHOICES, ids=["county", "town", "earlier", "majors of a year"])
def view(request: pytest.FixtureRequest, example: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    day, filters = request.param
    return outside.view(example, day, None, filters)


def whole(text: str) -> int:
    return int(text.replace(",", ""))


def known(view: View) -> set[Part]:
    """n/N of every metric on both days: of all, by each dimension, by period with each other one."""
    con, found = view.build.connection, set()
    for code in catalog():
        own = dimensions(con, code)
        groups = [(), *((name,) for name in own)]
        groups += [("period", name) for name in own if "period" in own and name != "period"]
        for day in (view.as_of, view.compare):
            for by in groups:
                found |= parts(evaluate(con, code, day, by, view.filters), "numerator", "denominator")
    return found | known_otherwise(view)


def known_otherwise(view: View) -> set[Part]:
    """What no metric counts: homes that share a kind of hazard, the plan's items and their clauses."""
    con = view.build.connection
    kinds = common.kinds(con, view.as_of, view.filters)
    items = checklist.items(con, view.as_of, view.filters).with_columns(
        borne=pl.col("supported") + pl.col("unsupported")
    )
    sums = items.group_by("clause", "is_duty").agg(pl.col("done", "asked").sum())
    return (
        parts(kinds, "homes", "asked")
        | parts(items, "done", "asked")
        | parts(items, "on_time", "fallen_due")
        | parts(items, "supported", "borne")
        | parts(sums, "done", "asked")
    )


def parts(frame: pl.DataFrame, numerator: str, denominator: str) -> set[Part]:
    counted = frame.filter(pl.col(denominator).is_not_null() & pl.col(numerator).is_not_null())
    return {(int(part), int(of)) for part, of in counted.select(numerator, denominator).iter_rows()}


def of_slides(view: View) -> Iterator[str]:
    shown = pptx.Presentation(BytesIO(KINDS["pptx"].make(view)))
    for drawn in shown.slides:
        yield PAGE.sub("", drawn.shapes.title.text_frame.text) if is_paged(drawn, shown) else title(drawn)
        yield drawn.notes_slide.notes_text_frame.text if drawn.has_notes_slide else ""
        for shape in drawn.shapes:
            if shape.has_text_frame and shape != drawn.shapes.title:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_chart:
                yield from map(str, shape.chart.plots[0].categories)
                yield shape._element._nvXxPr.cNvPr.get("descr")


def title(drawn: Any) -> str:
    return str(drawn.shapes.title.text_frame.text)


def is_paged(drawn: Any, shown: Any) -> bool:
    """Does a title end in its page's number? Then others have the same words before it."""
    words = PAGE.sub("", title(drawn))
    return sum(PAGE.sub("", title(other)) == words for other in shown.slides) > 1


def of_document(view: View, kind: str) -> Iterator[str]:
    document = docx.Document(BytesIO(KINDS[kind].make(view)))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("kind", ["pptx", "bulletin", "assessment"])
def test_every_part_of_a_whole_is_one_that_the_metrics_give(view: View, kind: str) -> None:
    words = list(of_slides(view) if kind == "pptx" else of_document(view, kind))
    said = {(whole(part), whole(of)) for text in words for part, of in PART.findall(text)}
    assert said or not evaluate(view.build.connection, "rectification_rate", view.as_of).height
    assert said - known(view) == set()


@pytest.mark.parametrize("kind", ["pptx", "bulletin", "assessment"])
def test_every_rate_is_that_of_the_part_beside_it(view: View, kind: str) -> None:
    words = list(of_slides(view) if kind == "pptx" else of_document(view, kind))
    found = [match for text in words for match in RATE.findall(text)]
    assert found
    for rate, part, of in found:
        digits = 1 if "." in rate else 0
        assert f"{rate}%" == percent(whole(part) / whole(of), digits), (rate, part, of)


def test_the_workbook_holds_every_metric_of_every_town(view: View) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(KINDS["xlsx"].make(view)))
    heads, *rows = book.get_sheet_by_name("各镇指标").to_python()
    told = {(row[0], row[1]): row[2:5] for row in rows}
    assert heads[:5] == ["指标", "乡镇", "分子", "分母", "值"]
    codes = [code for code in catalog() if "township" in dimensions(view.build.connection, code)]
    expected = {}
    for code in codes:
        for row in evaluate(view.build.connection, code, view.as_of, ["township"], view.filters).to_dicts():
            figures = [row[name] for name in ("numerator", "denominator", "value")]
            expected[catalog()[code].name, row["township"] or ""] = figures
    assert told.keys() == expected.keys()
    for key, figures in expected.items():
        assert [None if value == "" else value for value in told[key]] == pytest.approx(figures), key
