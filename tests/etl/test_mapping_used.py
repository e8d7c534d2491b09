"""What a mapping names and nothing read has is an error that names it; days count as it says."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from etl import LoadError, Report, load
from queries.warehouse import fetch, open_build
from tests.etl.workbooks import rows, write_workbook

AS_OF = date(2026, 11, 23)

REGISTER = "机构名称 | 所属乡镇\n松鹤院 | 大阳镇"
EXPORT = """
home | when | what | days | level
松鹤院 | 2024-03-05 | 漏电 | 7 | Cat A
松鹤院 | 2024-03-06 | 漏水 | 十五天 | Cat B
松鹤院 | 2024-03-07 | 缺灯 | 三 | Cat B
松鹤院 | 2024-03-08 | 缺门 | 很快 | Cat B
"""
RULE = """
[[ledgers]]
file = "export*.xlsx"
kind = "hazards"

[ledgers.columns]
institution = "home"
found_on = "when"
description = "what"
severity = "level"
deadline_on = { from = "found_on", days = "days" }

[ledgers.values.severity]
"Cat A" = "重大"
"Cat B" = "一般"
"""
Loaded = Callable[..., Report]


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    folder = tmp_path / "ledgers"
    folder.mkdir()
    write_workbook(folder / "名册.xlsx", {"机构台账": rows(REGISTER)})
    write_workbook(folder / "export1.xlsx", {"a": rows(EXPORT), "b": rows("备忘 | 其它\nx | y")})

    def run(mapping: str = RULE, broken: str = "", dry_run: bool = True) -> Report:
        (tmp_path / "县.toml").write_text(mapping, "utf-8")
        if broken:
            (folder / broken).write_bytes(b"PK\x03\x04 cut short")
        warehouse = tmp_path / "warehouse"
        return load([folder], warehouse, AS_OF, mappings=[tmp_path / "县.toml"], dry_run=dry_run)

    return run


def deadlines(tmp_path: Path, report: Report) -> list[tuple[date | None, bool]]:
    with open_build(tmp_path / "warehouse", report.build) as con:
        return fetch(con, "select deadline_on, is_major from hazards order by found_on").rows()


def test_a_day_may_be_counted_from_another(loaded: Loaded, tmp_path: Path) -> None:
    report = loaded(dry_run=False)
    assert deadlines(tmp_path, report) == [
        (date(2024, 3, 12), True),
        (date(2024, 3, 21), False),
        (date(2024, 3, 10), False),
        (None, False),
    ]
    said = [(entry["row"], entry["column"], entry["value"], entry["rule"]) for entry in report.warnings()]
    assert said == [
        (5, "days", "很快", "deadline_missing"),
        (5, "days", "很快", "unreadable_date"),
    ]


def test_any_day_may_be_counted_from_any_other(loaded: Loaded, tmp_path: Path) -> None:
    rule = RULE.replace("deadline_on =", "deadline_on = 'when'\nextended_to =").replace(
        'from = "found_on"', 'from = "deadline_on"'
    )
    report = loaded(rule, dry_run=False)
    with open_build(tmp_path / "warehouse", report.build) as con:
        found = fetch(con, "select extended_to - deadline_on as days from hazards order by found_on")
    assert found["days"].to_list() == [7, 15, 3, None]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"when"', '"day"', "ledgers[0].columns：表里没有这些列：day"),
        ('days = "days"', 'days = "期限"', "ledgers[0].columns：表里没有这些列：期限"),
        ('"when"', '["when", "hour"]', "ledgers[0].columns：表里没有这些列：hour"),
        ("export*", "exports*", "ledgers[0]：没有哪张表由 file = “exports*.xlsx” 读入"),
        ('kind = "h', 'sheet = "c"\nkind = "h', "file = “export*.xlsx”、sheet = “c” 读入"),
        (
            "[[ledgers]]",
            "[[ledgers]]\nfile = '*'\nkind = 'hazards'\n[[ledgers]]",
            "ledgers[1]：没有哪张表由",
        ),
        (
            "[[ledgers]]",
            "[headings.drills]\ndrilled_on = ['练于']\n[[ledgers]]",
            "headings.drills.drilled_on：",
        ),
        ("[[ledgers]]", "[headings.drills]\ndrilled_on = ['练于']\n[[ledgers]]", "没有“练于”这一列"),
    ],
)
def test_what_is_named_and_nowhere_read_stops_the_load(
    loaded: Loaded, old: str, new: str, named: str
) -> None:
    with pytest.raises(LoadError) as raised:
        loaded(RULE.replace(old, new))
    assert str(raised.value).startswith("映射文件 县.toml")
    assert named in str(raised.value)


@pytest.mark.parametrize("heading", ["其它", "what", "所属 乡镇"])
def test_a_heading_counts_as_there_even_where_nothing_could_be_read(loaded: Loaded, heading: str) -> None:
    assert loaded(f"[headings.drills]\ndrilled_on = ['{heading}']\n{RULE}").counts()["taken"] == 5


def test_what_a_shut_file_may_hold_is_let_pass(loaded: Loaded) -> None:
    added = RULE.replace("export*", "b*") + "[headings.drills]\ndrilled_on = ['练于']"
    with pytest.raises(LoadError):
        loaded(added)
    assert loaded(added, broken="b.xlsx").counts()["taken"] == 1


def test_one_sheet_with_the_heading_is_enough(loaded: Loaded) -> None:
    report = loaded(RULE).as_dict()
    (other,) = [file for file in report["files"] if file["sheet"] == "b"]
    assert other["reason"] == "映射文件要的列不在表中：home、when、what、level、days"
    assert report["kinds"]["hazards"]["taken"] == 4
