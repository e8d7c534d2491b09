"""The nine empty workbooks: filled in by the true records of the example they load with nothing refused."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl import load, write_templates
from etl.example import frames
from etl.ledgers import LEDGERS
from etl.read import read_file
from etl.report import Report
from etl.words import read_choices

AS_OF = date(2026, 11, 23)
HEADING_ROW, FIRST_ROW = 4, 5
YES_NO = {True: "是", False: "否"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    write_templates(folder)
    return folder


@pytest.fixture(scope="module")
def records() -> dict[str, pl.DataFrame]:
    """Each kind's true records, in the ledger's own columns."""
    tables = frames("county", AS_OF)
    towns = tables["townships"].select("township_id", "township")
    homes = tables["institutions"].join(towns, on="township_id")
    named = homes.select("institution_id", "institution")
    return {kind: _fields(kind, homes if kind == "institutions" else tables[kind], named) for kind in LEDGERS}


def _fields(kind: str, rows: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    if "institution_id" in rows.columns and "institution" not in rows.columns:
        rows = rows.join(named, on="institution_id", how="left", maintain_order="left")
    return rows.select(field.name for field in LEDGERS[kind].fields if field.name in rows.columns)


def fill_template(path: Path, kind: str, rows: pl.DataFrame, target: Path) -> None:
    """Fill a template as a clerk would: the sender and the day above, a record a row."""
    book = load_workbook(path)
    page = book[LEDGERS[kind].name]
    page["B3"], page["E3"] = "泽州县民政局", AS_OF
    for column, field in enumerate(LEDGERS[kind].fields, 1):
        if field.name in rows.columns:
            for row, value in enumerate(rows[field.name].to_list(), FIRST_ROW):
                page.cell(row, column).value = _cell(value)
    book.save(target)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(value)
    return YES_NO[value] if isinstance(value, bool) else value


@pytest.fixture(scope="module")
def filled(folder: Path, records: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("filled")
    for kind, rows in records.items():
        name = LEDGERS[kind].name
        fill_template(folder / f"{name}模板.xlsx", kind, rows, target / f"泽州县_{name}.xlsx")
    return target


@pytest.fixture(scope="module")
def report(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return load([filled], tmp_path_factory.mktemp("warehouse"), AS_OF, dry_run=True)


def page(folder: Path, kind: str) -> Worksheet:
    name = LEDGERS[kind].name
    return load_workbook(folder / f"{name}模板.xlsx")[name]


def checks(sheet: Worksheet) -> dict[str, DataValidation]:
    """Heading to what Excel lets be filled in under it."""
    return {
        sheet.cell(HEADING_ROW, area.min_col).value: check
        for check in sheet.data_validations.dataValidation
        for area in check.sqref.ranges
        if area.min_row == FIRST_ROW
    }


@pytest.mark.parametrize("kind", LEDGERS)
def test_filled_with_true_records_every_row_is_taken(
    report: Report, records: dict[str, pl.DataFrame], kind: str
) -> None:
    counts = report.as_dict()["kinds"][kind]
    height = records[kind].height
    assert (counts["read"], counts["taken"]) == (height, height)
    assert (counts["merged"], counts["refused"]) == (0, 0)


def test_only_what_a_record_itself_deserves_is_warned_of(
    report: Report, records: dict[str, pl.DataFrame]
) -> None:
    """Near-equal texts of one day are the example's own; they are listed for a person to decide."""
    hazards = records["hazards"]
    rules = report.issues.filter(pl.col("rule") != "possible_duplicate").group_by("rule").len().rows()
    assert dict(rules) == {
        "deadline_missing": hazards["deadline_on"].null_count(),
        "closed_without_date": hazards.filter(pl.col("rectified_on").is_null(), status="已整改").height,
    }


def test_the_day_filled_in_is_the_day_of_the_report(report: Report) -> None:
    assert report.files["sent_on"].to_list() == [AS_OF] * len(LEDGERS)


def test_every_sheet_of_a_filled_template_is_understood(report: Report) -> None:
    assert report.files["sheet"].sort().to_list() == sorted(ledger.name for ledger in LEDGERS.values())
    assert report.files["header_row"].to_list() == [HEADING_ROW] * len(LEDGERS)


def test_an_empty_template_is_no_record_and_no_trouble(folder: Path, tmp_path: Path) -> None:
    report = load([folder], tmp_path / "warehouse", AS_OF, dry_run=True)
    assert report.counts()["read"] == 0
    assert report.files["kind"].sort().to_list() == sorted(LEDGERS)


@pytest.mark.parametrize("kind", LEDGERS)
def test_the_headings_are_the_official_ones(folder: Path, kind: str) -> None:
    headings = [cell.value for cell in page(folder, kind)[HEADING_ROW]]
    assert headings == [field.heading for field in LEDGERS[kind].fields]


@pytest.mark.parametrize("kind", LEDGERS)
def test_every_heading_says_what_to_fill_in_and_whether_it_must(folder: Path, kind: str) -> None:
    for field, cell in zip(LEDGERS[kind].fields, page(folder, kind)[HEADING_ROW], strict=True):
        assert cell.comment.text.startswith("必填。" if field.required else "选填。")
        assert len(cell.comment.text) > len("必填。") + 3


