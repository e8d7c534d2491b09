"""The files for the meeting hold the very figures of the queries, and look as official documents do."""

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from dashboard import cli, outside
from dashboard.export.kinds import KINDS, notices_by_unit
from dashboard.export.word import notices
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.view import View
from dashboard.words import fraction, number, percent
from queries import records
from queries.evaluate import evaluate
from queries.filters import Filters

DAY = date(2026, 11, 23)
LONG_AGO = date(2024, 1, 1)


@pytest.fixture
def whole(example: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    return of(example, monkeypatch)


def of(warehouse: Path, monkeypatch: pytest.MonkeyPatch, day: date = DAY, *towns: str) -> View:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
    return outside.view(warehouse, day, None, Filters(townships=towns))


def opened(view: View, kind: str) -> Any:
    return docx.Document(BytesIO(KINDS[kind].make(view)))


def said(document: Any) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_bulletins_towns_have_the_figures_of_the_queries(whole: View) -> None:
    heads, *rows = cells(opened(whole, "bulletin").tables[0])
    for code, head in (("rectification_rate", "整改率"), ("on_time_rate", "按期率"), ("overdue", "逾期")):
        known = evaluate(whole.build.connection, code, DAY, ("township",)).rows_by_key("township", named=True)
        for row in rows:
            answer = known[row[0]][0]
            counted = fraction(answer["numerator"], answer["denominator"])
            expected = (
                number(answer["value"]) if code == "overdue" else f"{percent(answer['value'], 0)}\n{counted}"
            )
            assert row[heads.index(head)] == expected
    assert len(rows) == 16


def test_the_bulletin_names_every_overdue_hazard(whole: View) -> None:
    known = records.records(whole.build.connection, "overdue", DAY)
    listed = [row for table in opened(whole, "bulletin").tables[1:] for row in cells(table)[1:]]
    assert sorted((row[2], row[3]) for row in listed) == sorted(
        known.select("institution", "description").iter_rows()
    )


def test_the_bulletin_says_the_headline_figures(whole: View) -> None:
    text = said(opened(whole, "bulletin"))
    for code in ("rectification_rate", "on_time_rate", "clear_institutions"):
        answer = evaluate(whole.build.connection, code, DAY).row(0, named=True)
        assert f"{percent(answer['value'])}（{fraction(answer['numerator'], answer['denominator'])}）" in text
    assert "【印发日期】" in text
    assert "示例数据" in text


def test_a_towns_bulletin_holds_that_town_alone(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = of(example, monkeypatch, DAY, "下村镇")
    tables = [cells(table)[1:] for table in opened(view, "bulletin").tables]
    assert [row[0] for row in tables[0]] == ["下村镇"]
    assert KINDS["bulletin"].file_name(view) == "治本攻坚情况通报_下村镇_2026-11-23.docx"


@pytest.mark.parametrize("kind", ["bulletin", "assessment", "notices"])
def test_a_document_is_laid_out_as_official_ones_are(whole: View, kind: str) -> None:
    document = opened(whole, kind)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:type")) == "lines"
    for run in runs(document):
        fonts = run._r.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} != {None}
        assert len({fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1


def runs(document: Any) -> Iterator[Any]:
    for paragraph in document.paragraphs:
        yield from paragraph.runs
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            yield from cell.paragraphs[0].runs


def test_whoever_has_overdue_or_major_open_hazards_gets_a_notice_in_two_copies(whole: View) -> None:
    hazards = records.records(whole.build.connection, "hazards", DAY)
    expected: dict[str, set[str]] = {}
    for row in hazards.iter_rows(named=True):
        if not row["is_rectified"] and (row["is_overdue"] or row["is_major"]):
            expected.setdefault(row["institution"], set()).add(row["description"])
    shown = notices.notices(whole)
    assert {notice.unit: {row["description"] for row in notice.hazards} for notice in shown} == expected
    assert len({notice.number for notice in shown}) == len(shown)
    text = said(opened(whole, "notices"))
    for copy in notices.COPIES:
        assert text.count(copy) == len(shown)
    assert text.count("督办回执") == len(shown)


def test_the_same_day_gives_the_same_notices_again(whole: View) -> None:
    assert notices.content(whole, notices.notices(whole)) == notices.content(whole, notices.notices(whole))


def test_notices_come_one_file_a_unit(whole: View) -> None:
    names = zipfile.ZipFile(BytesIO(notices_by_unit(whole))).namelist()
    assert len(names) == len(notices.notices(whole))
    towns = zipfile.ZipFile(BytesIO(notices_by_unit(whole, "township"))).namelist()
    assert 0 < len(towns) <= 16


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_on_which_nothing_was_known_still_gives_a_file(
    example: Path, empty: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for warehouse in (example, empty):
        assert KINDS[kind].make(of(warehouse, monkeypatch, LONG_AGO))


def test_the_workbook_holds_every_record_with_dates_as_dates(whole: View) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(KINDS["xlsx"].make(whole)))
    for kind, listing in records.kinds().items():
        heads, *rows = book.get_sheet_by_name(listing.name[:31]).to_python()
        assert heads == list(listing.titles.values())
        assert len(rows) == records.records(whole.build.connection, kind, DAY).height
    heads, *rows = book.get_sheet_by_name("隐患台账").to_python()
    assert all(isinstance(row[heads.index("发现日期")], date) for row in rows)


def test_the_workbooks_figures_are_those_of_the_queries(whole: View) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(KINDS["xlsx"].make(whole)))
    figures = {row[0]: row[3] for row in book.get_sheet_by_name("指标").to_python()[1:]}
    answer = evaluate(whole.build.connection, "rectification_rate", DAY)["value"][0]
    assert figures["整改率"] == pytest.approx(answer)


def test_the_command_line_writes_what_it_is_asked_for(example: Path, tmp_path: Path) -> None:
    def run(*words: str) -> int:
        return CliRunner().invoke(cli.app, ["export", *words, "--warehouse", str(example)]).exit_code

    assert run("bulletin", "--out", str(tmp_path / "new" / "通报.docx"), "--as-of", "2026-06-30") == 0
    assert "2026年6月30日" in said(docx.Document(str(tmp_path / "new" / "通报.docx")))
    assert run("notices", "--out", str(tmp_path / "通知.zip")) == 0
    assert zipfile.is_zipfile(tmp_path / "通知.zip")
    assert run("poster", "--out", str(tmp_path / "x")) == 2
