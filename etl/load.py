"""Workbooks in, a published warehouse and a report out."""

import csv
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from etl.blocks import Block, Unread
from etl.child import read_files
from etl.decisions import FILES, decisions_folder, read_decisions
from etl.decisions_aliases import with_decided_towns
from etl.disk import LoadError, told
from etl.files import build_id, ledger_files, program_id
from etl.intake import Intake, Rulebook, take_in
from etl.judge import clause_key
from etl.mapping import Mapping, read_mapping
from etl.mapping_checks import MappingError
from etl.mapping_used import check_used
from etl.publish import bare, locked, publish
from etl.refused import write_refused
from etl.report import Report, file_table, issue_table, row_table
from etl.tables import all_tables, build_table
from etl.townships import Townships, named_townships, read_townships
from queries.campaign import read_campaign
from queries.checked import DefinitionError
from queries.parts import Campaign

DATA = Path(__file__).parent.parent / "data"


@told()
def load(
    paths: Sequence[Path],
    warehouse: Path,
    as_of: date,
    mappings: Sequence[Path] = (),
    dry_run: bool = False,
    refused: Path | None = None,
    root: Path = DATA,
    progress: Callable[[str], None] = lambda name: None,
    decided: Path | None = None,
) -> Report:
    """Read every ledger under the paths, build a warehouse known up to `as_of`, and publish it.

    mappings: files of other words and columns. dry_run: report, publish nothing. refused: where to write the
    workbook of refused rows. root: the folder of campaign.toml and reference/. progress: told every file.
    decided: the folder of what people decided (aliases, duplicates, corrections); by default under root.
    Raises LoadError, in Chinese, where nothing can be done: no files, a bad mapping or plan, example and real
    ledgers mixed, an audit that fails. A file that cannot be read is part of the report.
    """
    with nullcontext() if dry_run else locked(warehouse):  # from the first look: who waited reads what is new
        files = _files(paths)
        mapping, campaign = _inputs(mappings, root)
        with ThreadPoolExecutor(1) as beside:
            beside.submit(program_id)  # what this process has to make once, while the child reads
            if not dry_run:
                beside.submit(bare, campaign)
            found = list(read_files(files, mapping, progress))
        _check_used(mapping, found)
        folder = decided or decisions_folder(root, _is_example(found))
        book = _decided(rulebook(mapping, campaign, as_of, root), folder)
        name = build_id(files, [*mappings, *_reference_files(root), *_decision_files(folder)], as_of)
        intake = take_in(found, book)
        report = _report(name, found, intake, as_of)
        if refused is not None:
            write_refused(refused, found, report)
        if dry_run or report.counts()["taken"] == 0:
            return report
        own = build_table(name, as_of, campaign.outline.county, _is_example(found))
        tables = {"build": own, **all_tables(found, intake, book.townships, report)}
        is_published = publish(warehouse, name, tables, campaign, _notes(as_of, files, report))
        return replace(report, is_published=is_published)


def _notes(as_of: date, files: Iterable[str], report: Report) -> dict[str, object]:
    """What is written beside a build."""
    return {
        "as_of": as_of.isoformat(),
        "files": list(files),
        "rows": report.counts(),
        "program": program_id(),
    }


def _files(paths: Sequence[Path]) -> dict[str, Path]:
    files = ledger_files(paths)
    if not files:
        raise LoadError(f"{'、'.join(map(str, paths))} 里没有台账文件（.xlsx、.xls、.et、.csv）。")
    return files


def rulebook(mapping: Mapping, campaign: Campaign, as_of: date, root: Path = DATA) -> Rulebook:
    """What rows are judged by, from the mapping, the plan and the reference files."""
    return Rulebook(
        mapping.words, _townships(mapping, root, campaign.outline.area), campaign, _clauses(root), as_of
    )


def _decided(book: Rulebook, folder: Path) -> Rulebook:
    """What rows are judged by, with all that is decided in the files of a folder."""
    decisions = read_decisions(folder)
    towns = with_decided_towns(book.townships, decisions.aliases)
    return replace(book, townships=towns, decisions=decisions)


def _townships(mapping: Mapping, root: Path, county: str) -> Townships:
    if mapping.townships is not None:
        return named_townships(mapping.townships, county)
    try:
        return read_townships(root / "reference" / "townships.csv", county)
    except DefinitionError as error:
        raise LoadError(str(error)) from error


def _clauses(root: Path) -> frozenset[str]:
    """The clauses of the judgement standard, as keys."""
    with (root / "reference" / "hazard-standard.csv").open(encoding="utf-8-sig", newline="") as file:
        clauses = pl.Series("clause", [row["clause"] for row in csv.DictReader(file)], dtype=pl.String)
    return frozenset(clauses.to_frame().select(clause_key(pl.col("clause")))["clause"])


def _inputs(mappings: Sequence[Path], root: Path) -> tuple[Mapping, Campaign]:
    try:
        return read_mapping(list(mappings)), read_campaign(root / "campaign.toml")
    except (MappingError, DefinitionError) as error:
        raise LoadError(str(error)) from error


def _check_used(mapping: Mapping, found: Sequence[Block | Unread]) -> None:
    try:
        check_used(mapping, found)
    except MappingError as error:
        raise LoadError(str(error)) from error


def _reference_files(root: Path) -> list[Path]:
    return [root / "campaign.toml", *sorted((root / "reference").glob("*.csv"))]


def _decision_files(folder: Path) -> list[Path]:
    return [folder / name for name in FILES if (folder / name).exists()]


def _is_example(found: Sequence[Block | Unread]) -> bool:
    """Whether these are the invented ledgers; invented and real ones never share a build."""
    marks = {block.is_example for block in found if isinstance(block, Block)}
    if len(marks) > 1:
        invented = next(block.path for block in found if isinstance(block, Block) and block.is_example)
        raise LoadError(f"示例数据与真实台账不能放在一起：{invented} 是示例数据，请移开后再加载。")
    return marks == {True}


def _report(name: str, found: Sequence[Block | Unread], intake: Intake, as_of: date) -> Report:
    issues = issue_table(found, intake)
    rows = row_table(intake, issues)
    return Report(name, as_of, is_published=False, rows=rows, issues=issues, files=file_table(found, rows))
