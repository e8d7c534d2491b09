"""The lake many counties load into: Parquet files, and in PostgreSQL the catalogue that says which are whole.

What is read is what each county published last. A county's rows carry its code and the load they came by, so
what a load brought is seen when its line in `published` is, and in one commit with it. Whoever opens the lake
holds one snapshot of it: what is loaded meanwhile he does not see.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from queries import storage

ATTACHED = "lake"
EXTENSIONS = ("postgres_scanner", "ducklake")
STORAGE = "httpfs"
KEYS = ("of_county", "load_id")
"""What every table of records in the lake has beside the warehouse's columns."""

CODES = range(100_000, 1_000_000)
"""Codes of counties, by GB/T 2260: six digits."""

PER_COUNTY = 10_000_000
"""A number of the lake is the county's code times so many, and the number in the county's own warehouse."""

NEWEST = f"""
    select county_id, load_id, build, county, bureau, as_of, is_example, rows_of_tables
    from {ATTACHED}.published
    qualify row_number() over (partition by county_id order by rowid desc) = 1
    order by county_id
"""


MEANINGS = {
    "existing ducklake": "这个数据库里还没有数据湖：请先运行 zhiben lake init。",
    "httpfs": f"数据湖的文件在对象存储里：请先设好环境变量 {'、'.join(storage.SETTINGS)}，见部署说明。",
    " for http": "数据湖的对象存储读写不了：请检查它是否在运行、AWS_ 开头的设置对不对、网络通不通。",
    "no space left": "数据湖的磁盘已满（数据文件夹、目录数据库或本机临时文件所在的盘）：请腾出空间后再试。",
    "permission denied": "没有权限：目录数据库的这个用户只能读，或数据文件夹不许写。",
    "read-only file system": "数据湖的数据文件夹是只读的：请检查挂载方式和权限。",
    "cannot open file": "数据湖的文件读不到：请检查共享文件夹是否挂好，再运行 zhiben lake verify。",
    "conflict": "别的县也在写数据湖，等了几次都没有轮到：请稍后再试一次。",
    "connect": "数据湖的目录数据库（PostgreSQL）连不上：请检查它是否在运行、地址和口令对不对、网络通不通。",
}
"""What words of DuckDB, of libpq and of the system mean; the first that is found."""

UNKNOWN = "数据湖读写出错：请运行 zhiben lake verify 检查。"


class LakeError(Exception):
    """The lake cannot be read or written; the message says why, in Chinese."""


@dataclass(frozen=True)
class Lake:
    """A lake, by the address of its catalogue (libpq's); `county`: the code of the only one to be read."""

    dsn: str = field(repr=False)
    county: int | None = None


@dataclass(frozen=True)
class Published:
    """What a county published last."""

    county_id: int
    load_id: str
    build: str
    county: str
    bureau: str
    as_of: Any
    is_example: bool
    rows_of_tables: str = field(repr=False)

    @property
    def hazards(self) -> int:
        """How many hazards the county's build has."""
        return int(json.loads(self.rows_of_tables)["hazards"])


@dataclass(frozen=True)
class Moment:
    """The lake at one snapshot: what each county had published, and under which plan."""

    snapshot: int
    counties: tuple[Published, ...]
    plan: str

    @property
    def code(self) -> str:
        """What stands for it wherever answers are kept: the same content has the same code."""
        told = [self.plan, *(f"{each.county_id} {each.load_id}" for each in self.counties)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def attach(con: duckdb.DuckDBPyConnection, lake: Lake, *options: str) -> None:
    """Attach a lake to a connection, under its one name; raises LakeError where that cannot be done."""
    listed = f" ({', '.join(options)})" if options else ""
    address = f"ducklake:postgres:{lake.dsn}".replace("'", "''")
    try:
        _load(con)
        con.execute(f"attach '{address}' as {ATTACHED}{listed}")
    except duckdb.Error as error:
        raise LakeError(told(error)) from None  # the address, which may hold a password, is in the error


def _load(con: duckdb.DuckDBPyConnection) -> None:
    """Load the extensions a lake needs, and let them reach its files."""
    con.execute("set autoinstall_known_extensions = false")
    for name in (*EXTENSIONS, *((STORAGE,) if storage.is_configured() else ())):
        con.execute(f"load '{_extension(name)}'")
    if storage.is_configured():
        storage.reach(con)


def detach(con: duckdb.DuckDBPyConnection) -> None:
    """Let go of the lake and of what reaches its files, once all that is wanted is copied."""
    con.execute(f"detach {ATTACHED}")
    storage.forget(con)


def told(error: duckdb.Error) -> str:
    """What an error of the lake means, without the address."""
    words = str(error).lower()
    return next((says for mark, says in MEANINGS.items() if mark in words), UNKNOWN)


def _extension(name: str) -> Path:
    """The file of an extension, from the packages that come with zhiben[lake]."""
    found = find_spec(f"duckdb_extension_{name}")
    if found is None or not found.submodule_search_locations:
        raise LakeError('没有安装数据湖的组件：请安装 pip install "zhiben[lake]"，或见部署说明。')
    folder = Path(found.submodule_search_locations[0]) / "extensions" / f"v{duckdb.__version__}"
    file = folder / f"{name}.duckdb_extension"
    if not file.exists():
        raise LakeError(f"数据湖的组件与 DuckDB {duckdb.__version__} 的版本不符：请按锁定文件重新安装。")
    return file


def look(con: duckdb.DuckDBPyConnection, county: int | None) -> Moment:
    """The lake as it is now: of one county, or of all. Raises LakeError where there is nothing yet."""
    cursor = con.cursor()
    cursor.execute("begin")
    snapshot = int(_one(cursor, f"select id from {ATTACHED}.current_snapshot()")[0])
    counties = [Published(*row) for row in cursor.execute(NEWEST).fetchall()]
    plan = _one(cursor, f"select text from {ATTACHED}.plans order by rowid desc limit 1")
    cursor.execute("rollback")
    kept = [each for each in counties if county in {None, each.county_id}]
    return Moment(snapshot, tuple(kept), str(plan[0]))


def _one(cursor: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = cursor.execute(sql).fetchone()
    if row is None:
        raise LakeError("数据湖里没有方案：请先运行 zhiben lake init。")
    return row


def columns_of(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, dict[str, str]]:
    """The columns of an attached database's tables, in their order: by table, each column's type."""
    told = con.execute(
        "select table_name, column_name, data_type, from duckdb_columns() "
        "where database_name = $database order by table_name, column_index",
        {"database": database},
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, name, kind in told:
        found.setdefault(table, {})[name] = kind
    return found


def rows_of(table: str, columns: Sequence[str], loads: Sequence[str]) -> str:
    """Build the SQL of a table's rows that came by some loads; the files of others are not opened."""
    listed = ", ".join(f"'{load}'" for load in loads)
    return f"select {', '.join(columns)}, from {ATTACHED}.{table} where load_id in ({listed})"
