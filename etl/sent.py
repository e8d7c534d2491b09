"""Blocks on their way from the child to its parent, each text once: most fields are columns of the sheet."""

import io
import pickle
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO, NamedTuple

import polars as pl

from etl.blocks import Block, Unread

NEWEST = pl.CompatLevel.newest()


class Sent(NamedTuple):
    """A block without its frames. cells, rows: sheet_cells and the rows' own columns, as Arrow streams.

    shared: field to the heading in sheet_cells whose column it is.
    """

    block: Block
    cells: bytes
    rows: bytes
    shared: dict[str, str]


def send(blocks: Sequence[Block | Unread], stream: BinaryIO) -> None:
    """Write what `receive` reads."""
    pickle.dump([_sent(one) if isinstance(one, Block) else one for one in blocks], stream)
    stream.flush()


def receive(stream: BinaryIO) -> list[Block | Unread]:
    """Read what `send` wrote; raises EOFError or UnpicklingError where it breaks off."""
    answer: list[Sent | Unread] = pickle.load(stream)  # noqa: S301 - both sides are this program
    return [_received(one) if isinstance(one, Sent) else one for one in answer]


def _sent(block: Block) -> Sent:
    cells, rows = block.sheet_cells, block.rows
    shared = {
        name: heading
        for name, heading in block.headings.items()
        if heading in cells.columns and cells[heading].equals(rows[name])
    }
    bare = replace(block, sheet_cells=pl.DataFrame(), rows=pl.DataFrame())
    return Sent(bare, _written(cells), _written(rows.drop("row", *shared)), shared)


def _received(sent: Sent) -> Block:
    cells, own = pl.read_ipc_stream(sent.cells), pl.read_ipc_stream(sent.rows)
    columns = [
        cells[sent.shared[name]].alias(name) if name in sent.shared else own[name]
        for name in sent.block.headings
    ]
    return replace(sent.block, sheet_cells=cells, rows=pl.DataFrame([cells["row"], *columns]))


def _written(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc_stream(buffer, compat_level=NEWEST)
    return buffer.getvalue()
