"""A small disk of one's own, to be filled or made read-only; only a superuser gets one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = 4096
MEGABYTES = 40


@dataclass(frozen=True)
class Disk:
    """A folder that is a disk of its own."""

    folder: Path

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"

    def fill(self, room: int) -> None:
        """Leave so many bytes, to the next page."""
        with self._filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(PAGE))
            except OSError:
                file.truncate(max(file.tell() - room, 0))

    def make_room(self) -> None:
        self._filler.unlink()

    def hold(self, way: str) -> None:
        """Take nothing more (ro), or again (rw)."""
        subprocess.run(["mount", "-o", f"remount,{way}", self.folder], check=True, capture_output=True)


@contextmanager
def mounted(folder: Path) -> Iterator[Disk]:
    """A disk at a folder; skips the test where this machine does not let us have one."""
    if sys.platform != "linux":
        pytest.skip("a disk of one's own is mounted on Linux only")
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk of one's own here: {done.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
