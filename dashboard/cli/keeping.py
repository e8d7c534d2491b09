"""Keep what is there: history, rollback, doctor, backup, restore."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import etl
from dashboard import printing
from dashboard.cli.commands import Application
from dashboard.cli.options import Warehouse
from dashboard.folders import DEFAULT_WAREHOUSE
from dashboard.guard import audit

app = Application()


@app.command()
def history(warehouse: Warehouse = DEFAULT_WAREHOUSE) -> None:
    """列出已发布的各次构建，最新的在前。"""
    print(printing.builds(etl.history(warehouse)))


@app.command()
def rollback(
    build: Annotated[str | None, typer.Argument(help="回到哪一次；默认上一次。", metavar="构建")] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """回到以前的一次构建。"""
    target = etl.rollback(warehouse, build)
    audit.note(audit.at_the_command_line(), "rollback", f"构建 {target}", warehouse)
    printing.say(f"现在用的是 {target}。")


@app.command()
def doctor(warehouse: Warehouse = DEFAULT_WAREHOUSE) -> None:
    """逐项检查数据、台账、磁盘和时钟是否正常，不正常的说明怎么办。"""
    found = etl.examine(etl.Office.of(warehouse), datetime.now().astimezone())
    print(printing.findings([(each.level, each.says, each.do) for each in found]))
    if any(finding.level == "alarm" for finding in found):
        raise typer.Exit(1)


@app.command()
def backup(
    out: Annotated[Path, typer.Option(help="写到哪个文件（.zip）。", metavar="文件")],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """把台账、决定和操作记录存成一个备份文件。"""
    kept = etl.back_up(etl.Office.of(warehouse), out)
    printing.say(f"已备份 {kept.files} 个文件到 {out}，并已核对。")


@app.command()
def restore(
    archive: Annotated[Path, typer.Argument(help="备份文件。", metavar="文件")],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """从备份文件恢复台账、决定和操作记录，并重新发布；不覆盖已有的文件。"""
    kept = etl.restore(archive, etl.Office.of(warehouse))
    audit.note(audit.at_the_command_line(), "publish", f"从备份恢复 {kept.files} 个文件", warehouse)
    printing.say(f"已恢复 {kept.files} 个文件" + (f"，数据截至 {kept.as_of}。" if kept.as_of else "。"))
