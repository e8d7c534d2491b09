"""What a bureau cannot make again, in one file: ledgers, decisions, the audit log; and the way back.

The published builds are not in it: they are made anew from the ledgers, and by the plan (campaign.toml and
data/reference), which is the program's: who has changed it keeps it himself. A backup is a zip with a
manifest that gives each file's sha256, so that what comes back is known to be what was kept. Secrets stay
out.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from etl.decisions import FILES
from etl.disk import MAKING, LoadError, making, told
from etl.office import Office
from etl.publish import unchanged
from queries.warehouse import digest, known_build, read_notes

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1 << 20
OTHER = "请换一份备份。"
SETTINGS = (*FILES, "roles.toml", "townships.geojson")
"""What is decided or settled beside the ledgers."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds: how many files, and of which build and day they were the ledgers."""

    files: int
    build: str | None
    as_of: date | None


@told()
def back_up(office: Office, target: Path) -> Backup:
    """Write all that the office keeps into one zip, read it again, and only then give it its name.

    Raises LoadError where the file written is not what was to be kept.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with unchanged(office.warehouse), making(target) as passing:
        kept = _write(office, passing)
        _hold_whole(passing)
    return kept


def _write(office: Office, passing: Path) -> Backup:
    build = known_build(office.warehouse)
    known_to = (read_notes(office.warehouse, build or "") or {}).get("as_of")
    entries: dict[str, dict[str, str]] = {}
    with ZipFile(passing, "w", ZIP_DEFLATED) as archive:
        for name, path in _kept(office):
            member = _member(name, entries)
            entries[member] = {"path": name, "sha256": _put_in(archive, member, path)}
        manifest = {"format": FORMAT, "build": build, "as_of": known_to, "files": entries}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return Backup(len(entries), build, known_to and date.fromisoformat(known_to))


def _put_in(archive: ZipFile, member: str, path: Path) -> str:
    """One file as it is now, though another program write on at its end; returns the sha256 of what is in."""
    entry = ZipInfo.from_file(path, member, strict_timestamps=False)
    entry.compress_type = ZIP_DEFLATED
    content = hashlib.sha256()
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            content.update(chunk)
            target.write(chunk)
    return content.hexdigest()


def _kept(office: Office) -> Iterator[tuple[str, Path]]:
    """Every file to keep: its place among what the office keeps, and where it lies."""
    for name, folder in _folders(office).items():
        files = (path for path in sorted(folder.rglob("*")) if path.is_file() and MAKING not in path.name)
        yield from ((f"{name}/{path.relative_to(folder).as_posix()}", path) for path in files)
    settings = (office.decided / name for name in SETTINGS)
    yield from ((f"decided/{path.name}", path) for path in settings if path.is_file())


def _folders(office: Office) -> dict[str, Path]:
    return {
        "ledgers": office.ledgers,
        "withdrawn": office.withdrawn,
        "audit": office.warehouse.with_name("audit"),
    }


def _member(name: str, taken: Mapping[str, object]) -> str:
    """The name in the zip: readable, though a name's bytes be no UTF-8; the manifest holds the true one."""
    readable = os.fsencode(name).decode("utf-8", "backslashreplace").replace("\\", "_")
    return readable if readable not in taken and readable != MANIFEST else f"{readable}~{len(taken)}"


def _hold_whole(passing: Path) -> None:
    """Read what was written again; raise where it is not what was to be kept."""
    try:
        with _opened(passing) as archive:
            _manifest(archive)
    except LoadError as error:
        raise LoadError("备份写下后读回来不对，没有留下。请检查磁盘，再备份一次。") from error


@told()
def restore(archive: Path, office: Office) -> Backup:
    """Put a backup's files back in their places and publish them as of the day they were known to.

    Nothing is overwritten: where another file stands in a place, or the shelf holds one the backup does not
    know, LoadError says so. A restore that was interrupted is done again and goes on.
    """
    with _opened(archive) as opened:
        manifest = _manifest(opened)
        places = {member: _place(office, entry["path"]) for member, entry in manifest["files"].items()}
        _hold_free(office, places, manifest["files"])
        for member, place in places.items():
            _put_back(opened, member, place)
    if manifest["as_of"] and any(place.is_relative_to(office.ledgers) for place in places.values()):
        office.publish(date.fromisoformat(manifest["as_of"]))
    known_to = manifest["as_of"]
    return Backup(len(places), manifest["build"], known_to and date.fromisoformat(known_to))


def _opened(path: Path) -> ZipFile:
    try:
        return ZipFile(path)
    except FileNotFoundError as error:
        raise LoadError(f"找不到备份文件 {path}。") from error
    except (BadZipFile, OSError) as error:
        raise LoadError(f"{path.name} 不是完整的备份文件：{error}。{OTHER}") from error


def _manifest(archive: ZipFile) -> dict[str, Any]:
    """The manifest, once every file is found to be there, whole, and no other."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        members = set(archive.namelist()) - {MANIFEST}
        is_known = manifest["format"] == FORMAT and members == set(manifest["files"])
        wrong = [
            name for name, entry in manifest["files"].items() if _sha256(archive, name) != entry["sha256"]
        ]
    except (KeyError, ValueError, TypeError, EOFError, BadZipFile, zlib.error, OSError) as error:
        raise LoadError(f"备份文件损坏，没有恢复任何文件：{str(error) or '没有写完'}。{OTHER}") from error
    if not is_known or wrong:
        named = "、".join(wrong[:3]) or "文件清单对不上"
        raise LoadError(f"备份文件损坏，没有恢复任何文件：{named}。{OTHER}")
    return manifest


def _sha256(archive: ZipFile, member: str) -> str:
    with archive.open(member) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _place(office: Office, name: str) -> Path:
    """Where a file of a backup belongs; LoadError where that is outside what the office keeps."""
    top, *rest = PurePosixPath(name).parts
    folders = {**_folders(office), "decided": office.decided}
    strange = any(part in {"..", "/"} or ":" in part or "\\" in part for part in rest)
    is_setting = top != "decided" or rest in [[each] for each in SETTINGS]
    if top not in folders or not rest or strange or not is_setting:
        raise LoadError(f"备份文件里的 {name} 不该在这里，没有恢复任何文件。{OTHER}")
    return folders[top].joinpath(*rest)


def _hold_free(office: Office, places: Mapping[str, Path], entries: Mapping[str, Mapping[str, str]]) -> None:
    """Nothing of the office's own may be lost: raise where it would be."""
    other = [place for member, place in places.items() if _differs(place, entries[member]["sha256"])]
    on_shelf = (path for path in office.ledgers.rglob("*") if path.is_file() and MAKING not in path.name)
    unknown = [path for path in on_shelf if path not in places.values()]
    if found := [*other, *unknown]:
        raise LoadError(
            f"{found[0].parent} 里已有 {found[0].name} 等 {len(found)} 个别的文件，为免覆盖，没有恢复。"
            f"请先把 {office.ledgers} 等移到别处，再恢复。"
        )


def _differs(place: Path, sha256: str) -> bool:
    return place.exists() and digest(place) != sha256


def _put_back(archive: ZipFile, member: str, place: Path) -> None:
    """One file, there whole or not at all."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with making(place) as passing, archive.open(member) as source, passing.open("wb") as target:
        copyfileobj(source, target)
