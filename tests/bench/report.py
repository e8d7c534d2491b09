"""What was measured, as Markdown tables: all of it, and for the README what is to be reached."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.targets import Entry, Target, targets

HEAD = (
    "measure",
    "scale",
    "peer",
    "ours / peer (least–most)",
    "ours",
    "peer's",
    "unit",
    "rows/s",
)
README_HEAD = ("量什么", "对照", "本产品 ÷ 对照", "目标", "达到", "本产品", "对照的")
BEGIN, END = "<!-- make bench: 自此 -->", "<!-- make bench: 至此 -->"
PEERS = {
    "naive": "每次重读（pandas＋openpyxl）",
    "express": "Streamlit＋plotly.express",
    "usual": "Streamlit 通常写法",
    "local": "同样数据的本机文件",
    "dash": "Dash",
    "floor": "裸底线（Starlette＋Plotly.react）",
    "pandas": "pandas",
}
UNITS = {"ms": "毫秒", "bytes": "字节", "people": "人", "MB": "MB", "queries": "次"}
UNMEASURED = "未量"


def table(entries: Sequence[Entry]) -> str:
    """Every measure beside each of its peers, the ratio first."""
    return _markdown(HEAD, (row for entry in entries for row in _rows(entry)))


def _rows(entry: Entry) -> Iterator[Sequence[str]]:
    spread, speed = entry["spread"], entry.get("rows_per_second")
    ours = _spread(entry["ours"], spread["ours"])
    last = (entry["unit"], "—" if speed is None else f"{speed:,}")
    for peer, value in entry["peers"].items():
        ratio = _spread(entry["ratios"][peer], spread["ratios"][peer])
        theirs = _spread(value, spread["peers"][peer])
        yield entry["measure"], entry["scale"], peer, ratio, ours, theirs, *last
    if not entry["peers"]:
        yield entry["measure"], entry["scale"], "—", "—", ours, "—", *last


def _spread(value: float, ends: Sequence[float]) -> str:
    return f"{_number(value)} ({_number(ends[0])}–{_number(ends[1])})"


def _number(value: float) -> str:
    """Three figures, however large or small."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def readme_table(entries: Sequence[Entry]) -> str:
    """One row a target, in the reader's language."""
    return _markdown(README_HEAD, (_readme_row(target, target.entry(entries)) for target in targets()))


def _readme_row(target: Target, entry: Entry | None) -> Sequence[str]:
    peer = PEERS[target.peer] if target.peer else "—"
    if entry is None:
        return target.says, peer, UNMEASURED, _aim(target, ""), "—", UNMEASURED, "—"
    unit = "" if target.of == "rows_per_second" else UNITS[entry["unit"]]
    value = target.value(entry)
    ours = f"{_number(value if target.peer is None else entry['ours'])} {unit}".strip()
    theirs = f"{_number(entry['peers'][target.peer])} {unit}" if target.peer else "—"
    ratio = _spread(value, entry["spread"]["ratios"][target.peer]) if target.peer else "—"
    reached = "是" if target.is_reached(entry) else "**否**"
    return target.says, peer, ratio, _aim(target, unit), reached, ours, theirs


def _aim(target: Target, unit: str) -> str:
    sign, limit = ("≤", target.most) if target.most is not None else ("≥", target.least)
    told = f"{limit:,g}" if limit else ""
    return f"{sign} {told} {'' if target.peer else unit}".strip()


def _markdown(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_into(readme: Path, entries: Sequence[Entry], machine: str) -> None:
    """Put the table between the two marks; what is written around them stays. ValueError without them."""
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{readme} lacks {BEGIN} … {END}")
    table = f"{BEGIN}\n{machine}\n\n{readme_table(entries)}\n{END}"
    readme.write_text(before + table + after, encoding="utf-8")
