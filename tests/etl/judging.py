"""Blocks from text tables, judged: fields in the first line, one row a line, cells split at |."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from etl.blocks import Block, Unread
from etl.intake import Intake, Rulebook, take_in
from etl.ledgers import LEDGERS
from etl.load import rulebook
from etl.mapping import read_mapping
from etl.report import issue_table
from queries.campaign import read_campaign
from tests.etl.workbooks import rows as cells_of

AS_OF = date(2026, 11, 23)

REGISTER = """
institution          | credit_code        | township | former_names | opened_on  | closed_on
巴公镇中心敬老院     | 52140525MJ00000011 | 巴公镇   | 巴公老院     | 2010-01-01 |
夕阳红养老服务中心   | 52140525MJ00000022 | 南村镇   |              |            | 2025-06-30
南村镇福寿养老院     |                    | 南村镇   |              |            |
金村镇福寿养老院     |                    | 金村镇   |              |            |
"""


def block(
    kind: str,
    table: str,
    path: str = "台账.xlsx",
    sheet: str | None = None,
    sent_on: date | None = None,
    origin: str = "",
) -> Block:
    """A block whose headings are the official ones; row numbers as Excel would show them."""
    (first, *lines) = cells_of(table)
    headings = {name: LEDGERS[kind].field(name).heading for name in first}
    columns = {name: [line[place] or None for line in lines] for place, name in enumerate(first)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(first, pl.String))
    numbered = frame.select(pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("row"), pl.all())
    return Block(
        path=path,
        sheet=sheet or LEDGERS[kind].name,
        kind=kind,
        header_row=1,
        headings=headings,
        rows=numbered,
        sheet_cells=numbered.rename(headings),
        reported_on=sent_on,
        origin=origin,
        is_example=False,
        constants={},
        words={},
        ambiguous=(),
    )


def book(as_of: date = AS_OF) -> Rulebook:
    return rulebook(read_mapping([]), read_campaign(), as_of)


def judged(*blocks: Block | Unread, register: str = REGISTER, as_of: date = AS_OF) -> Intake:
    """The intake of these blocks and a register."""
    return take_in([block("institutions", register, path="名册.xlsx"), *blocks], book(as_of))


def records(kind: str, *blocks: Block, as_of: date = AS_OF) -> list[dict[str, Any]]:
    """The records of one kind."""
    return judged(*blocks, as_of=as_of).taken[kind].records.to_dicts()


def issues(kind: str, *blocks: Block, as_of: date = AS_OF) -> list[tuple[str, str, str]]:
    """What is said of one kind's rows: effect, field, rule, in the order of rows and fields."""
    found = judged(*blocks, as_of=as_of).taken[kind].issues
    return list(found.select("effect", "field", "rule").iter_rows())


def told(kind: str, *blocks: Block, register: str = REGISTER) -> list[dict[str, Any]]:
    """The same as the report words it."""
    found: Sequence[Block | Unread] = [block("institutions", register, path="名册.xlsx"), *blocks]
    return issue_table(found, take_in(found, book())).filter(kind=kind).to_dicts()
