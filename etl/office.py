"""The office's own shelf of ledgers: look at new ones first, accept them, withdraw one again.

Accepted files are kept as received, in a folder named after the day: data/ledgers/2026-11-23/….
A withdrawn file is moved beside the ledgers, to data/withdrawn/, so nothing is ever lost.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from shutil import copyfile

from etl.disk import LoadError, making, told
from etl.files import ledger_files, program_id
from etl.load import DATA, load
from etl.publish import locked
from etl.report import Report
from etl.returned import write_returned
from queries.warehouse import PointerError, current_build, digest, known_build, read_notes

Progress = Callable[[str], None]


def _quiet(name: str) -> None:
    """Nobody is told of progress."""


@dataclass(frozen=True)
class Office:
    """Where one bureau keeps its ledgers, its published builds and its decisions (campaign.toml and kin)."""

    ledgers: Path
    warehouse: Path
    root: Path = DATA

    @classmethod
    def of(cls, warehouse: Path) -> "Office":
        """The office a warehouse belongs to: its ledgers lie beside it."""
        return cls(warehouse.with_name("ledgers"), warehouse)

    @property
    def withdrawn(self) -> Path:
        return self.ledgers.with_name("withdrawn")

    @property
    def decided(self) -> Path:
        """Where aliases.toml and its kin lie: beside the ledgers."""
        return self.ledgers.parent

    def load(
        self, paths: Sequence[Path], warehouse: Path, as_of: date, progress: Progress = _quiet
    ) -> Report:
        """Load as this office does: its plan, its decisions. Raises LoadError."""
        return load(paths, warehouse, as_of, root=self.root, decided=self.decided, progress=progress)

    def publish(self, as_of: date, progress: Progress = _quiet) -> Report:
        """Publish all that stands on the shelf. Raises LoadError."""
        return self.load([self.ledgers], self.warehouse, as_of, progress)


def shelved(office: Office) -> dict[str, Path]:
    """The files on the shelf, by the names that reports call them; empty where nothing was accepted yet."""
    return dict(ledger_files([office.ledgers])) if office.ledgers.exists() else {}


def accepted_files(office: Office) -> list[str]:
    """The names of the files on the shelf."""
    return list(shelved(office))


def preview(office: Office, incoming: Sequence[Path], as_of: date, scratch: Path) -> Report:
    """What accepting these files would give: the shelf and they together, built into a scratch warehouse.

    The office's own shelf and warehouse stay as they are. Raises LoadError as a load does.
    """
    shelf = [office.ledgers] if accepted_files(office) else []
    return office.load([*shelf, *incoming], scratch, as_of)


@told()
def accept(
    office: Office, incoming: Sequence[Path], received_on: date, as_of: date, progress: Progress = _quiet
) -> Report:
    """Put files on the shelf and publish all of it; where that fails, the shelf is as it was before.

    A file whose very content stands on the shelf already is not put there twice. Raises LoadError.
    """
    folder = office.ledgers / received_on.isoformat()
    stored: list[Path] = []
    with locked(office.warehouse):
        known = {digest(file) for file in shelved(office).values() if file.exists()}
        try:
            stored.extend(_store(file, folder) for file in incoming if digest(file) not in known)
            return office.publish(as_of, progress)
        except BaseException:
            for file in stored:
                file.unlink()
            raise


@told()
def withdraw(office: Office, name: str, progress: Progress = _quiet) -> Report | None:
    """Take one file off the shelf and publish what is left, as known on the same day as before.

    Returns None where nothing is left: then nothing is served until a file is accepted. Raises LoadError.
    """
    with locked(office.warehouse):
        files = shelved(office)
        if name not in files:
            raise LoadError(f"台账里没有 {name}，可能已经撤回。")
        as_of = _known_to(office)
        moved = _store(files[name], office.withdrawn)
        files[name].unlink()
        if len(files) == 1:
            (office.warehouse / "current.json").unlink(missing_ok=True)
            return None
        try:
            return office.publish(as_of, progress)
        except BaseException:
            moved.replace(files[name])
            raise


def is_up_to_date(warehouse: Path) -> bool:
    """Whether the served build was made by this very program; also where none is, or is known."""
    build = known_build(warehouse)
    return build is None or (read_notes(warehouse, build) or {}).get("program") == program_id()


def renew(office: Office) -> bool:
    """Build the served ledgers anew with this program; False where they are not those on the shelf."""
    notes = read_notes(office.warehouse, known_build(office.warehouse) or "") or {}
    if not notes or notes["files"] != accepted_files(office):
        return False
    office.publish(_known_to(office))
    return True


def republish(office: Office, progress: Progress = _quiet) -> Report:
    """Publish the shelf anew, as known on the same day: after a decision or a correction was written down.

    Raises LoadError, also where nothing stands on the shelf.
    """
    return office.publish(_known_to(office), progress)


def return_all(paths: Sequence[Path], report: Report, folder: Path) -> list[Path]:
    """Write back every file of a load in which something is to mend; returns the workbooks written."""
    wanting = {issue["path"] for issue in (*report.refusals(), *report.warnings())}
    files = ledger_files(paths)
    return [write_returned(file, name, report, folder) for name, file in files.items() if name in wanting]


def _known_to(office: Office) -> date:
    """The day the served build is known up to."""
    try:
        notes = read_notes(office.warehouse, current_build(office.warehouse) or "")
    except PointerError as error:
        raise LoadError(str(error)) from error
    if notes is None:
        raise LoadError("还没有发布过数据，没有可以撤回的。")
    return date.fromisoformat(notes["as_of"])


def _store(file: Path, folder: Path) -> Path:
    """Copy a file into a folder whole, under its own name or, where that is taken, a numbered one."""
    folder.mkdir(parents=True, exist_ok=True)
    target = next(path for path in _names(folder, file.name) if not path.exists())
    with making(target) as passing:
        copyfile(file, passing)
    return target


def _names(folder: Path, name: str) -> Iterator[Path]:
    path = folder / name
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}（{number}）")
