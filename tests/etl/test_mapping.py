"""A mapping file reads ledgers in other words; a slip in it is named, never passed over."""

from pathlib import Path

import polars as pl
import pytest

from etl.blocks import Block, Unread, read_blocks
from etl.mapping import Mapping, read_mapping
from etl.mapping_checks import MappingError
from etl.words import words
from tests.etl.workbooks import column, only, read_table

NURSING_HOMES = Path(__file__).parents[1] / "mappings" / "nursing_homes.toml"
CITATIONS = """
federal_provider_number,provider_name,survey_date,deficiency_category,deficiency_description,scope_severity_code,correction_date
335000,INVENTED HOME,2020-01-02,Smoke Deficiencies,"Keep doors, shut.",K,
"""

COUNTED = """
[[ledgers]]
file = "a"
kind = "hazards"
columns = { deadline_on = { from = "found_on", days = "期限" } }
"""


def mapping(tmp_path: Path, text: str, name: str = "mapping.toml") -> Mapping:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_mapping([path])


def test_another_systems_export_is_read_by_its_mapping_alone(tmp_path: Path) -> None:
    path = tmp_path / "fire-safety-citations.csv"
    path.write_text(CITATIONS.strip(), "utf-8")
    block = only(read_blocks(path, path.name, read_mapping([NURSING_HOMES])))
    assert block.rows.drop("row").to_dicts() == [
        {
            "credit_code": "335000",
            "institution": "INVENTED HOME",
            "found_on": "2020-01-02",
            "rectified_on": None,
            "area": "Smoke Deficiencies",
            "kind": "Smoke Deficiencies",
            "description": "Keep doors, shut.",
            "severity": "K",
        }
    ]
    assert (block.kind, block.constants) == ("hazards", {"source": "县局检查"})
    assert block.words["severity"]["K"] == "重大"
    assert block.headings["found_on"] == "survey_date"


def test_an_export_without_its_mapping_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "fire-safety-citations.csv"
    path.write_text(CITATIONS.strip(), "utf-8")
    (unread,) = read_blocks(path, path.name)
    assert isinstance(unread, Unread)


def test_a_mapping_brings_its_own_townships() -> None:
    townships = read_mapping([NURSING_HOMES]).townships
    assert townships is not None
    assert (len(townships), len(set(townships)), townships[0]) == (54, 54, "AMITYVILLE")
    assert read_mapping([]).townships is None


def test_a_field_may_be_several_columns_joined_by_a_blank(tmp_path: Path) -> None:
    rule = """
[[ledgers]]
file = "台账.xlsx"
kind = "hazards"
columns = {description = ["部位", "问题"], found_on = "date"}
"""
    table = "机构名称 | date | 部位 | 问题\n院 | 2026-03-05 | 二楼 | 堆物\n院 | 2026-03-06 | | 漏电"
    block = read_table(tmp_path, table, mapping=mapping(tmp_path, rule))
    assert column(block, "description") == ["二楼 堆物", "漏电"]
    assert (block.headings["description"], column(block, "institution")) == ("部位 / 问题", ["院", "院"])


def test_a_column_the_mapping_names_and_the_file_lacks_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a-citations.csv"
    path.write_text(CITATIONS.strip().replace("survey_date", "day"), "utf-8")
    (unread,) = read_blocks(path, path.name, read_mapping([NURSING_HOMES]))
    assert isinstance(unread, Unread)
    assert unread.reason == "映射文件要的列不在表中：survey_date"


@pytest.mark.parametrize(
    ("sheet", "kind"),
    [("Sheet1", "complaints"), ("*", "complaints"), ("Sheet2", "hazards")],
)
def test_a_rule_may_hold_for_one_sheet_only(tmp_path: Path, sheet: str, kind: str) -> None:
    rule = f'[[ledgers]]\nfile = "*.xlsx"\nkind = "complaints"\nsheet = "{sheet}"'
    table = "机构名称 | 发现日期 | 隐患描述\n院 | 2026-03-05 | 堆物"
    assert read_table(tmp_path, table, mapping=mapping(tmp_path, rule)).kind == kind


def test_added_headings_hold_for_all_files_and_settle_what_was_open(tmp_path: Path) -> None:
    table = "机构名称 | 发现日期 | 隐患描述 | 整改时间 | 整改情况\n院 | 2026-03-05 | 堆物 | 2026-03-09 | 清走"
    added = '[headings.hazards]\nrectified_on = "整改 时间"\nmeasures = ["整改情况"]'
    block: Block = read_table(tmp_path, table, mapping=mapping(tmp_path, added))
    assert block.ambiguous == ()
    assert (column(block, "rectified_on"), column(block, "measures")) == (["2026-03-09"], ["清走"])
    assert "status" not in block.headings


def test_added_values_hold_for_all_files(tmp_path: Path) -> None:
    added = mapping(tmp_path, '[values.severity]\n"Cat A" = "重大"\n[values.flag]\nJa = "是"').words
    assert (added.choices["severity"]["cata"], added.flags["ja"]) == ("重大", True)
    assert added.choices["severity"]["一般隐患"] == "一般"
    assert "cata" not in words().choices["severity"]


