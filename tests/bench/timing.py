"""Two sides of one measure, timed in turn, so that whatever slows the machine slows both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Side = Callable[[], object]
ROUNDS = 15


@dataclass(frozen=True)
class Result:
    """One measure: our times and each peer's in milliseconds, round by round."""

    part: str
    scale: str
    measure: str
    ours: Sequence[float]
    peers: dict[str, Sequence[float]]

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
        }


def compare(part: str, scale: str, measure: str, ours: Side, rounds: int = ROUNDS, **peers: Side) -> Result:
    """Time both sides in turn, after a round that does not count."""
    sides = {"ours": ours, **peers}
    times: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(rounds + 1):
        for name, side in sides.items():
            taken = _milliseconds(side)
            if turn:
                times[name].append(taken)
    return Result(part, scale, measure, times.pop("ours"), dict(times))


def _milliseconds(side: Side) -> float:
    start = perf_counter()
    side()
    return (perf_counter() - start) * 1000


def table(results: Sequence[Result]) -> str:
    """A Markdown table, the ratio first: ours / peer, its median, least and most."""
    lines = [
        "| measure | scale | peer | ours / peer (min–max) | ours, ms | peer, ms |",
        "|---|---|---|---|---|---|",
    ]
    for result in results:
        ours = f"{median(result.ours):.1f}"
        if not result.peers:
            lines.append(f"| {result.measure} | {result.scale} | — | — | {ours} | — |")
        for peer, times in result.peers.items():
            ratios = result.ratios(peer)
            spread = f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
            lines.append(
                f"| {result.measure} | {result.scale} | {peer} | {spread} | {ours} | {median(times):.1f} |"
            )
    return "\n".join(lines)
