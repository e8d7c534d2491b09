"""A build published while people look: no error, no page of two builds, and the build before is let go."""

import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import etl
from queries.warehouse import build_path
from tests.dashboard import warehouses
from tests.dashboard.served import command, free_port, running
from tests.dashboard.visitor import visit

PAGES = ("", "hazards", "duties")
OLD, NEW = "2026-11-23", "2026-11-24"
ENOUGH = 3
"""Looks at the new build before a visitor goes."""

MOST = 2_000
is_linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads open files from /proc")


@dataclass
class Seen:
    """What one visitor saw of one page: each drawing of it, in order, and what went wrong."""

    page: str
    drawings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def look_until_new(self, url: str) -> None:
        with visit(url) as visitor:
            for _ in range(MOST):
                drawn = visitor.look(self.page)
                self.drawings.append(drawn.html())
                self.errors += drawn.errors()
                if sum(NEW in each for each in self.drawings) >= ENOUGH:
                    return
        self.errors.append("the new build was never shown")


@pytest.fixture
def warehouse(shared: Path, tmp_path: Path) -> Path:
    """One whose pointer names the older of its two builds."""
    copy = tmp_path / "warehouse"
    shutil.copytree(warehouses.twice(shared), copy)
    etl.rollback(copy)
    return copy


@is_linux
def test_people_who_look_while_a_build_is_published_see_the_one_then_the_other(warehouse: Path) -> None:
    new, old = (entry["build"] for entry in etl.history(warehouse))
    url = f"http://127.0.0.1:{(port := free_port())}"
    with running(command(warehouse, port), f"{url}/_stcore/health") as server:
        seen = [Seen(page) for page in PAGES]
        threads = [threading.Thread(target=each.look_until_new, args=(url,)) for each in seen]
        for thread in threads:
            thread.start()
        _wait_for_a_look(seen)
        etl.rollback(warehouse, new)
        for thread in threads:
            thread.join()
        with visit(url) as visitor:
            for page in PAGES:
                visitor.look(page)
        open_files = [str(link.readlink()) for link in Path(f"/proc/{server.pid}/fd").iterdir()]
    for each in seen:
        assert not each.errors, each.page
        assert len(set(each.drawings)) == 2, f"{each.page}: of the old, of the new, nothing between"
        assert [NEW in drawing for drawing in each.drawings] == sorted(NEW in each for each in each.drawings)
    assert str(build_path(warehouse, new)) in open_files
    assert str(build_path(warehouse, old)) not in open_files


def _wait_for_a_look(seen: list[Seen]) -> None:
    while not all(each.drawings or each.errors for each in seen):
        threading.Event().wait(0.05)
