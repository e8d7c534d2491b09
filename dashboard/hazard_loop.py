"""One hazard's whole loop: found, reported, deadline, extended, rectified, verified; all that is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard import answers, hazard_link, markup, units
from dashboard.markup import Html
from dashboard.parts import facts, plain_table, steps
from dashboard.parts.cells import kept, wide
from dashboard.parts.steps import Step
from dashboard.view import View
from dashboard.words import day, number
from queries.standard import clause

Row = Mapping[str, Any]

ONE = "from hazards_as_of($as_of) where hazard_id = $hazard_id"
BEFORE = """
    from hazards_as_of($as_of)
    where
        institution_id = $institution_id and area = $area and kind = $kind and found_on < $found_on
        and rectified_on between $found_on - recurrence_days() and $found_on
    order by found_on
"""
NEEDED = {
    "tracker": "督办人",
    "responsible_unit": "责任单位",
    "responsible_person": "责任人",
    "measures": "整改措施",
    "deadline_on": "整改时限",
}
"""What makes a ledger entry complete (方案四（二）)."""


def read(view: View, hazard_id: int) -> Row:
    return answers.ask(view.code, ONE, as_of=view.as_of, hazard_id=hazard_id).row(0, named=True)


def loop(view: View, row: Row) -> None:
    steps.draw("整改过程", course(row, view.as_of, int(answers.setting(view.code, "prompt_days"))))


def course(row: Row, as_of: date, prompt_days: int) -> list[Step]:
    """The steps a hazard has taken as known on a day, and those still ahead of it."""
    found = Step("发现", day(row["found_on"]), row["source"] or "来源未写", "done")
    extended = [_extended(row)] if row["extended_to"] else []
    reported = [_reported(row, as_of, prompt_days)] if row["is_major"] or row["reported_on"] else []
    return [found, *reported, _deadline(row), *extended, _rectified(row), _verified(row, as_of)]


def _reported(row: Row, as_of: date, prompt_days: int) -> Step:
    if row["is_found_by_county"]:
        return Step("上报县局", day(row["found_on"]), "县局发现，视同当日上报", "done")
    if row["reported_on"] is None:
        waited = (as_of - row["found_on"]).days
        return Step("上报县局", "未上报", f"已 {waited} 天", "alarm" if waited > prompt_days else "ahead")
    took = (row["reported_on"] - row["found_on"]).days
    late = row["is_major"] and took > prompt_days
    return Step("上报县局", day(row["reported_on"]), _after(took), "late" if late else "done")


def _deadline(row: Row) -> Step:
    if row["deadline_on"] is None:
        return Step("整改时限", "未写", "没有时限，不会显示为逾期", "late")
    given = (row["deadline_on"] - row["found_on"]).days
    return Step("整改时限", day(row["deadline_on"]), f"限 {given} 天", "done")


def _extended(row: Row) -> Step:
    approved = f"{row['extension_approved_on']} 批准" if row["extension_approved_on"] else "未写批准日期"
    times = f"，第 {row['extensions']} 次" if row["extensions"] else ""
    return Step("延期至", day(row["extended_to"]), f"{approved}{times}", "late")


def _rectified(row: Row) -> Step:
    if row["is_overdue"]:
        return Step("整改完成", "未整改", f"逾期 {row['days_overdue']} 天", "alarm")
    if not row["is_rectified"]:
        left = row["days_to_due"]
        words = "没有时限" if left is None else "今天到期" if left == 0 else f"还有 {left} 天到期"
        return Step("整改完成", "未整改", words, "ahead")
    late = (row["rectified_on"] - row["due_on"]).days if row["due_on"] else 0
    words = f"用时 {row['days_taken']} 天" + (f"，晚 {late} 天" if late > 0 else "")
    return Step("整改完成", day(row["rectified_on"]), words, "late" if late > 0 else "done")


def _verified(row: Row, as_of: date) -> Step:
    if row["is_verified"]:
        took = (row["verified_on"] - row["rectified_on"]).days if row["rectified_on"] else 0
        return Step("复查销号", day(row["verified_on"]), f"整改后 {took} 天", "done")
    waited = f"已等 {(as_of - row['rectified_on']).days} 天" if row["is_rectified"] else ""
    return Step("复查销号", "未销号", waited, "ahead")


def _after(days: int) -> str:
    return "当日上报" if days == 0 else f"发现后 {days} 天"


def known(view: View, row: Row) -> None:
    """Everything the ledger says of it, and the standard's words it falls under."""
    facts.draw(
        [
            ("机构", units.home(view, row["institution"], row["township"])),
            ("乡镇", units.town(view, row["township"])),
            ("环节", row["area"]),
            ("隐患类别", row["kind"]),
            ("成因", row["cause"]),
            ("责任单位", row["responsible_unit"]),
            ("责任人", row["responsible_person"]),
            ("督办人", row["tracker"]),
            ("隐患编号", row["hazard_number"]),
            ("台账", _gaps(row)),
            ("判定依据", _judged_by(row)),
            ("整改措施", row["measures"]),
            ("整改期间的管控措施", row["interim_control"]),
            ("备注", row["remark"]),
        ]
    )


