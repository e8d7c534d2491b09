"""Is all well with a bureau's ledgers and builds; and where not, what is to be done."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import duckdb

from etl.decisions import read_decisions
from etl.disk import MAKING, LoadError
from etl.office import Office, is_up_to_date, shelved
from queries.install import violated_audits
from queries.warehouse import (
    PointerError,
    build_path,
    builds,
    current_build,
    fetch,
    is_sound,
    known_build,
    open_build,
    read_notes,
)

Level = Literal["good", "warn", "alarm"]
ROOM = 3
"""A load needs room for so many builds: the one it makes, what it works with, and a margin."""
LEAST_ROOM = 500_000_000
BEIJING = timedelta(hours=8)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it stands, what is so, and what to do about it."""

    level: Level
    says: str
    do: str = ""


def examine(office: Office, now: datetime) -> list[Finding]:
    """Look at everything there is to look at, the served build first. Changes nothing.

    now: by the machine's own clock, with its time zone.
    """
    return [finding for check in CHECKS for finding in check(office, now)]


def _served(office: Office, now: datetime) -> Iterator[Finding]:
    """The pointer, the file it names, who made it, what it says of itself."""
    try:
        build = current_build(office.warehouse)
    except PointerError:
        yield Finding(
            "alarm", "指针文件 current.json 读不出", "运行 zhiben rollback 或 zhiben load，会重写它"
        )
        return
    if build is None:
        yield Finding("warn", "还没有发布过数据", "在“数据导入”页交来台账，或运行 zhiben load")
    elif not is_sound(office.warehouse, build):
        yield Finding(
            "alarm",
            f"现用的构建 {build} 缺失或已损坏",
            "运行 zhiben rollback 回到上一次，或 zhiben load 用台账重建",
        )
    else:
        yield Finding("good", f"现用的构建 {build} 完好")
        yield from _answers(office, build, now.date())


def _answers(office: Office, build: str, today: date) -> Iterator[Finding]:
    if not is_up_to_date(office.warehouse):
        yield Finding("warn", "现用的构建是另一版本的程序建的", "重新运行 zhiben load，或重启 zhiben run")
        return
    try:
        with closing(open_build(office.warehouse, build)) as con:
            known_to: date = fetch(con, "select as_of from build").item()
            violations = violated_audits(con, known_to)
    except duckdb.Error as error:
        yield Finding("alarm", f"现用的构建打不开：{error}", "运行 zhiben rollback，或 zhiben load 重建")
        return
    for violation in violations:
        said = f"没有通过校验：{violation.says}（{violation.rows} 行）"
        yield Finding("alarm", said, "运行 zhiben load 重建")
    if not violations:
        yield Finding("good", "全部校验通过")
    if known_to > today:
        said = f"数据截至 {known_to}，本机的日期却是 {today}"
        yield Finding("alarm", said, "校准本机的日期和时区")


def _older(office: Office, _: datetime) -> Iterator[Finding]:
    current = known_build(office.warehouse)
    others = (build for build in sorted(builds(office.warehouse)) if build != current)
    damaged = [build for build in others if not is_sound(office.warehouse, build)]
    if damaged:
        said = f"以前的构建有 {len(damaged)} 个缺说明或已损坏：{'、'.join(damaged[:3])}"
        yield Finding("warn", said, "不影响现用的；回退时不能选它们，可以删去其文件")
    left = [path.name for path in (office.warehouse / "builds").glob(f"*{MAKING}*")]
    if left:
        said = f"有 {len(left)} 个没有做完的文件，是一次中断的加载留下的"
        yield Finding("warn", said, "不影响现用的；下一次加载会清理")


def _shelf(office: Office, _: datetime) -> Iterator[Finding]:
    """Every ledger can be read, and what is served is made of them all."""
    files = shelved(office)
    unreadable = [name for name, path in files.items() if not os.access(path, os.R_OK)]
    if unreadable:
        said = f"{len(unreadable)} 份台账读不出：{'、'.join(unreadable[:3])}"
        yield Finding("alarm", said, "检查文件是否还在、是否有读取权限")
    served = (read_notes(office.warehouse, known_build(office.warehouse) or "") or {}).get("files")
    if files and served is not None and served != list(files):
        yield Finding("warn", "收存的台账与现用的构建不是同一批", "在“数据导入”页发布，或运行 zhiben load")
    elif files and not unreadable:
        yield Finding("good", f"收存的 {len(files)} 份台账都在")


def _decisions(office: Office, _: datetime) -> Iterator[Finding]:
    try:
        known = read_decisions(office.decided)
    except LoadError as error:
        yield Finding("alarm", f"写下的决定读不出：{error}", "按提示改正这个文件；改好前不能加载")
        return
    count = len(known.aliases) + len(known.pairs) + len(known.corrections)
    yield Finding("good", f"写下的决定 {count} 条，都读得出")


def _room(office: Office, _: datetime) -> Iterator[Finding]:
    """Room on the disk, and leave to write there."""
    folder = next(each for each in (office.warehouse, *office.warehouse.parents) if each.exists())
    if not os.access(folder, os.W_OK):
        yield Finding("alarm", f"不能写入 {folder}，看得了，但加载不了", "检查磁盘是否只读、权限是否够")
    build = build_path(office.warehouse, known_build(office.warehouse) or "")
    needed = max(LEAST_ROOM, ROOM * build.stat().st_size if build.exists() else 0)
    free = shutil.disk_usage(folder).free
    said = f"磁盘还有 {free / 1e9:.1f} GB"
    if free < needed:
        yield Finding("alarm", f"{said}，加载要 {needed / 1e9:.1f} GB", "清理磁盘，或把数据移到大一些的盘")
    else:
        yield Finding("good", said)


def _clock(_: Office, now: datetime) -> Iterator[Finding]:
    """Days begin at midnight in Beijing."""
    if now.utcoffset() != BEIJING:
        said = f"本机的时区是 {now:%z}，不是北京时间（+0800）：每天有几个小时“今天”会差一天"
        yield Finding("warn", said, "把本机的时区设为 Asia/Shanghai，再重启看板")


CHECKS: tuple[Callable[[Office, datetime], Iterator[Finding]], ...] = (
    _served,
    _older,
    _shelf,
    _decisions,
    _room,
    _clock,
)
