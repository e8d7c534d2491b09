"""Files that are there whole or not at all; and what is said where the disk does not take them."""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

MAKING = ".making"
"""Marks what is being written; nobody reads it, and the next load takes it away."""

LONGEST = 40
"""Of a name so much is kept, as the mark must have room."""

FULL = "磁盘已满，写不进去：请清理磁盘，或把数据移到大一些的盘"
READ_ONLY = "磁盘是只读的，写不进去：请检查磁盘是否出错、是否有写保护"
FORBIDDEN = "没有读写的权限：请检查文件夹的权限"
SAID = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.ENOENT: "找不到文件",
}
UNHARMED = "已有的数据没有受影响。"


class LoadError(Exception):
    """Nothing could be done; the message says why, in Chinese."""


@contextmanager
def told() -> Iterator[None]:
    """Have what the disk refuses raise LoadError, in one line of Chinese."""
    try:
        yield
    except OSError as error:
        raise LoadError(said(error)) from error
    except duckdb.Error as error:
        if _code(error) is None:
            raise
        raise LoadError(said(error)) from error


def said(error: Exception) -> str:
    """What an error of the disk means, and what to do."""
    code = _code(error)
    words = SAID[code] if code else f"读写文件时出错（{error}）"
    file = getattr(error, "filename", None)
    return f"{words}{f'（{file}）' if file and code else ''}。{UNHARMED}"


def _code(error: Exception) -> int | None:
    """Which of SAID it is; DuckDB tells in the system's words only."""
    if isinstance(error, OSError):
        return error.errno if error.errno in SAID else None
    return next((code for code in SAID if os.strerror(code) in str(error)), None)


def is_read_only(folder: Path) -> bool:
    """Whether nobody can write there, so nothing there changes; where the system can tell."""
    if not hasattr(os, "statvfs") or not folder.exists():
        return False
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """Give a path beside the target to write to; at the end that is the target, or nothing is left of it."""
    passing = target.with_name(f".{target.name[:LONGEST]}{MAKING}")
    try:
        yield passing
        sync(passing)
        passing.replace(target)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
    sync(target.parent)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    with making(path) as passing:
        passing.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """The same for text."""
    write_bytes(path, text.encode())


def write_whole(path: Path, content: Mapping[str, Any]) -> None:
    """The same for what is kept as JSON."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1))


def sync(path: Path) -> None:
    """Have the disk keep a file, or a folder's names; Windows cannot sync folders and need not."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
