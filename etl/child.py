"""Reading in a child process: a workbook that takes all memory, or never ends, costs itself only.

Seen: 7 KB with cells A1 and XFD1048576 ask for 512 GB and abort the process they are read in. One child reads
all files of a load in turn; where a file ends it, a new one goes on with the next.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Named
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread, Timer
from typing import BinaryIO, cast

from etl.blocks import Block, Unread, read_blocks
from etl.mapping import Mapping
from etl.sent import receive, send

if sys.platform != "win32":
    import resource

SECONDS = 60
"""For one file."""

MEMORY = 1536 << 20
"""What the child may take, where the system can hold it to that."""

MOST_ROWS = 200_000
"""In all files of a load, some 3 KB each; the largest county has a tenth of them."""

TOO_MANY = "有 {rows} 行，一次加载最多 {most} 行：请只报送需要的部分，或分期加载"
TOO_LONG = "读取超过 {seconds} 秒，已放弃：请删去无关的工作表和空行空列，另存为新的 xlsx 后重新报送"
BROKEN_OFF = "读取时内存不够：多半是极远处有单元格，或表太大；请只留用到的区域，另存为新的 xlsx 后重新报送"
UNFORESEEN = "程序读不了这个文件（{error}）：请另存为新的 xlsx 后重新报送，并把原文件发给维护人员"

WITHOUT_THE_REST = """
import sys, types
sys.modules["etl"] = types.ModuleType("etl")
sys.modules["etl"].__path__ = [sys.argv[1]]
from etl.child import serve
serve()
"""
"""Enters this module past etl/__init__.py: a load should not wait for imports that reading has no use for."""

Blocks = Sequence[Block | Unread]
Files = Sequence[tuple[str, Path]]


def read_files(
    files: Named[str, Path], mapping: Mapping, progress: Callable[[str], None] = lambda label: None
) -> Iterator[Block | Unread]:
    """Read every block of the files (label to path) in a child process; a file that ends it is Unread.

    progress: told each label before its file is waited for. A file may take 60 seconds and, where the system
    can hold the child to it (not on Windows), 1.5 GiB.
    """
    room = MOST_ROWS
    for label, blocks in _answers(files, mapping, progress):
        rows = sum(block.rows.height for block in blocks if isinstance(block, Block))
        if rows > room:
            yield Unread(label, None, TOO_MANY.format(rows=rows, most=MOST_ROWS))
        else:
            room -= rows
            yield from blocks


def _answers(
    files: Named[str, Path], mapping: Mapping, progress: Callable[[str], None]
) -> Iterator[tuple[str, Blocks]]:
    """Have every file read, by another child where one ends."""
    left = deque(files.items())
    while left:
        with _child(list(left), mapping) as child:
            fate = ""
            while left and not fate:
                label, _ = left.popleft()
                progress(label)
                blocks, fate = _answer_of(child)
                yield label, [Unread(label, None, fate)] if fate else blocks


@contextmanager
def _child(files: Files, mapping: Mapping) -> Iterator[subprocess.Popen[bytes]]:
    """Start a child reading the files in their order; it ends with the block."""
    folder = Path(__file__).parent
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-c", WITHOUT_THE_REST, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        request = cast("BinaryIO", child.stdin)
        with suppress(OSError):  # it has ended already: then it gives no answer either
            pickle.dump((files, mapping), request)
            request.flush()
        try:
            yield child
        finally:
            child.kill()
            with suppress(OSError):
                request.close()


def _answer_of(child: subprocess.Popen[bytes]) -> tuple[Blocks, str]:
    """Wait for what the child read of a file; else say what became of it."""
    late = Event()

    def give_up() -> None:
        late.set()
        child.kill()

    clock = Timer(SECONDS, give_up)
    clock.start()
    try:
        return receive(cast("BinaryIO", child.stdout)), ""
    except (EOFError, pickle.UnpicklingError):
        return [], TOO_LONG.format(seconds=SECONDS) if late.is_set() else BROKEN_OFF
    finally:
        clock.cancel()


def serve() -> None:
    """Be the child: take the files and the mapping from stdin, answer each on stdout."""
    _limit_memory()
    gc.disable()  # millions of cells, and no cycle among them: looking for one takes a third of the time
    files, mapping = pickle.load(sys.stdin.buffer)  # noqa: S301 - both sides are this program
    Thread(target=_end_with_parent, daemon=True).start()
    for label, path in files:
        send(_read(path, label, mapping), sys.stdout.buffer)
    os._exit(0)


def _read(path: Path, label: str, mapping: Mapping) -> Blocks:
    try:
        return read_blocks(path, label, mapping)
    except MemoryError:
        return [Unread(label, None, BROKEN_OFF)]
    except Exception as error:  # whatever a file does, the others are read
        return [Unread(label, None, UNFORESEEN.format(error=f"{type(error).__name__}：{error}"))]


def _end_with_parent() -> None:
    """End when stdin does: the parent holds it open as long as it lives."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def _limit_memory() -> None:
    if sys.platform != "win32":  # there only what the system itself refuses ends the child
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
