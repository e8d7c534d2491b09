"""The same question through the command line, the pages and the exports gives the same number."""

import json
import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from dashboard import cli, comparison, outside
from dashboard.export.kinds import KINDS
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.words import figure, fraction
from queries.catalog import catalog
from queries.filters import Filters
from tests.dashboard.conftest import Open
from tests.dashboard.test_pages import text

DAY, TOWN = date(2026, 6, 30), "大箕镇"
Answer = Mapping[str, Any]


@pytest.fixture(scope="module")
def by_command(example: Path) -> dict[str, Answer]:
    """Every metric of a town on a day, as the command line tells it."""
    arguments = ["metrics", "--as-of", DAY.isoformat(), "--township", TOWN, "--format", "json"]
    result = CliRunner().invoke(cli.app, [*arguments, "--warehouse", str(example)])
    assert result.exit_code == 0, result.output
    return {row["metric"]: row for row in json.loads(result.stdout)}


def test_the_towns_page_says_what_the_command_line_says(
    open_page: Open, example: Path, by_command: dict[str, Answer]
) -> None:
    page = open_page(example, "township", as_of=DAY.isoformat(), township=TOWN)
    shown = re.sub(r"\s+", "", re.sub("<[^>]*>", " ", text(page)))
    for code in comparison.OF_A_TOWN:
        assert re.sub(r"\s+", "", _as_shown(code, by_command[code])) in shown


def _as_shown(code: str, answer: Answer) -> str:
    metric = catalog()[code]
    part = fraction(answer["numerator"], answer["denominator"]) if metric.unit == "percent" else ""
    return f"{metric.name}{figure(answer['value'], metric)}{part}"


def test_the_workbook_holds_what_the_command_line_says(
    monkeypatch: pytest.MonkeyPatch, example: Path, by_command: dict[str, Answer]
) -> None:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    view = outside.view(example, DAY, None, Filters(townships=(TOWN,)))
    book = CalamineWorkbook.from_object(BytesIO(KINDS["xlsx"].make(view)))
    heads, *rows = book.get_sheet_by_name("指标").to_python()
    told = {row[0]: dict(zip(map(str, heads), row, strict=True)) for row in rows}
    assert set(told) == {metric.name for metric in catalog().values()}
    for code, answer in by_command.items():
        row = told[catalog()[code].name]
        for head, key in (("分子", "numerator"), ("分母", "denominator"), ("值", "value")):
            assert (row[head] if row[head] != "" else None) == pytest.approx(answer[key]), (code, head)


@pytest.mark.parametrize("code", ["rectification_rate", "on_time_rate", "overdue", "clear_institutions"])
def test_the_overviews_card_says_what_the_command_line_says(
    open_page: Open, example: Path, by_command: dict[str, Answer], code: str
) -> None:
    shown = text(open_page(example, "overview", as_of=DAY.isoformat(), township=TOWN))
    cards = re.findall(r'<div class="zb-card".*?</div></div>', shown)
    [card] = [card for card in cards if f"<span>{catalog()[code].name}</span>" in card]
    assert f">{figure(by_command[code]['value'], catalog()[code])}<" in card
