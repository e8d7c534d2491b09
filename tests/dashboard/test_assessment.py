"""总结评估报告 says of every clause what 逐条查验 says, and names everybody who falls short."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from dashboard import checklist, outside
from dashboard.export.kinds import KINDS
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.view import View
from dashboard.words import figure, fraction
from queries import checklist as asked
from queries.catalog import catalog
from queries.evaluate import evaluate
from queries.filters import Filters
from tests.dashboard.test_documents import cells, said

DAY = date(2026, 11, 23)


def view_of(warehouse: Path, monkeypatch: pytest.MonkeyPatch, day: date, *towns: str) -> View:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
    return outside.view(warehouse, day, None, Filters(townships=towns))


def report(view: View) -> Any:
    return docx.Document(BytesIO(KINDS["assessment"].make(view)))


@pytest.mark.parametrize("towns", [(), ("下村镇",)])
def test_each_item_has_the_counts_of_the_queries(
    example: Path, monkeypatch: pytest.MonkeyPatch, towns: tuple[str, ...]
) -> None:
    view = view_of(example, monkeypatch, DAY, *towns)
    _, *tables = [cells(table)[1:] for table in report(view).tables]
    told = [(row[0], row[2], row[3]) for table in tables for row in table]
    expected = asked.items(view.build.connection, DAY, view.filters).to_dicts()
    assert [name for name, _, _ in told] == [row["item_name"] for row in expected]
    for (_, done, on_time), row in zip(told, expected, strict=True):
        assert not row["asked"] or fraction(row["done"], row["asked"]) in done
        assert not row["fallen_due"] or fraction(row["on_time"], row["fallen_due"]) in on_time


def test_everybody_who_falls_short_is_named(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(example, monkeypatch, DAY)
    words = said(report(view))
    failing = asked.short(view.build.connection, DAY, view.filters)
    assert failing.height
    for row in failing.iter_rows(named=True):
        assert row["unit"] in words
    for shortfall in failing["shortfall"].unique():
        assert checklist.SHORTFALLS[shortfall] in words


def test_its_main_figures_are_those_of_the_queries(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(example, monkeypatch, DAY)
    words = said(report(view))
    for code in ("rectification_rate", "major_rectification_rate", "phase_progress", "task_support"):
        answer = evaluate(view.build.connection, code, DAY).row(0, named=True)
        part = fraction(answer["numerator"], answer["denominator"])
        assert f"{catalog()[code].name} {figure(answer['value'], catalog()[code])}（{part}）" in words


def test_another_campaign_and_an_early_day_give_a_report_too(
    example: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "逐条查验" in said(report(view_of(example, monkeypatch, date(2024, 1, 1))))
    day = outside.view(second, None, None, Filters()).as_of
    assert "安全提升行动\n总结评估报告" in said(report(view_of(second, monkeypatch, day)))
