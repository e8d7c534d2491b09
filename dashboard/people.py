"""Who answers for what is overdue: persons with their homes and the longest delay."""

from dashboard import answers, markup
from dashboard.parts import plain_table
from dashboard.parts.cells import kept
from dashboard.view import View
from dashboard.words import number

MOST = 8
NOBODY = "未写责任人"


def draw(view: View) -> None:
    """Who has most major hazards overdue, then who has most, then who has had them longest."""
    overdue = answers.behind(view.code, "overdue", view.as_of, view.filters)
    named = overdue.with_column("person", "coalesce(responsible_person, $nobody)", nobody=NOBODY)
    grouped = answers.tally(
        view.code,
        named,
        ("person", "institution"),
        "majors desc, overdue desc, days desc, institution, person",
        MOST,
        overdue="count(*)",
        majors="count(*) filter (is_major)",
        days="max(days_overdue)",
        people="count(*) over ()",
    )
    without = overdue.where("responsible_person is null")
    nobody = answers.count(view.code, without)
    message = f"{number(nobody)} 处逾期隐患没有写责任人" if nobody else "每处逾期隐患都写明了责任人"
    markup.title(message, "按责任人，重大在前")
    if grouped.is_empty():
        markup.empty("没有逾期隐患。")
        return
    heads = ("责任人", "机构", "逾期（处）", "其中重大", "最长（天）")
    rows = [(kept(person), *rest) for person, *rest in grouped.drop("people").iter_rows()]
    plain_table.draw("按责任人", heads, rows, numbers=(2, 3, 4))
    if grouped["people"][0] > MOST:
        markup.note(f"另有 {number(grouped['people'][0] - MOST)} 人，见下方清单。")
