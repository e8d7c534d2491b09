"""How it looks: the one place colours and typefaces are named (dashboard.md, "How it looks")."""

INK = "#1b1f24"
MUTED = "#5b6470"
RULE = "#e3e6ea"
ACCENT = "#1f5a96"
PAPER = "#ffffff"

GENERAL = "#6b7683"
MAJOR = "#9b1c31"

FONT = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Noto Sans SC, sans-serif"

JUDGEMENT_COLOURS = {"good": "#1b7f4b", "warn": "#9a6700", "alarm": "#b42318"}
JUDGEMENT_SIGNS = {"good": "✓", "warn": "▲", "alarm": "●"}
JUDGEMENT_WORDS = {"good": "达标", "warn": "关注", "alarm": "落后"}

AMOUNTS = ("#f4f7fb", "#d9e5f1", "#b3cae2", "#85a9cf", "#4676aa", "#1f5a96")
"""Light to dark: the more of it, the darker."""

BAD_AMOUNTS = ("#ffffff", "#fdf0e3", "#f9d9b5", "#f2bd82", "#e69a45", "#ac5e0d")
"""White to dark orange: amounts that are bad."""

RUNNING = "#85a9cf"
"""The outline of what is still running: a hollow mark, not judged yet."""

HATCH = "#d3d9e0"
"""The strokes of a cell where there is nothing to count."""

INTERVAL = "#8093a8"


def shade(sequence: tuple[str, ...], share: float) -> str:
    """The colour of a share (0–1) on a sequence."""
    steps = len(sequence) - 1
    return sequence[min(steps, max(0, round(share * steps)))]


def ink_on(background: str) -> str:
    """Ink that reads on a background: white on the darkest colours of each sequence."""
    return PAPER if background in {AMOUNTS[-1], AMOUNTS[-2], BAD_AMOUNTS[-1]} else INK