def test_a_later_mapping_adds_to_the_earlier(tmp_path: Path) -> None:
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    paths[0].write_text('townships = ["A"]\n[[ledgers]]\nfile = "a.csv"\nkind = "hazards"', "utf-8")
    paths[1].write_text('[[ledgers]]\nfile = "*"\nkind = "drills"', "utf-8")
    both = read_mapping(paths)
    found = [both.rule("a.csv", None), both.rule("b.csv", None)]
    assert ([rule and rule.kind for rule in found], both.townships) == (["hazards", "drills"], ("A",))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("township = ['A']", "不认识 township；"),
        ("townships = [1]", "townships：应是文字"),
        ("[[ledgers]]\nkind = 'hazards'", "缺少 file"),
        ("[[ledgers]]\nfile = 'a'", "缺少 kind"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazard'", "不认识 hazard；"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\ncolour = 1", "不认识 colour；"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\ncolumns = {found = 'x'}", "columns：不认识 found；"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\ncolumns = {found_on = 3}", "columns.found_on：应是文字"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\nconstants = {town = 'x'}", "constants：不认识 town；"),
        (
            "[[ledgers]]\nfile = 'a'\nkind = 'hazards'\nvalues.severity = {J = '特大'}",
            "不认识 特大；可用的有 一般、重大",
        ),
        (
            "[[ledgers]]\nfile = 'a'\nkind = 'inspections'\nvalues.is_signed = {J = 'yes'}",
            "不认识 yes；可用的有 否、是",
        ),
        ("[headings.hazard]\nfound_on = ['x']", "不认识 hazard；"),
        ("[headings.hazards]\nfound = ['x']", "headings.hazards：不认识 found；"),
        ("[values.levels]\nx = '一般'", "不认识 levels；"),
        ("[values.severity]\nx = '特大'", "values.severity：不认识 特大；"),
        ("townships = [", "不是合法的 TOML"),
        ("ledgers = 3", "ledgers：应是一组表"),
        ("ledgers = [3]", "ledgers[0]：应是一个表"),
        ("[[ledgers]]\nfile = 3\nkind = 'hazards'", "file 应是文字"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\nsheet = 1", "sheet 应是文字"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\ncolumns = 'x'", "columns：应是一个表"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\nconstants = {source = ['x']}", "source：应是一个值"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\nvalues.remark = {a = 1}", "remark.a：应是文字"),
        ("[[ledgers]]\nfile = 'a'\nkind = 'hazards'\nvalues.severity = {a = ['x']}", "severity.a：应是文字"),
        ("headings = ['x']", "headings：应是一个表"),
        ("[headings]\nhazards = 'x'", "headings.hazards：应是一个表"),
        ("values.severity = 'x'", "values.severity：应是一个表"),
        (COUNTED.replace("days = ", "day = "), "deadline_on：不认识 day；"),
        (COUNTED.replace('from = "found_on", ', ""), "deadline_on：缺少 from"),
        (COUNTED.replace(', days = "期限"', ""), "deadline_on：缺少 days"),
        (COUNTED.replace('"期限"', "7"), "days 应是文字"),
        (COUNTED.replace("found_on", "remark"), "deadline_on.from：不认识 remark；"),
        (COUNTED.replace("found_on", "deadline_on"), "deadline_on.from：不认识 deadline_on；"),
        (COUNTED.replace("deadline_on", "remark"), "columns：不认识 remark；"),
    ],
)
def test_what_a_mapping_gets_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(MappingError) as raised:
        mapping(tmp_path, text, "县.toml")
    assert "县.toml" in str(raised.value)
    assert named in str(raised.value)


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"none\.toml 打不开"):
        read_mapping([tmp_path / "none.toml"])


def test_the_rows_of_a_mapped_file_keep_text_as_text(tmp_path: Path) -> None:
    path = tmp_path / "fire-safety-citations.csv"
    path.write_text(CITATIONS.strip(), "utf-8")
    block = only(read_blocks(path, path.name, read_mapping([NURSING_HOMES])))
    assert set(block.rows.drop("row").dtypes) == {pl.String}


def test_a_heading_of_two_rows_may_be_named_as_the_report_writes_it(tmp_path: Path) -> None:
    rule = '[[ledgers]]\nfile = "*"\nkind = "hazards"\ncolumns = {responsible_unit = "责任 › 施工方"}'
    table = (
        "机构名称 | 发现日期 | 隐患描述 | 责任 |\n | | | 设计方 | 施工方\n院 | 2026-03-05 | 堆物 | 甲 | 乙"
    )
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:E1")
    block = read_table(tmp_path, table, merges, mapping(tmp_path, rule))
    assert (column(block, "responsible_unit"), block.headings["responsible_unit"]) == (
        ["乙"],
        "责任 › 施工方",
    )
