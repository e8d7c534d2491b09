"""What was done, by whom, when: a JSON line each, only ever added to, in a file a month beside the warehouse.

What people look at is not written down, so it tells nobody how much anybody used the dashboard.
"""

import errno
import getpass
import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from dashboard.folders import own_warehouse

Event = Literal["sign_in", "refusal", "load", "publish", "withdraw", "rollback", "export"]
NAMES: dict[str, str] = {
    "sign_in": "登录",
    "refusal": "被拒绝",
    "load": "加载",
    "publish": "发布",
    "withdraw": "撤回",
    "rollback": "退回",
    "export": "导出",
}
COLUMNS = ("at", "who", "event", "what")
MONTHS_SHOWN = 13
ONCE_IN_SECONDS = 3600
MOST_REMEMBERED = 1000

MOST_STRANGERS = 100
"""Lines an hour about those whom no provider vouches for: they may come from ever new addresses."""

OTHERS = "其他机器"
LEFT_OUT = "此前一小时里另有 {} 次被拒绝，太多，没有逐条记下"


@dataclass
class Hour:
    """When it began, how many strangers were written down since, and how many were not."""

    began: float = -ONCE_IN_SECONDS
    written: int = 0
    left_out: int = 0


_refused: dict[tuple[str, str], float] = {}
"""When who was last refused what: so nobody can fill the disk by asking again and again."""

_strangers = Hour()


def folder(warehouse: Path) -> Path:
    """Where the log of a warehouse lies: beside it."""
    return warehouse.with_name("audit")


def note(who: str, event: Event, what: str, warehouse: Path | None = None) -> None:
    """Write down one thing done. Where that cannot be, the server's log says so, and work goes on."""
    at = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    line = json.dumps(dict(zip(COLUMNS, (at, who, event, what), strict=True)), ensure_ascii=False)
    try:
        _add(folder(warehouse or own_warehouse()), at[:7], line)
    except OSError as problem:
        logging.getLogger(__name__).error("操作记录没有写上（%s）：%s", problem, line)


def _add(place: Path, month: str, line: str) -> None:
    """One write at the file's end: lines of several processes never mix, and none is ever changed."""
    place.mkdir(parents=True, exist_ok=True)
    file = os.open(place / f"{month}.jsonl", os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        whole = _end_of_torn(file) + f"{line}\n".encode(errors="backslashreplace")
        if os.write(file, whole) < len(whole):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file)
    finally:
        os.close(file)


def _end_of_torn(file: int) -> bytes:
    """What ends a line that a full disk has cut short, so that the next one is a line of its own."""
    if os.lseek(file, 0, os.SEEK_END) == 0:
        return b""
    os.lseek(file, -1, os.SEEK_END)
    return b"" if os.read(file, 1) == b"\n" else b"\n"


def refused(who: str, what: str) -> None:
    """Write down that somebody was refused; the same again within the hour is not worth a line."""
    if _is_new(who, what):
        note(who, "refusal", what)


def turned_away(address: str, what: str) -> None:
    """The same of a stranger: of those who are too many in an hour, a line says later how many they were."""
    if not _is_new(address, what):
        return
    if time.monotonic() - _strangers.began >= ONCE_IN_SECONDS:
        _begin_anew()
    if _strangers.written < MOST_STRANGERS:
        _strangers.written += 1
        note(address, "refusal", what)
    else:
        _strangers.left_out += 1


def _is_new(who: str, what: str) -> bool:
    now = time.monotonic()
    if now - _refused.get((who, what), -ONCE_IN_SECONDS) < ONCE_IN_SECONDS:
        return False
    _refused[who, what] = now
    while len(_refused) > MOST_REMEMBERED:
        _refused.pop(next(iter(_refused)))
    return True


def _begin_anew() -> None:
    if _strangers.left_out:
        note(OTHERS, "refusal", LEFT_OUT.format(_strangers.left_out))
    _strangers.began, _strangers.written, _strangers.left_out = time.monotonic(), 0, 0


def at_the_command_line() -> str:
    """What whoever runs `zhiben` is called on this machine."""
    try:
        return f"{getpass.getuser()}（命令行）"
    except (KeyError, OSError):  # nobody the system knows
        return "命令行"


def noted(who: str, event: Event, what: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Make a file, and write down that it was made."""

    def making() -> bytes:
        content = make()
        note(who, event, what)
        return content

    return making


def read(place: Path) -> pl.DataFrame:
    """The lines of the last months, newest first: [at, who, event, what]; those cut short are left out."""
    files = sorted(place.glob("*.jsonl"))[-MONTHS_SHOWN:]
    lines = [entry for file in files for entry in _entries(file)]
    return pl.DataFrame(lines, schema=dict.fromkeys(COLUMNS, pl.String), orient="row").reverse()


def _entries(file: Path) -> Iterator[tuple[str, ...]]:
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            entry = json.loads(line)
            yield tuple(str(entry[name]) for name in COLUMNS)
        except (ValueError, KeyError, TypeError):
            continue
