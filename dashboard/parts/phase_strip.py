"""The four phases as one strip, as long as they last, with the tasks done and today marked."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import markup
from dashboard.tokens import JUDGEMENT_SIGNS
from dashboard.words import percent

Row = Mapping[str, Any]
LEAST = 248
"""Pixels a phase's words need to stay on their lines."""


def draw(phases: pl.DataFrame, address: str = "") -> None:
    """`phases`: [phase_name, from_on, to_on, is_begun, is_over, time_gone, done, asked, late]."""
    rows = list(phases.iter_rows(named=True))
    widths = " ".join(f"minmax({LEAST}px, {(row['to_on'] - row['from_on']).days + 1}fr)" for row in rows)
    cells = "".join(_phase(row) for row in rows)
    strip = (
        f'<div class="zb-strip"><div class="zb-phases" style="--as-they-last: {widths}">{cells}</div></div>'
    )
    markup.put(markup.link(strip, address, "看阶段进度") if address else strip)


def _phase(row: Row) -> str:
    done = share(row) or 0
    now = f'<span class="now" style="left: {row["time_gone"] * 100:.1f}%"></span>' if _is_running(row) else ""
    return (
        f'<div class="zb-phase"><div class="bar"><span class="done" style="width: {done * 100:.1f}%"></span>'
        f'{now}</div><div class="text"><b>{markup.text(row["phase_name"])}</b> '
        f'<span class="muted">{row["from_on"]:%Y-%m} 至 {row["to_on"]:%Y-%m}</span><br>'
        f"{_words(row)}</div></div>"
    )


def _words(row: Row) -> str:
    if not row["is_begun"]:
        return '<span class="muted">未开始</span>'
    words, judgement = judged(row)
    done = f"任务 {row['done']}/{row['asked']}，{percent(share(row), 0)}"
    return f'{done} <b class="{judgement}">{JUDGEMENT_SIGNS[judgement]} {words}</b>' if judgement else done


def share(row: Row) -> float | None:
    return row["done"] / row["asked"] if row["asked"] else None


def judged(row: Row) -> tuple[str, str | None]:
    """How a phase stands, in words, and what to think of it; nothing of one that has not begun."""
    left = row["asked"] - row["done"]
    if not row["is_begun"]:
        return "", None
    if not left:
        return "完成", "good"
    if row["is_over"]:
        return f"余 {left} 项", "warn"
    gap = (share(row) or 0) - row["time_gone"]
    return (f"落后时间 {-gap * 100:.0f} 个百分点", "alarm") if gap < 0 else ("不落后于时间", "good")


def _is_running(row: Row) -> bool:
    return bool(row["is_begun"] and not row["is_over"])
