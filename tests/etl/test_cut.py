"""Tables below one another are told apart by their titles, pages of one table are not."""

from pathlib import Path

from etl.blocks import Block, read_blocks
from tests.etl.workbooks import only, read_table, rows, write_workbook

HEADING = "机构名称 | 发现日期 | 隐患描述"


def blocks_of(tmp_path: Path, table: str) -> list[Block]:
    path = write_workbook(tmp_path / "台账.xlsx", {"Sheet1": rows(table)})
    blocks = read_blocks(path, path.name)
    assert all(isinstance(block, Block) for block in blocks)
    return [block for block in blocks if isinstance(block, Block)]


def test_tables_of_one_heading_each_have_their_own_title_and_sender(tmp_path: Path) -> None:
    table = f"""
大箕镇隐患台账
填报单位：大箕镇民政办
{HEADING}
甲院 | 2026-03-05 | 堆物
填表人：张三

南村镇隐患台账
填报单位：南村镇民政办
{HEADING}
乙院 | 2026-03-06 | 堆物
填表人：李四
巴公镇隐患台账
{HEADING}
丙院 | 2026-03-07 | 堆物
"""
    blocks = blocks_of(tmp_path, table)
    assert [block.rows["row"].to_list() for block in blocks] == [[4], [10], [14]]
    assert [block.origin for block in blocks] == [
        "大箕镇隐患台账 填报单位：大箕镇民政办 Sheet1 台账.xlsx",
        "南村镇隐患台账 填报单位：南村镇民政办 Sheet1 台账.xlsx",
        "巴公镇隐患台账 Sheet1 台账.xlsx",
    ]


def test_the_pages_of_one_table_are_one_table(tmp_path: Path) -> None:
    pages = [
        f"大箕镇隐患台账{page}\n{HEADING}\n院 | 2026-03-05 | 堆物\n" for page in ("", "（续表）", "（第3页）")
    ]
    block = read_table(tmp_path, "".join(pages))
    assert block.rows["row"].to_list() == [3, 6, 9]


def test_a_thin_record_above_a_heading_printed_again_is_no_title(tmp_path: Path) -> None:
    (block,) = blocks_of(
        tmp_path, f"{HEADING}\n院 | 2026-03-05 | 堆物\n | | 线路老化\n{HEADING}\n院 | 2026-03-06 | 无灯"
    )
    assert only([block]).rows["row"].to_list() == [2, 3, 5]
