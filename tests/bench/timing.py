"""Two sides of one measure, timed in turn, so that whatever slows the machine slows both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Side = Callable[[], object]
ROUNDS = 15


@dataclass(frozen=True)
class Result:
    """One measure: our values and each peer's, round by round; milliseconds unless `unit` says otherwise.

    rows: how many one round of ours takes in.
    """

    part: str
    scale: str
    measure: str
    ours: Sequence[float]
    peers: Mapping[str, Sequence[float]]
    rows: int | None = None
    unit: str = "ms"

    def rows_per_second(self) -> int | None:
        return None if self.rows is None else round(self.rows * 1000 / median(self.ours))

    def ratios(self, peer: str) -> list[float]:
        return [mine / theirs for mine, theirs in zip(self.ours, self.peers[peer], strict=True)]

    def as_dict(self) -> dict[str, object]:
        """As contract.md has it; `spread`: the least and the most of what stands beside it."""
        peers = {name: self.peers[name] for name in self.peers}
        ratios = {name: self.ratios(name) for name in self.peers}
        return {
            "part": self.part,
            "scale": self.scale,
            "measure": self.measure,
            "unit": self.unit,
            "ours": median(self.ours),
            "peers": {name: median(values) for name, values in peers.items()},
            "ratios": {name: median(values) for name, values in ratios.items()},
            "spread": {
                "ours": _spread(self.ours),
                "peers": {name: _spread(values) for name, values in peers.items()},
                "ratios": {name: _spread(values) for name, values in ratios.items()},
            },
            **({} if self.rows is None else {"rows_per_second": self.rows_per_second()}),
        }


def _spread(values: Sequence[float]) -> list[float]:
    return [min(values), max(values)]


def compare(part: str, scale: str, measure: str, ours: Side, rounds: int = ROUNDS, **peers: Side) -> Result:
    """Time all sides in turn, after a round that does not count."""
    return race(part, scale, measure, {"ours": ours, **peers}, rounds)


def race(
    part: str,
    scale: str,
    measure: str,
    sides: Mapping[str, Side],
    rounds: int,
    rows: int | None = None,
    warm_up: int = 1,
) -> Result:
    """Time the sides, `ours` among them, in turn, after the rounds of warm_up, which do not count."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(rounds + warm_up):
        for name, side in sides.items():
            taken = _milliseconds(side)
            if turn >= warm_up:
                times[name].append(taken)
    return Result(part, scale, measure, times.pop("ours"), times, rows)


def _milliseconds(side: Side) -> float:
    start = perf_counter()
    side()
    return (perf_counter() - start) * 1000
