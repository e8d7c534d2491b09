"""The lake of many counties: init, history, rollback, expire, verify (load and the others take --lake)."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard import printing
from dashboard.cli.commands import Application
from dashboard.cli.options import CountyCode
from etl import lake as lakes
from queries.address import lake_at
from queries.campaign import PLAN

app = Application()
lake = Application(help="多个县共用的数据湖：建湖、查看、回退、清理、核对。")
app.add_typer(lake, name="lake")

Address = Annotated[
    str,
    typer.Argument(
        help="目录数据库（PostgreSQL）的地址，如 dbname=zhiben host=10.0.0.5；口令放 ~/.pgpass。",
        metavar="地址",
        envvar="ZHIBEN_LAKE",
    ),
]


@lake.command()
def init(
    dsn: Address,
    data: Annotated[
        str, typer.Option(help="数据文件放在哪个文件夹，各县和各级都用同一路径。", metavar="路径")
    ],
    plan: Annotated[
        Path, typer.Option(help="方案文件；其中 county 写使用数据湖的单位，如市民政局。", metavar="文件")
    ] = PLAN,
) -> None:
    """建一个数据湖；已有的，只补上新版程序要的表和列。"""
    is_new = lakes.init(lake_at(dsn), data, plan)
    printing.say("数据湖已建好，各县可以加载了。" if is_new else "数据湖已在，表和列都已齐全。")


@lake.command()
def history(dsn: Address, county: CountyCode = None) -> None:
    """列出各县发布的各次构建，最新的在前。"""
    print(printing.published([vars(each) for each in lakes.history(lake_at(dsn, county))]))


@lake.command()
def rollback(
    dsn: Address,
    county: CountyCode,
    build: Annotated[str | None, typer.Argument(help="回到哪一次；默认上一次。", metavar="构建")] = None,
) -> None:
    """让一个县回到以前的一次构建，别的县不变。"""
    target = lakes.rollback(lake_at(dsn, county), build)
    printing.say(f"这个县现在用的是 {target}。")


@lake.command()
def expire(
    dsn: Address,
    keep: Annotated[int, typer.Option(help="每个县留下最近几次构建。", min=1, metavar="次数")] = 5,
    days: Annotated[int, typer.Option(help="几天以内还可能有人在看的文件不删。", min=0, metavar="天数")] = 7,
) -> None:
    """清理没有人用的旧构建，腾出空间。"""
    printing.say(f"已清理 {lakes.expire(lake_at(dsn), keep, days)} 次旧构建。")


@lake.command()
def verify(dsn: Address) -> None:
    """核对每个文件都在、每次构建的行数都对；不对的逐个列出。"""
    damages = lakes.verify(lake_at(dsn))
    for each in damages:
        current = "正在使用" if each.is_current else "已不使用"
        print(f"{each.county} 构建 {each.build}（{current}）：{each.says}")
    if damages:
        printing.say("请让这些县重新运行 zhiben load --lake；急用可先 zhiben lake rollback。")
        raise typer.Exit(1)
    printing.say("一切正常。")
