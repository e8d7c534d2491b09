"""Reading in a child process: a workbook that takes all memory, or never ends, costs itself only.

Seen: 7 KB with cells A1 and XFD1048576 ask for 512 GB and abort the process they are read in.
"""

import io
import pickle
import subprocess
import sys
from collections.abc import Iterator
from collections.abc import Mapping as Named
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from etl.blocks import Block, Unread, read_blocks
from etl.mapping import Mapping

if sys.platform != "win32":
    import resource

SECONDS = 60
MEMORY = 6 << 30
BROKEN_OFF = "读取时中断（{why}）：可能有极远处的单元格或内容过大，请把用到的区域另存为新的 xlsx 后重新报送"

Blocks = list[Block | Unread]


def read_files(files: Named[str, Path], mapping: Mapping) -> Blocks:
    """Read every block of the files (label to path) in a child process; one that ends the child is Unread.

    A file may take 60 seconds and, where the system can hold it to that, 6 GiB.
    """
    left = list(files.items())
    blocks: Blocks = []
    while left:
        read, why = _ask(left, mapping)
        blocks += [block for file in read for block in file]
        blocks += [Unread(label, None, BROKEN_OFF.format(why=why)) for label, _ in left[len(read) :][:1]]
        left = left[len(read) + 1 :]
    return blocks


def _ask(files: list[tuple[str, Path]], mapping: Mapping) -> tuple[list[Blocks], str]:
    """Give what the child read of each file up to the one it ended at, and its last words."""
    command = [sys.executable, "-m", "etl.child"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        try:
            output, said = child.communicate(pickle.dumps((files, mapping)), SECONDS * len(files))
        except subprocess.TimeoutExpired:
            child.kill()
            output, said = child.communicate()
    lines = said.decode("utf-8", "replace").split("\n")
    return list(_answers(io.BytesIO(output))), next(filter(None, map(str.strip, reversed(lines))), "超时")


def _answers(output: BinaryIO) -> Iterator[Blocks]:
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(output)  # noqa: S301 - parent and child are this one program


def _answer(request: BinaryIO, output: BinaryIO) -> None:
    files, mapping = pickle.load(request)  # noqa: S301 - parent and child are this one program
    for label, path in files:
        output.write(pickle.dumps(read_blocks(path, label, mapping)))
        output.flush()


def _limit_memory() -> None:
    if sys.platform != "win32":  # there only what the system itself refuses ends the child
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    _answer(sys.stdin.buffer, sys.stdout.buffer)
