"""The published builds of a warehouse, and the way back to one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.disk import LoadError, told
from etl.publish import locked, point_to
from queries.warehouse import build_path, builds, is_sound, known_build, read_notes


def history(warehouse: Path) -> list[dict[str, Any]]:
    """The builds, newest first: build, loaded_at (ISO, UTC), as_of, files, rows, is_current."""
    current = known_build(warehouse)
    return [_entry(warehouse, build, current) for build in builds(warehouse)]


def _entry(warehouse: Path, build: str, current: str | None) -> dict[str, Any]:
    notes = read_notes(warehouse, build) or {}
    written = datetime.fromtimestamp(build_path(warehouse, build).stat().st_mtime, tz=UTC)
    return {
        "build": build,
        "loaded_at": written.isoformat(timespec="seconds"),
        "as_of": notes.get("as_of"),
        "files": notes.get("files", []),
        "rows": notes.get("rows", {}),
        "is_current": build == current,
    }


@told()
def rollback(warehouse: Path, build: str | None = None) -> str:
    """Serve an earlier build again: the one named, else the last sound one before the current.

    Returns its id. Raises LoadError where there is no such build, or its file is damaged.
    """
    with locked(warehouse):
        target = build or _before(warehouse)
        if target not in builds(warehouse):
            raise LoadError(f"没有编号为 {target} 的构建，可用 zhiben history 查看。")
        if not is_sound(warehouse, target):
            raise LoadError(f"构建 {target} 的文件已损坏，无法回到它；请重新加载台账。")
        point_to(warehouse, target)
    return target


def _before(warehouse: Path) -> str:
    """The last sound build before the current one; the last of all where that is gone, or not known."""
    known = builds(warehouse)
    current = known_build(warehouse)
    older = known[known.index(current) + 1 :] if current in known else known
    for build in older:
        if is_sound(warehouse, build):
            return build
    raise LoadError("没有更早的、完好的构建可以回到；请重新加载台账。")
