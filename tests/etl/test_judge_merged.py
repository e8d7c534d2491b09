"""Days of one record that came from different rows never contradict each other."""

from datetime import date
from pathlib import Path

import pytest

from etl.blocks import Block
from etl.load import load
from tests.etl.judging import AS_OF, block, issues, judged, records, told

DATES = "found_on | reported_on | deadline_on | extended_to | rectified_on | verified_on"
REGISTER = "机构名称,所属乡镇\n夕阳红,南村镇\n"


def hazard(month: int, dates: str) -> Block:
    table = (
        f"hazard_number | institution | description | severity | {DATES}\nH1 | 夕阳红 | 漏电 | 一般 | {dates}"
    )
    return block("hazards", table, path=f"{month}.xlsx", sent_on=date(2024, month, 1))


@pytest.mark.parametrize(
    ("older", "newer", "field"),
    [
        ("2024-04-01 | | 2024-05-01 | | 2024-04-05 |", "2024-04-08 | | 2024-05-01 | | |", "rectified_on"),
        (
            "2024-04-01 | | 2024-05-01 | | 2024-04-05 | 2024-04-06",
            "2024-04-01 | | | | 2024-04-20 |",
            "verified_on",
        ),
        ("2024-04-01 | 2024-04-02 | 2024-05-01 | | |", "2024-04-03 | | 2024-05-01 | | |", "reported_on"),
        ("2024-04-01 | | 2024-05-01 | 2024-06-01 | |", "2024-04-01 | | 2024-07-01 | | |", "extended_to"),
    ],
)
def test_a_day_another_row_makes_impossible_is_set_aside_on_the_row_that_wins(
    older: str, newer: str, field: str
) -> None:
    blocks = hazard(5, older), hazard(6, newer)
    (kept,) = records("hazards", *blocks)
    assert kept[field] is None
    assert ("set_aside", field, "merged_out_of_order") in issues("hazards", *blocks)
    (warned,) = [issue for issue in told("hazards", *blocks) if issue["rule"] == "merged_out_of_order"]
    assert warned["path"] == "6.xlsx"
    assert "早于" in warned["message"]


def test_an_institution_opened_again_is_not_closed_before_it() -> None:
    heads = "institution | township | opened_on | closed_on"
    older = block(
        "institutions", f"{heads}\n松鹤院 | 大阳镇 | 2020-01-01 | 2023-01-01", sent_on=date(2024, 1, 1)
    )
    newer = block("institutions", f"{heads}\n松鹤院 | 大阳镇 | 2024-01-01 |", sent_on=date(2025, 1, 1))
    homes = judged(older, newer).taken["institutions"].records.filter(institution="松鹤院")
    assert homes.select("opened_on", "closed_on").rows() == [(date(2024, 1, 1), None)]


def test_a_corrected_date_of_finding_does_not_stop_the_publishing(tmp_path: Path) -> None:
    heads = "隐患编号,机构名称,发现日期,隐患描述,整改完成日期\n"
    files = {
        "机构台账.csv": REGISTER,
        "隐患台账20240410.csv": f"{heads}H1,夕阳红,2024-04-01,灭火器过期,2024-04-05\n",
        "隐患台账20240510.csv": f"{heads}H1,夕阳红,2024-04-08,灭火器过期,\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    report = load([tmp_path], tmp_path / "warehouse", AS_OF)
    assert report.is_published
    assert "merged_out_of_order" in {warning["rule"] for warning in report.warnings()}
