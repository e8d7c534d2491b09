"""A workbook handed back: its layout kept, the cells to mend marked, a sheet in front that sums up."""

import pickle
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath

from etl.disk import LoadError, told
from etl.report import Report
from etl.returned_lines import Job, Way, intro, lines_of
from etl.returned_marks import mark

LARGEST = 20 << 20
LARGEST_UNPACKED = 200 << 20
SECONDS = 60


@told()
def write_returned(source: Path, name: str, report: Report, target: Path) -> Path:
    """Write a file's workbook to mend into the folder `target` and return its path.

    source: the file as sent. name: what the report calls it; the workbook keeps that name, as .xlsx. Refused
    cells are light red, warned and set aside ones light amber, each with a note; 退回说明 in front lists them
    with links. An .xlsx keeps its layout; .xls and .csv come back as the same rows at the same places; of a
    file that is too large (20 MB, unpacked 200 MB) or cannot be opened only the list is written. Reading
    passes over 退回说明, so the mended workbook loads. Raises LoadError where it would overwrite the source.
    """
    path = target / _own_name(name, report)
    if path.resolve() == source.resolve():
        raise LoadError(f"退回的表会盖住原件 {source}：请换一个文件夹。")
    path.parent.mkdir(parents=True, exist_ok=True)
    job = Job(source, path, "listed", tuple(intro(report, name)), tuple(lines_of(report, name)))
    if not any(_is_marked(replace(job, way=way)) for way in _ways(source, name, report)):
        mark(job)
    return path


def _own_name(name: str, report: Report) -> Path:
    """The file's name as .xlsx; in full before that where another file would get the same."""
    parts = PurePosixPath(name)
    stems = Counter(str(PurePosixPath(path).with_suffix("")) for path in report.files["path"].unique())
    is_alone = stems[str(parts.with_suffix(""))] <= 1
    own = parts.with_suffix(".xlsx") if is_alone else parts.with_name(f"{parts.name}.xlsx")
    return Path(*own.relative_to(own.anchor).parts)


def _ways(source: Path, name: str, report: Report) -> list[Way]:
    """The ways to try, the best first; none for a file nothing was read of, or too large."""
    nothing_read = report.files.filter(path=name)["kind"].drop_nulls().is_empty()
    if nothing_read or source.stat().st_size > LARGEST:
        return []
    if not zipfile.is_zipfile(source):
        return ["copied"]
    with zipfile.ZipFile(source) as package:
        is_small = sum(part.file_size for part in package.infolist()) <= LARGEST_UNPACKED
    return ["kept", "copied"] if is_small else []


def _is_marked(job: Job) -> bool:
    """Tell whether a child process could write the workbook."""
    command = [sys.executable, "-c", "from etl.returned_marks import answer; answer()"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=pickle.dumps(job), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
