"""What was published last, opened to be asked, and the filters asked for."""

from datetime import date, datetime

import duckdb

from dashboard import printing
from queries import sources
from queries.filters import Filters
from queries.lake import Lake
from queries.sources import Source
from queries.warehouse import fetch

DAMAGED = "最近一次发布的数据缺失或已损坏，所以不作答；台账没有受影响。请运行 zhiben doctor，按提示处理。"
NOTHING = {False: "数据仓库里还没有数据", True: "数据湖里还没有这个范围的数据"}


def published(asked: Source) -> str:
    """The code of the build published last.

    Raises typer.Exit (1) with words on stderr where there is none, or it is damaged.
    """
    code = sources.current(asked)
    if code is None:
        raise printing.stop(f"{NOTHING[isinstance(asked, Lake)]}，请先运行 zhiben load。")
    if not sources.is_sound(asked, code):
        raise printing.stop(DAMAGED)
    return code


def opened(asked: Source, as_of: datetime | None) -> tuple[duckdb.DuckDBPyConnection, date]:
    """The build published last, and the day to answer as of: by default its own. Raises as published does."""
    connection = sources.opened(asked, published(asked))
    known_to: date = fetch(connection, "select as_of from build").item()
    return connection, as_of.date() if as_of else known_to


def filters_of(
    since: datetime | None,
    until: datetime | None,
    townships: list[str],
    institutions: list[str],
    severities: list[str],
    areas: list[str],
) -> Filters:
    """The filters that options say."""
    first, last = since and since.date(), until and until.date()
    return Filters(
        since=first,
        until=last,
        townships=tuple(townships),
        institutions=tuple(institutions),
        severities=tuple(severities),
        areas=tuple(areas),
    )
