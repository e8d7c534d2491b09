"""Two loads at once: one waits and says so, both end well, and nothing that came in is missing."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import pytest
from polars.testing import assert_frame_equal

from etl import history
from etl.office import Office, accept, accepted_files, republish
from etl.publish import LOCK_SECONDS, locked
from queries.warehouse import current_build, fetch, open_build
from tests.etl.bureau import AS_OF, HEADINGS, Bureau, loading, receive_next
from tests.etl.workbooks import rows, write_workbook

WAITS = "等它结束"


@pytest.fixture
def bureau(published: Bureau, tmp_path: Path) -> Bureau:
    return published.copy(tmp_path / "bureau")


def started(ledgers: Path, warehouse: Path) -> subprocess.Popen[str]:
    command = loading(ledgers, warehouse)
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def test_of_two_loads_of_different_ledgers_each_is_published_whole(bureau: Bureau, tmp_path: Path) -> None:
    before = bureau.figures()
    other = Bureau(tmp_path / "other")
    copytree(bureau.ledgers, other.ledgers)
    receive_next(other)
    done = other.copy(tmp_path / "done")
    done.load()
    empty = tmp_path / "both"
    both = [started(ledgers, empty / "warehouse") for ledgers in (bureau.ledgers, other.ledgers)]
    told = [load.communicate(timeout=LOCK_SECONDS)[1] for load in both]
    assert [load.returncode for load in both] == [0, 0], told
    served = Bureau(empty).figures()
    assert_frame_equal(served, before if served.equals(before) else done.figures())
    assert len(history(empty / "warehouse")) == 2
    assert not Bureau(empty).left()


def test_a_load_that_waits_says_so_and_then_reads_what_has_come_meanwhile(bureau: Bureau) -> None:
    with locked(bureau.warehouse):
        waiting = started(bureau.ledgers, bureau.warehouse)
        assert waiting.stderr is not None
        assert WAITS in waiting.stderr.readline()
        receive_next(bureau)
    assert waiting.communicate(timeout=LOCK_SECONDS)[1] == ""
    assert waiting.returncode == 0
    assert not bureau.load(), "what came meanwhile is published already"


def test_what_two_people_hand_in_at_once_is_all_there(bureau: Bureau, tmp_path: Path) -> None:
    office = Office(bureau.ledgers, bureau.warehouse)
    sent = [handed_in(tmp_path / str(number), number) for number in range(2)]
    with ThreadPoolExecutor(len(sent)) as people:
        reports = people.map(lambda file: accept(office, [file], AS_OF, AS_OF), sent)
        assert [report.is_published for report in reports] == [True] * len(sent)
    build = current_build(office.warehouse)
    assert build is not None
    assert len(accepted_files(office)) == 1 + len(sent)
    with open_build(office.warehouse, build) as con:
        kept = fetch(con, "select description from hazards order by 1")["description"].to_list()
    assert kept == ["漏水0", "漏水1", "漏电"]
    assert not republish(office).is_published, "of all of them the very build is served already"


def handed_in(folder: Path, number: int) -> Path:
    """A ledger of one more hazard; all are called the same."""
    folder.mkdir()
    table = f"{HEADINGS}\n鹤年院 | 2024-03-0{number + 1} | 漏水{number} | 2024-04-01 | 一般"
    return write_workbook(folder / "隐患.xlsx", {"隐患台账": rows(table)})
