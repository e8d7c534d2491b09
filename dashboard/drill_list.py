"""Evacuation drills: how long they took, the longest first, and what came to light."""

from dashboard import answers, listing, markup
from dashboard.view import View
from dashboard.words import number
from queries import records

FIRST = ("township", "institution", "drilled_on", "evacuation_minutes")


def draw(view: View) -> None:
    rows = answers.listed(view.code, "drills", view.as_of, view.filters).where("is_evacuation")
    found = answers.tally(
        view.code,
        rows,
        drills="count(*)",
        timed="count(evacuation_minutes)",
        middle="median(evacuation_minutes)",
    )
    count, timed, middle = found.row(0)
    if not count:
        markup.title("没有疏散逃生演练记录")
        return
    said = f"疏散用时一半在 {number(middle)} 分钟以内" if timed else "都没有写疏散用时"
    tail = f"；{number(count - timed)} 次没有写用时" if timed and timed < count else ""
    markup.title(f"{number(count)} 次疏散逃生演练，{said}{tail}", "用时最长的在前，单位：分钟")
    longest = rows.ordered("evacuation_minutes desc nulls last, drilled_on, drill_id")
    every = records.titles("drills")
    titles = {name: every[name] for name in FIRST} | every
    listing.draw(view, longest, titles, "drills", "疏散演练", "没有疏散演练记录。")
