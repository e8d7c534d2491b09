"""The province's true hazards as an office would send them: a register, and a workbook or CSV of any size."""

from datetime import date
from pathlib import Path

import polars as pl
import xlsxwriter

from etl import LEDGERS, example
from etl.ledgers import Ledger

AS_OF = date(2026, 11, 23)
DAY = "yyyy-mm-dd"


def write_province(folder: Path, rows: int) -> tuple[Path, Path, Path]:
    """Write the register with its towns as a mapping, and so many hazards as .xlsx and as .csv beside it.

    Returns the mapping file, the folder with the .xlsx and the folder with the .csv.
    """
    tables = example.frames("province", AS_OF, 1)
    towns, homes = tables["townships"], tables["institutions"]
    register = _as_sent(LEDGERS["institutions"], homes.join(towns, on="township_id"))
    named = homes.select("institution_id", "institution", "credit_code")
    hazards = _as_sent(LEDGERS["hazards"], tables["hazards"].head(rows).join(named, on="institution_id"))
    for kind in ("xlsx", "csv"):
        (folder / kind).mkdir(parents=True)
        register.write_csv(folder / kind / "机构台账.csv")
    hazards.write_csv(folder / "csv" / "隐患台账.csv")
    _write_workbook(folder / "xlsx" / "隐患台账.xlsx", hazards)
    mapping = folder / "towns.toml"
    names = ", ".join(f'"{town}"' for town in towns["township"])
    mapping.write_text(f"townships = [{names}]\n", encoding="utf-8")
    return mapping, folder / "xlsx", folder / "csv"


def _as_sent(ledger: Ledger, records: pl.DataFrame) -> pl.DataFrame:
    fields = [field for field in ledger.fields if field.name in records.columns]
    return records.select(_cells(records, field.name).alias(field.heading) for field in fields)


def _cells(records: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).list.join("、") if records[name].dtype == pl.List else pl.col(name)


def _write_workbook(path: Path, table: pl.DataFrame) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": DAY, "remove_timezone": True}) as workbook:
        page = workbook.add_worksheet("隐患台账")
        page.write_row(0, 0, table.columns)
        for place, row in enumerate(table.iter_rows(), start=1):
            page.write_row(place, 0, row)
