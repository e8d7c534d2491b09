"""A small bureau for tests of faults: a ledger that is published, one that comes next, every figure."""

import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from etl import load
from queries.catalog import catalog
from queries.evaluate import evaluate_many
from queries.warehouse import current_build, is_sound, open_build
from tests.etl.workbooks import rows, write_workbook

AS_OF = date(2026, 11, 23)
ZHIBEN = Path(sys.executable).with_name("zhiben")
REGISTER = rows("机构名称 | 所属乡镇\n松鹤院 | 大阳镇\n鹤年院 | 巴公镇")
HEADINGS = "机构名称 | 发现日期 | 隐患描述 | 整改时限 | 隐患等级"
FIRST = f"{HEADINGS}\n松鹤院 | 2024-03-05 | 漏电 | 2024-04-01 | 一般"
NEXT = f"{HEADINGS}\n鹤年院 | 2024-03-06 | 漏水 | 2024-04-01 | 一般"


@dataclass(frozen=True)
class Bureau:
    """Ledgers, a warehouse in which the first of them is published, and how it answers before and after."""

    folder: Path

    @property
    def ledgers(self) -> Path:
        return self.folder / "ledgers"

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse"

    def copy(self, folder: Path) -> "Bureau":
        return Bureau(Path(shutil.copytree(self.folder, folder)))

    def load(self) -> bool:
        """Load all ledgers; whether that published anything."""
        return load([self.ledgers], self.warehouse, AS_OF).is_published

    def command(self) -> list[str]:
        """The same as a command of its own."""
        return loading(self.ledgers, self.warehouse)

    def figures(self) -> pl.DataFrame:
        """Every metric as served now, by township too; the build served is sound."""
        build = current_build(self.warehouse)
        assert build is not None
        assert is_sound(self.warehouse, build)
        with open_build(self.warehouse, build) as con:
            whole = evaluate_many(con, list(catalog()), AS_OF)
            found = evaluate_many(con, ["hazards_found"], AS_OF, ["township"])
        return pl.concat([whole, found], how="diagonal_relaxed")

    def left(self) -> list[Path]:
        """What was left half made."""
        return list(self.folder.rglob("*.making*"))


def loading(ledgers: Path, warehouse: Path) -> list[str]:
    """`zhiben load` in a process of its own."""
    return [str(ZHIBEN), "load", str(ledgers), "--warehouse", str(warehouse), "--as-of", AS_OF.isoformat()]


def first(folder: Path) -> Bureau:
    """A bureau with one ledger, published."""
    bureau = Bureau(folder)
    bureau.ledgers.mkdir(parents=True)
    write_workbook(bureau.ledgers / "大阳镇.xlsx", {"机构台账": REGISTER, "隐患台账": rows(FIRST)})
    bureau.load()
    return bureau


def receive_next(bureau: Bureau) -> None:
    """Another ledger comes in, with one hazard more."""
    write_workbook(bureau.ledgers / "巴公镇.xlsx", {"隐患台账": rows(NEXT)})
