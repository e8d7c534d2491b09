"""Two sides of one measure, timed in turn, so that whatever slows the machine slows both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Side = Callable[[], object]
ROUNDS = 15


@dataclass(frozen=True)
class Result:
    """One measure: our times and each peer's in milliseconds, round by round.

    rows: how many one round of ours takes in.
    """

    part: str
    scale: str
    measure: str
    ours: Sequence[float]
    peers: Mapping[str, Sequence[float]]
    rows: int | None = None

    def rows_per_second(self) -> int | None:
        return None if self.rows is None else round(self.rows * 1000 / median(self.ours))

    def ratios(self, peer: str) -> list[float]:
        return sorted(mine / theirs for mine, theirs in zip(self.ours, self.peers[peer], strict=True))

    def as_dict(self) -> dict[str, object]:
        return {
            "part": self.part,
            "scale": self.scale,
            "measure": self.measure,
            "unit": "ms",
            "ours": median(self.ours),
            "peers": {name: median(times) for name, times in self.peers.items()},
            "ratios": {name: median(self.ratios(name)) for name in self.peers},
            **({} if self.rows is None else {"rows_per_second": self.rows_per_second()}),
        }


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
    return Result(part, scale, measure, times.pop("ours"), dict(times), rows)


def _milliseconds(side: Side) -> float:
    start = perf_counter()
    side()
    return (perf_counter() - start) * 1000


def table(results: Sequence[Result]) -> str:
    """A Markdown table, the ratio first: ours / peer, its median, least and most."""
    lines = [
        "| measure | scale | peer | ours / peer (min–max) | ours, ms | peer, ms | rows/s |",
        "|---|---|---|---|---|---|---|",
    ]
    for result in results:
        ours = f"{median(result.ours):.1f}"
        speed = "—" if result.rows is None else f"{result.rows_per_second():,}"
        if not result.peers:
            lines.append(f"| {result.measure} | {result.scale} | — | — | {ours} | — | {speed} |")
        for peer, times in result.peers.items():
            ratios = result.ratios(peer)
            spread = f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
            lines.append(
                f"| {result.measure} | {result.scale} | {peer} | {spread} | {ours} | {median(times):.1f} "
                f"| {speed} |"
            )
    return "\n".join(lines)