def _gaps(row: Row) -> str:
    missing = [name for column, name in NEEDED.items() if row[column] is None]
    return f"不完整，缺{'、'.join(missing)}" if missing else "完整"


def _judged_by(row: Row) -> str:
    if not row["judgement_clause"]:
        return "未写判定依据" if row["is_major"] else "一般隐患，不需要"
    found = clause(row["judgement_clause"])
    return f"{row['judgement_clause']}　{found.aspect}：{found.text}" if found else row["judgement_clause"]


def came_back(view: View, row: Row) -> None:
    """Where the root is still there: earlier hazards of the same area and kind, put right shortly before."""
    if not row["is_recurrence"]:
        return
    asked = {name: row[name] for name in ("institution_id", "area", "kind", "found_on")}
    before = answers.ask(view.code, BEFORE, as_of=view.as_of, **asked)
    markup.title(
        f"反复：此前 {before.height} 处同类隐患整改后，这里又出现",
        f"同一机构、同一环节、同一类别，整改后 {answers.setting(view.code, 'recurrence_days'):g} 天内",
    )
    rows = [
        (linked(view, each), kept(each["found_on"]), kept(each["rectified_on"]), each["cause"])
        for each in before.iter_rows(named=True)
    ]
    plain_table.draw("此前的同类隐患", ("隐患", "发现", "整改完成", "成因"), rows)


def linked(view: View, row: Row) -> Html:
    """A hazard by its words, leading to its own page; a major one says so."""
    major = f'<b class="major">{markup.text(row["severity"])}</b> ' if row["is_major"] else ""
    words = markup.link(markup.text(row["description"]), hazard_link.address(view, row))
    return Html(f'<div class="wide">{major}{words}</div>')


def sources(view: View, row: Row) -> None:
    """The rows of the ledgers it came from, as the offices sent them."""
    rows = answers.sources(view.code, "hazards", row["hazard_id"])
    merged = rows.height - 1
    markup.title(
        f"出自 {number(rows.height)} 行台账" if merged > 0 else "出自哪一行台账",
        "以标“计入”的一行为准，其余并入" if merged > 0 else "",
    )
    _source_table(rows)


def _source_table(rows: pl.DataFrame) -> None:
    lines = [
        (
            wide(row["path"]),
            row["sheet"],
            number(row["row_number"]),
            kept(day(row["reported_on"])),
            "计入" if row["is_winning"] else "并入",
        )
        for row in rows.iter_rows(named=True)
    ]
    plain_table.draw("来源", ("文件", "工作表", "行号", "填报日期", "怎样计入"), lines, numbers=(2,))
