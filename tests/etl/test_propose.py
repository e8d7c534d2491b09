"""A mapping is proposed for what nobody knows: guesses are marked, nothing is left unsaid, and it loads."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import MappingError, load
from etl.blocks import Unread, read_blocks
from etl.mapping import read_mapping
from etl.propose import propose_mapping
from tests.etl.workbooks import only, rows, write_workbook

UNKNOWN = """
养老院情况登记
No | 在哪家 | 查到的日子 | 毛病何在 | 轻重 | 几天内改 | 谁来改 | 记号
1 | 松鹤养老院 | 2024-03-05 | 二层堆物 | 重大的 | 7 | 王五 | x7
2 | 晚晴敬老院 | 2024-03-06 | 漏水严重 | 一般 | 15 | 赵六 | y8
3 | 松鹤养老院 | 2024-03-07 | 缺应急灯 | 一般 | 3 | 钱七 | z9
4 | 松鹤养老院 | 2024-03-08 | 电线外露 | 一般 | 3 | 钱七 | z9
5 | 松鹤养老院 | 2024-03-09 | 缺灭火器 | 不清楚 | 3 | 钱七 | z9
"""
REGISTER = "机构名称 | 所属乡镇\n松鹤养老院 | 大阳镇\n晚晴敬老院 | 大阳镇"


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    folder = tmp_path / "ledgers"
    folder.mkdir()
    return write_workbook(folder / "安全隐患[七月].xlsx", {"Sheet1!": rows(UNKNOWN), "空": []})


def proposed(path: Path) -> dict[str, Any]:
    return tomllib.loads(propose_mapping(path))


def test_the_sheet_is_unknown_without_a_mapping(unknown: Path) -> None:
    assert all(isinstance(block, Unread) for block in read_blocks(unknown, unknown.name))


def test_columns_are_guessed_by_their_headings_and_their_cells(unknown: Path) -> None:
    (rule,) = proposed(unknown)["ledgers"]
    assert (rule["kind"], rule["columns"]["institution"]) == ("hazards", "在哪家")
    assert rule["columns"]["found_on"] == "查到的日子"
    assert rule["columns"]["severity"] == "轻重"


def test_every_guess_bears_the_mark_and_no_column_is_left_unsaid(unknown: Path) -> None:
    text = propose_mapping(unknown)
    guesses = [line for line in text.splitlines() if "=" in line and not line.startswith(("file", "sheet"))]
    assert all("# 请确认" in line or line.startswith("#") for line in guesses)
    for heading in rows(UNKNOWN)[1][1:]:
        assert f'"{heading}"' in text


def test_what_words_nobody_knows_are_asked_about(unknown: Path) -> None:
    (rule,) = proposed(unknown)["ledgers"]
    assert rule["values"]["severity"] == {"重大的": "重大"}
    assert '# "不清楚" = "…"' in propose_mapping(unknown)


def test_a_proposed_mapping_reads_its_sheet(unknown: Path, tmp_path: Path) -> None:
    (tmp_path / "县.toml").write_text(propose_mapping(unknown), "utf-8")
    block = only(read_blocks(unknown, unknown.name, read_mapping([tmp_path / "县.toml"])))
    assert (block.kind, block.rows.height, block.header_row) == ("hazards", 5, 2)


def test_a_proposed_mapping_loads_once_confirmed(unknown: Path, tmp_path: Path) -> None:
    write_workbook(unknown.parent / "名册.xlsx", {"机构台账": rows(REGISTER)})
    asked = '# 字段 = "毛病何在"'
    assert asked in propose_mapping(unknown)
    confirmed = propose_mapping(unknown).replace(asked, 'description = "毛病何在"')
    (tmp_path / "县.toml").write_text(confirmed, "utf-8")
    mappings = [tmp_path / "县.toml"]
    report = load([unknown.parent], tmp_path / "warehouse", date(2026, 11, 23), mappings, dry_run=True)
    assert report.as_dict()["kinds"]["hazards"]["taken"] == 5


def test_numbers_of_days_are_proposed_to_be_counted(tmp_path: Path) -> None:
    table = "哪家 | 发现时间 | 说的啥 | 整改期限天\n松鹤养老院 | 2024-03-05 | 漏水 | 7"
    path = write_workbook(tmp_path / "隐患.xlsx", {"a": rows(table)})
    (rule,) = proposed(path)["ledgers"]
    assert rule["columns"]["deadline_on"] == {"from": "found_on", "days": "整改期限天"}


def test_a_heading_that_is_known_is_no_guess(tmp_path: Path) -> None:
    table = "什么地方 | 发现时间 | 说的啥\n松鹤养老院 | 2024-03-05 | 漏水"
    path = write_workbook(tmp_path / "隐患.xlsx", {"a": rows(table)})
    assert 'found_on = "发现时间"\n' in propose_mapping(path)


def test_what_is_known_needs_no_mapping(tmp_path: Path) -> None:
    known = "机构名称 | 发现日期 | 隐患描述 | 整改时间\n院 | 2024-03-05 | 漏水 | 2024-04-01"
    path = write_workbook(tmp_path / "a.xlsx", {"隐患": rows(known)})
    text = propose_mapping(path)
    assert "工作表“隐患”第 1 行起：认得是隐患台账，不需要映射。" in text
    assert '"整改时间" 可以是几个意思' in text
    assert proposed(path) == {}


def test_a_sheet_that_says_nothing_is_said_so(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"备忘": rows("甲乙 | 丙丁\nx1y | 你好")})
    assert "工作表“备忘”：看不出是哪种台账" in propose_mapping(path)
    assert proposed(path) == {}


def test_line_breaks_quotes_and_long_cells_do_not_break_the_draft(tmp_path: Path) -> None:
    table = '哪"家\\↵x | 发现时间 | 隐患↵表现 | 备\u200b用\n松鹤养老院 | 2024-03-05 | 漏↵水 | "\\'
    path = write_workbook(tmp_path / "隐患.xlsx", {'a"b': rows(table)})
    (rule,) = proposed(path)["ledgers"]
    (tmp_path / "m.toml").write_text(propose_mapping(path), "utf-8")
    assert (rule["sheet"], rule["columns"]["institution"]) == ('a"b', '哪"家\\ x')
    assert only(read_blocks(path, path.name, read_mapping([tmp_path / "m.toml"]))).rows.height == 1


def test_another_systems_register_is_guessed_by_english_headings(tmp_path: Path) -> None:
    path = tmp_path / "homes.csv"
    path.write_text("provider_name,provider_city,beds\nA HOME,EAST,12\nB HOME,WEST,30\n", "utf-8")
    (rule,) = proposed(path)["ledgers"]
    assert (rule["kind"], "sheet" in rule) == ("institutions", False)
    assert rule["columns"] == {"institution": "provider_name", "township": "provider_city", "beds": "beds"}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(MappingError, match=r"坏\.xlsx："):
        propose_mapping(tmp_path / "坏.xlsx")
