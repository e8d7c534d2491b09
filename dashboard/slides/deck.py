"""The slides of a meeting, in order; the filters apply, so a town's meeting gets the town's slides."""

from collections.abc import Callable, Iterator

from dashboard.slides import changes, decide, duties, kinds, late, standing, training, units
from dashboard.slides.parts import Slide
from dashboard.view import View

PARTS: tuple[Callable[[View], Iterator[Slide]], ...] = (
    standing.cover,
    standing.figures,
    standing.phases,
    units.matrix,
    units.rates,
    late.slides,
    duties.slides,
    training.slides,
    kinds.slides,
    changes.slides,
    decide.slides,
)


def deck(view: View) -> list[Slide]:
    """All slides of a view: those that run on over several pages say so."""
    return [slide for part in PARTS for slide in part(view)]
