"""Places on a page, in EMU, and how they are shared."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    left: int
    top: int
    width: int
    height: int

    def beside(self, shares: Sequence[float], gap: int) -> list["Place"]:
        """Places from left to right that share the width."""
        room = self.width - gap * (len(shares) - 1)
        widths = [int(room * share / sum(shares)) for share in shares]
        lefts = [self.left + sum(widths[:place]) + gap * place for place in range(len(shares))]
        return [Place(left, self.top, width, self.height) for left, width in zip(lefts, widths, strict=True)]

    def stacked(self, count: int, gap: int) -> list["Place"]:
        """So many places of one height, from top to bottom."""
        return [self.cell(row, 0, count, 1, gap) for row in range(count)]

    def cell(self, row: int, column: int, rows: int, columns: int, gap: int) -> "Place":
        """One place of a grid."""
        width = (self.width - gap * (columns - 1)) // columns
        height = (self.height - gap * (rows - 1)) // rows
        return Place(self.left + column * (width + gap), self.top + row * (height + gap), width, height)

    def below(self, height: int) -> "Place":
        """What is left under so much height."""
        return Place(self.left, self.top + height, self.width, self.height - height)
