"""Who answers for what is overdue: persons with their homes and the longest delay."""

import polars as pl

from dashboard import markup
from dashboard.parts import plain_table
from dashboard.parts.cells import kept

MOST = 8
NOBODY = "未写责任人"


def draw(overdue: pl.DataFrame) -> None:
    """`overdue`: [responsible_person, institution, is_major, days_overdue]."""
    grouped = (
        overdue.group_by(pl.col("responsible_person").fill_null(NOBODY).alias("person"), "institution")
        .agg(pl.len().alias("count"), pl.col("is_major").sum().alias("majors"), pl.col("days_overdue").max())
        .sort(["majors", "count", "days_overdue", "institution"], descending=[True, True, True, False])
    )
    nobody = overdue["responsible_person"].null_count()
    message = f"{nobody} 处逾期隐患没有写责任人" if nobody else "每处逾期隐患都写明了责任人"
    markup.title(message, "按责任人，重大在前")
    if grouped.is_empty():
        markup.empty("没有逾期隐患。")
        return
    heads = ("责任人", "机构", "逾期（处）", "其中重大", "最长（天）")
    rows = [(kept(person), *rest) for person, *rest in grouped.head(MOST).iter_rows()]
    plain_table.draw("按责任人", heads, rows, numbers=(2, 3, 4))
    if grouped.height > MOST:
        markup.note(f"另有 {grouped.height - MOST} 人，见下方清单。")
