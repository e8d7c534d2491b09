"""Counties whose ledgers have not kept up with the day shown: their figures are older than they look."""

from datetime import date, timedelta

from dashboard import answers, registers
from dashboard.view import View
from dashboard.words import names, short_day

MOST_NAMES = 3


def counties(view: View) -> dict[str, date]:
    """Of several counties, those looked at that are known up to a day well before the one shown."""
    known = registers.known_to(view.code)
    last = view.as_of - timedelta(days=answers.setting(view.code, "stale_days"))
    return {name: known[name] for name in view.counties if known[name] < last} if len(known) > 1 else {}


def words(view: View) -> str:
    """示例市的数据没有更新到这一天，最早的到 09-30; nothing where all have kept up."""
    late = counties(view)
    if not late:
        return ""
    oldest = short_day(min(late.values()), view.as_of)
    return f"{names([*late], MOST_NAMES)}的数据没有更新到这一天，最早的到 {oldest}"


def sentence(view: View) -> str:
    """The same for a document's paragraph."""
    said = words(view)
    return f"其中{said}，各数按已有台账计算。" if said else ""