@pytest.mark.parametrize("kind", LEDGERS)
def test_choices_are_those_of_the_closed_lists(folder: Path, kind: str) -> None:
    found = checks(page(folder, kind))
    for field in LEDGERS[kind].fields:
        if field.type == "choice":
            words = list(read_choices()[field.word_list].values())
            assert found[field.heading].formula1.strip('"').split(",") == words
        if field.type == "flag":
            assert found[field.heading].formula1 == '"是,否"'


def test_several_choices_are_told_in_the_note(folder: Path) -> None:
    sheet = page(folder, "inspections")
    note = next(cell.comment.text for cell in sheet[HEADING_ROW] if cell.value == "检查环节")
    assert "、".join(read_choices()["area"].values()) in note
    assert "检查环节" not in checks(sheet)


@pytest.mark.parametrize("kind", LEDGERS)
def test_what_cannot_be_is_refused_in_chinese(folder: Path, kind: str) -> None:
    for check in checks(page(folder, kind)).values():
        assert check.showErrorMessage
        assert check.errorStyle in (None, "stop")
        assert check.error.startswith("请")


def test_a_day_is_one_of_this_century(folder: Path) -> None:
    check = checks(page(folder, "hazards"))["发现日期"]
    origin = date(1899, 12, 30).toordinal()
    days = [date.fromordinal(origin + int(number)) for number in (check.formula1, check.formula2)]
    assert (check.type, days) == ("date", [date(2000, 1, 1), date(2035, 12, 31)])


def test_a_count_is_a_whole_number(folder: Path) -> None:
    check = checks(page(folder, "drills"))["参演老人数"]
    assert (check.type, check.formula1, check.formula2) == ("whole", "0", "5000")


@pytest.mark.parametrize("kind", LEDGERS)
def test_every_true_value_could_be_typed_in(folder: Path, filled: Path, kind: str) -> None:
    sheet = load_workbook(filled / f"泽州县_{LEDGERS[kind].name}.xlsx")[LEDGERS[kind].name]
    for column, heading in enumerate(sheet[HEADING_ROW], 1):
        check = checks(page(folder, kind)).get(heading.value)
        values = set(_values(sheet, column))
        assert [value for value in values if check and not _passes(check, value)] == []


def _values(sheet: Worksheet, column: int) -> Iterator[Any]:
    lines = sheet.iter_rows(min_row=FIRST_ROW, min_col=column, max_col=column, values_only=True)
    return (value for (value,) in lines if value is not None)


def _passes(check: DataValidation, value: Any) -> bool:
    if check.type == "list":
        return check.formula1.startswith("'模板附表'") or value in check.formula1.strip('"').split(",")
    number = value.toordinal() - date(1899, 12, 30).toordinal() if isinstance(value, datetime) else value
    is_whole = check.type == "decimal" or number == int(number)
    return is_whole and float(check.formula1) <= number <= float(check.formula2)


def test_every_task_of_the_plan_can_be_chosen(folder: Path, records: dict[str, pl.DataFrame]) -> None:
    formula = checks(page(folder, "task_progress"))["任务编号"].formula1
    book = load_workbook(folder / "任务进展模板.xlsx")
    codes = [cell.value for (cell,) in book["模板附表"][formula.split("!")[1].replace("$", "")]]
    assert set(records["task_progress"]["task"]) <= set(codes)
    assert all(code and len(code) == 3 for code in codes)


@pytest.mark.parametrize("kind", LEDGERS)
def test_headings_are_locked_and_rows_are_open(folder: Path, kind: str) -> None:
    sheet = page(folder, kind)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert all(cell.protection.locked for cell in sheet[HEADING_ROW])
    assert all(not columns.protection.locked for columns in sheet.column_dimensions.values())
    assert not sheet["B3"].protection.locked
    assert not sheet["E3"].protection.locked


@pytest.mark.parametrize("kind", LEDGERS)
def test_it_prints_on_a4_across_with_its_headings_on_every_page(folder: Path, kind: str) -> None:
    sheet = page(folder, kind)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
    assert sheet.freeze_panes in (f"B{FIRST_ROW}", f"C{FIRST_ROW}")


@pytest.mark.parametrize("kind", LEDGERS)
def test_the_version_stands_inside(folder: Path, kind: str) -> None:
    name = LEDGERS[kind].name
    book = load_workbook(folder / f"{name}模板.xlsx")
    assert book.custom_doc_props["模板版本"].value == "2026.1"
    assert "模板版本 2026.1" in book[name]["A2"].value


def test_the_same_plan_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_templates(tmp_path)
    assert [path.read_bytes() for path in again] == [(folder / path.name).read_bytes() for path in again]


def test_the_first_row_to_fill_in_is_the_first_below_the_headings(filled: Path) -> None:
    grid = read_file(filled / "泽州县_机构台账.xlsx")[0].grid
    assert grid[HEADING_ROW - 1, 0] == LEDGERS["institutions"].fields[0].heading
    assert grid[FIRST_ROW - 1, 0] is not None
