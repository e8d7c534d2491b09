"""A full disk and a read-only one: a clear line, nothing lost, what is served stays; with room all works."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from dashboard.guard import audit
from dashboard.intake import staging
from etl import LoadError, back_up, history, restore, withdraw
from etl.decisions_written import add_alias
from etl.office import Office, accept, accepted_files
from queries.warehouse import build_path, current_build
from tests.etl.bureau import AS_OF, Bureau, receive_next
from tests.etl.conftest import Run
from tests.etl.mounts import PAGE, Disk, mounted

if sys.platform != "win32":
    import resource

FULL, READ_ONLY = "磁盘已满", "磁盘是只读的"
NOTHING_DONE = 1


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mounted(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def bureau(published: Bureau, disk: Disk) -> Bureau:
    """The same, on the disk, with another ledger yet to load."""
    bureau = published.copy(disk.folder / "data")
    receive_next(bureau)
    return bureau


@pytest.fixture
def office(bureau: Bureau) -> Office:
    return Office(bureau.ledgers, bureau.warehouse)


def size(bureau: Bureau) -> int:
    build = current_build(bureau.warehouse)
    assert build is not None
    return build_path(bureau.warehouse, build).stat().st_size


@pytest.mark.parametrize(("share", "pages"), [(0, 0), (0.6, 0), (1, 0), (1, 1)])
def test_a_disk_full_at_any_stage_of_a_load_changes_nothing(
    bureau: Bureau, disk: Disk, share: float, pages: int
) -> None:
    before = bureau.figures()
    disk.fill(round(size(bureau) * share) + pages * PAGE)
    with pytest.raises(LoadError, match=FULL):
        bureau.load()
    assert_frame_equal(bureau.figures(), before)
    assert not bureau.left()
    disk.make_room()
    assert bureau.load()
    assert not bureau.figures().equals(before)
    assert len(history(bureau.warehouse)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_load_that_may_write_no_more_says_so_in_one_line(published: Bureau, tmp_path: Path) -> None:
    bureau = published.copy(tmp_path / "data")
    before = bureau.figures()
    receive_next(bureau)
    most = size(bureau) // 2
    done = subprocess.run(
        bureau.command(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (NOTHING_DONE, "")
    (line,) = done.stderr.splitlines()
    assert FULL in line
    assert_frame_equal(bureau.figures(), before)
    assert not bureau.left()


def test_on_a_full_disk_every_command_says_so_in_one_line_and_figures_are_answered(
    bureau: Bureau, disk: Disk, zhiben: Run
) -> None:
    warehouse = ("--warehouse", bureau.warehouse)
    disk.fill(0)
    for words in (
        ("load", bureau.ledgers, "--as-of", AS_OF, *warehouse),
        ("load", bureau.ledgers, "--dry-run", "--refused", disk.folder / "refused.xlsx", *warehouse),
        ("backup", "--out", disk.folder / "备份.zip", *warehouse),
        ("export", "xlsx", "--out", disk.folder / "总表.xlsx", *warehouse),
        ("templates", "--out", disk.folder),
    ):
        code, told = zhiben(*words)
        assert code == NOTHING_DONE, words
        (line,) = told.splitlines()
        assert FULL in line
    assert zhiben("metrics", "--metric", "overdue", *warehouse) == (0, "")
    assert zhiben("doctor", *warehouse)[0] == NOTHING_DONE
    assert not bureau.left()
    assert {path.name for path in disk.folder.iterdir()} == {"data", "filler"}


def test_files_that_find_no_room_on_the_shelf_are_not_on_it(office: Office, disk: Disk) -> None:
    sent = [write_file(disk.folder.parent / f"{name}.csv", name, 5000) for name in ("甲", "乙", "丙")]
    before = accepted_files(office)
    disk.fill(8192)
    with pytest.raises(LoadError, match=FULL):
        accept(office, sent, AS_OF, AS_OF)
    assert accepted_files(office) == before
    assert not list(office.ledgers.rglob("*.making*"))


class Dropped:
    """A file dropped on the page."""

    name = "台账.csv"

    @staticmethod
    def getvalue() -> bytes:
        return bytes(100_000)


def test_files_dropped_on_the_page_that_find_no_room_are_told(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(dir=disk.folder) as folder:
        monkeypatch.setattr(staging, "_own_folder", lambda: Path(folder))
        disk.fill(PAGE)
        with pytest.raises(LoadError, match=FULL):
            staging.stage([Dropped()])


def write_file(path: Path, mark: str, length: int) -> Path:
    path.write_text(mark * length, encoding="utf-8")
    return path


def test_a_decision_that_finds_no_room_leaves_those_before(office: Office, disk: Disk) -> None:
    add_alias(office.decided, "甲院", "松鹤院", "某科", AS_OF)
    before = (office.decided / "aliases.toml").read_bytes()
    disk.fill(0)
    with pytest.raises(LoadError, match=FULL):
        add_alias(office.decided, "乙院", "鹤年院", "某科", AS_OF)
    assert (office.decided / "aliases.toml").read_bytes() == before


def test_a_backup_that_finds_no_room_leaves_the_one_before(office: Office, disk: Disk) -> None:
    target = disk.folder / "备份.zip"
    back_up(office, target)
    before = target.read_bytes()
    disk.fill(4096)
    with pytest.raises(LoadError, match=FULL):
        back_up(office, target)
    assert target.read_bytes() == before
    assert not list(disk.folder.glob(".*"))


def test_a_restore_that_finds_no_room_goes_on_when_there_is(
    published: Bureau, disk: Disk, tmp_path: Path
) -> None:
    back_up(Office(published.ledgers, published.warehouse), tmp_path / "备份.zip")
    empty = Bureau(disk.folder / "data")
    office = Office(empty.ledgers, empty.warehouse)
    disk.fill(size(published) // 2)
    with pytest.raises(LoadError, match=FULL):
        restore(tmp_path / "备份.zip", office)
    disk.make_room()
    restore(tmp_path / "备份.zip", office)
    assert_frame_equal(empty.figures(), published.figures())


def test_a_line_of_the_audit_log_cut_short_by_a_full_disk_takes_no_other_with_it(
    bureau: Bureau, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    log = audit.folder(bureau.warehouse)
    audit.note("甲", "load", "0", bureau.warehouse)
    disk.fill(0)
    tried = 0
    while not caplog.records:
        tried += 1
        audit.note("甲", "load", str(tried), bureau.warehouse)
    assert [record.exc_info for record in caplog.records] == [None]
    assert "操作记录没有写上" in caplog.text
    disk.make_room()
    audit.note("乙", "load", "后来", bureau.warehouse)
    kept = audit.read(log).reverse()
    assert kept["what"].to_list() == [*map(str, range(tried)), "后来"]


class TestReadOnly:
    """The disk takes nothing, as after an error of its own."""

    @pytest.fixture
    def bureau(self, bureau: Bureau, disk: Disk) -> Iterator[Bureau]:
        disk.hold("ro")
        yield bureau
        disk.hold("rw")

    def test_every_command_says_so_in_one_line_and_figures_are_answered(
        self, bureau: Bureau, disk: Disk, zhiben: Run
    ) -> None:
        warehouse = ("--warehouse", bureau.warehouse)
        for words in (
            ("load", bureau.ledgers, "--as-of", AS_OF, *warehouse),
            ("rollback", *warehouse),
            ("backup", "--out", bureau.folder / "备份.zip", *warehouse),
            ("export", "xlsx", "--out", bureau.folder / "总表.xlsx", *warehouse),
        ):
            code, told = zhiben(*words)
            assert code == NOTHING_DONE, words
            (line,) = told.splitlines()
            assert READ_ONLY in line
        assert zhiben("metrics", "--metric", "overdue", *warehouse) == (0, "")
        before = bureau.figures()
        disk.hold("rw")
        assert bureau.load(), "it takes files again"
        assert not bureau.figures().equals(before)

    def test_the_shelf_stays_as_it_was(self, bureau: Bureau, office: Office, tmp_path: Path) -> None:
        before = accepted_files(office)
        with pytest.raises(LoadError, match=READ_ONLY):
            accept(office, [write_file(tmp_path / "甲.csv", "甲", 1)], AS_OF, AS_OF)
        with pytest.raises(LoadError, match=READ_ONLY):
            withdraw(office, before[0])
        assert accepted_files(office) == before

    def test_a_backup_elsewhere_is_made(self, bureau: Bureau, office: Office, tmp_path: Path) -> None:
        assert back_up(office, tmp_path / "备份.zip").files == len(accepted_files(office))
