"""Three towns' small ledgers under the made-up second campaign, and the warehouse loaded from them."""

from datetime import date
from pathlib import Path

from filelock import FileLock

import etl
from queries.warehouse import current_build

ROOT = Path(__file__).parent / "second"
AS_OF = date(2028, 12, 20)
LOADED_ON = date(2028, 12, 31)

LEDGERS = {
    "机构台账": """
        机构名称,所属乡镇,开办日期,安全责任制落实日期,职工总数
        东岭敬老院,东岭镇,2020-01-01,2027-06-01,10
        西川养老院,西川镇,2020-01-01,,12
        北坪福利院,北坪乡,2028-02-01,2028-03-01,8
    """,
    "隐患台账": """
        机构名称,发现日期,隐患来源,环节,隐患类别,隐患等级,隐患描述,责任单位,责任人,整改措施,整改时限,督办人,上报县局日期,整改完成日期
        东岭敬老院,2027-03-01,机构自查,消防,疏散通道堵塞,一般,通道堆物,东岭敬老院,甲某,清理,2027-03-10,乙某,,2027-03-05
        东岭敬老院,2027-06-01,镇级检查,消防,疏散通道堵塞,一般,又堆杂物,东岭敬老院,甲某,清理,2027-06-10,乙某,,2027-06-20
        西川养老院,2028-06-01,镇级检查,用电,电气线路老化,一般,线路老化,西川养老院,丙某,更换,2028-06-30,丁某,,2028-06-15
        西川养老院,2028-10-01,镇级检查,用电,电气线路老化,重大,主线过热,西川养老院,丙某,更换,2028-11-30,丁某,2028-10-03,
        北坪福利院,2028-12-01,镇级检查,用气,燃气报警缺失,一般,未装报警,北坪福利院,戊某,安装,2028-12-25,己某,,
    """,
    "检查记录": """
        机构名称,检查日期,检查类型,主要负责人带队,签字确认,存档备查
        东岭敬老院,2028-02-01,机构自查,是,是,是
        东岭敬老院,2028-05-01,机构自查,是,是,是
        西川养老院,2028-03-01,机构自查,是,是,是
    """,
    "演练记录": """
        机构名称,演练日期,演练类型
        东岭敬老院,2027-05-01,疏散逃生
        东岭敬老院,2028-03-01,疏散逃生
        西川养老院,2028-09-01,疏散逃生
    """,
    "任务进展": """
        任务编号,责任单位,完成日期
        甲1,示范县民政局,2027-03-01
        乙1,东岭敬老院,2027-06-01
        乙1,西川养老院,2028-03-31
    """,
}

SENDERS = {"检查记录": "东岭镇_检查记录_2028-10-31"}
"""One town sends a ledger itself, too long ago; the others never did; the rest is the county's."""


def warehouse(root: Path) -> Path:
    """Write the ledgers and load them under the second campaign, once for all who share the folder."""
    target = root / "second"
    with FileLock(root / "second.lock"):
        if current_build(target) is None:
            report = etl.load(_written(root / "second-ledgers"), target, LOADED_ON, root=ROOT)
            assert report.counts()["refused"] == 0, report.refusals()
    return target


def _written(folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    for name, text in LEDGERS.items():
        sender = SENDERS.get(name, f"县局_{name}_{AS_OF}")
        lines = "\n".join(line.strip() for line in text.strip().splitlines())
        (folder / f"{sender}.csv").write_text(lines, encoding="utf-8")
    return [folder]
