"""The province's true hazards as an office would send them: a register, and workbooks or a CSV beside it."""

from datetime import date
from pathlib import Path

import polars as pl
import xlsxwriter
import xlwt

from etl import LEDGERS, example
from etl.ledgers import Ledger

AS_OF = date(2026, 11, 23)
DAY = "yyyy-mm-dd"
MOST_OF_XLS = 65_000


def write_province(folder: Path, rows: int) -> Path:
    """Write so many hazards as .xlsx, .csv and, where it holds them, .xls, each in a folder named so.

    The register is beside each. Returns the mapping file, which names the towns.
    """
    tables = example.frames("province", AS_OF, 1)
    towns, homes = tables["townships"], tables["institutions"]
    register = _as_sent(LEDGERS["institutions"], homes.join(towns, on="township_id"))
    named = homes.select("institution_id", "institution", "credit_code")
    hazards = _as_sent(LEDGERS["hazards"], tables["hazards"].head(rows).join(named, on="institution_id"))
    writers = WRITERS if rows <= MOST_OF_XLS else {kind: WRITERS[kind] for kind in ("xlsx", "csv")}
    for kind, write in writers.items():
        (folder / kind).mkdir(parents=True)
        register.write_csv(folder / kind / "机构台账.csv")
        write(folder / kind / f"隐患台账.{kind}", hazards)
    mapping = folder / "towns.toml"
    names = ", ".join(f'"{town}"' for town in towns["township"])
    mapping.write_text(f"townships = [{names}]\n", encoding="utf-8")
    return mapping


def _as_sent(ledger: Ledger, records: pl.DataFrame) -> pl.DataFrame:
    fields = [field for field in ledger.fields if field.name in records.columns]
    return records.select(_cells(records, field.name).alias(field.heading) for field in fields)


def _cells(records: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).list.join("、") if records[name].dtype == pl.List else pl.col(name)


def _write_csv(path: Path, table: pl.DataFrame) -> None:
    table.write_csv(path)


def _write_xls(path: Path, table: pl.DataFrame) -> None:
    workbook = xlwt.Workbook()
    page, day = workbook.add_sheet("隐患台账"), xlwt.easyxf(num_format_str=DAY)
    for place, row in enumerate([table.columns, *table.iter_rows()]):
        for column, cell in enumerate(row):
            style = (day,) if isinstance(cell, date) else ()
            page.write(place, column, cell, *style)
    workbook.save(str(path))


def _write_xlsx(path: Path, table: pl.DataFrame) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": DAY, "remove_timezone": True}) as workbook:
        page = workbook.add_worksheet("隐患台账")
        page.write_row(0, 0, table.columns)
        for place, row in enumerate(table.iter_rows(), start=1):
            page.write_row(place, 0, row)


WRITERS = {"xlsx": _write_xlsx, "csv": _write_csv, "xls": _write_xls}
