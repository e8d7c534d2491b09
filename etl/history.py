"""The published builds of a warehouse, and the way back to one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.disk import MAKING, LoadError, told
from etl.publish import locked, point_to
from queries.warehouse import is_sound, known_build, read_notes


def history(warehouse: Path) -> list[dict[str, Any]]:
    """The builds, newest first: build, loaded_at (ISO, UTC), as_of, files, rows, is_current."""
    current = known_build(warehouse)
    builds = [path for path in (warehouse / "builds").glob("*.duckdb") if MAKING not in path.name]
    by_age = sorted(builds, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    return [_entry(warehouse, path, current) for path in by_age]


def _entry(warehouse: Path, path: Path, current: str | None) -> dict[str, Any]:
    notes = read_notes(warehouse, path.stem) or {}
    written = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return {
        "build": path.stem,
        "loaded_at": written.isoformat(timespec="seconds"),
        "as_of": notes.get("as_of"),
        "files": notes.get("files", []),
        "rows": notes.get("rows", {}),
        "is_current": path.stem == current,
    }


@told()
def rollback(warehouse: Path, build: str | None = None) -> str:
    """Serve an earlier build again: the one named, else the last sound one before the current.

    Returns its id. Raises LoadError where there is no such build, or its file is damaged.
    """
    with locked(warehouse):
        target = build or _before(warehouse)
        if target not in {entry["build"] for entry in history(warehouse)}:
            raise LoadError(f"没有编号为 {target} 的构建，可用 zhiben history 查看。")
        if not is_sound(warehouse, target):
            raise LoadError(f"构建 {target} 的文件已损坏，无法回到它；请重新加载台账。")
        point_to(warehouse, target)
    return target


def _before(warehouse: Path) -> str:
    """The last sound build before the current one; the last of all where that is gone, or not known."""
    builds = [entry["build"] for entry in history(warehouse)]
    current = known_build(warehouse)
    older = builds[builds.index(current) + 1 :] if current in builds else builds
    for build in older:
        if is_sound(warehouse, build):
            return str(build)
    raise LoadError("没有更早的、完好的构建可以回到；请重新加载台账。")
