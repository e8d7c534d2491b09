"""What can be taken into the meeting: each kind of file, its name, and what makes it."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from dashboard.export import book, powerpoint
from dashboard.export.word import assessment, bulletin, layout, notices
from dashboard.export.word.notices import Notice, Unit
from dashboard.view import View


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, what it is for, its ending, and what makes it of a view."""

    name: str
    purpose: str
    suffix: str
    make: Callable[[View], bytes]

    def file_name(self, view: View) -> str:
        """治本攻坚情况通报_2026-11-23.docx; of a few towns with their names."""
        towns = "、".join(view.filters.townships)
        return f"治本攻坚{self.name}{'_' + towns if towns else ''}_{view.as_of.isoformat()}{self.suffix}"


def _bulletin(view: View) -> bytes:
    return layout.document(bulletin.content(view), "情况通报")


def _assessment(view: View) -> bytes:
    return layout.document(assessment.content(view), "总结评估报告")


def _notices(view: View) -> bytes:
    return layout.document(notices.content(view, notices.notices(view)), "督办通知单")


def notices_by_unit(view: View, per: Unit = "institution") -> bytes:
    """A zip with a Word file for each unit."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _each(view, notices.notices(view, per)):
            archive.writestr(name, content)
    return target.getvalue()


def _each(view: View, shown: list[Notice]) -> Iterator[tuple[str, bytes]]:
    for place, notice in enumerate(shown, 1):
        content = layout.document(notices.content(view, [notice]), f"督办通知单 {notice.unit}")
        yield f"督办通知单_{place:02d}_{notice.unit}_{view.as_of.isoformat()}.docx", content


KINDS = {
    "pptx": Kind(
        "会议演示",
        "会上用的幻灯片，图表和表格可在 PowerPoint、WPS 里改，备注里有口径",
        ".pptx",
        powerpoint.presentation,
    ),
    "bulletin": Kind(
        "情况通报",
        "进展、各镇情况、逾期名单和下一步要求；黄色处由人审定",
        ".docx",
        _bulletin,
    ),
    "assessment": Kind(
        "总结评估报告",
        "对照方案逐条写明要求、完成、台账佐证和未到位的单位；黄色处由人审定",
        ".docx",
        _assessment,
    ),
    "notices": Kind(
        "督办通知单",
        "有逾期隐患或未整改重大隐患的机构各一份，一式两联，附回执",
        ".docx",
        _notices,
    ),
    "xlsx": Kind("数据总表", "全部指标和各类记录，一类一表", ".xlsx", book.workbook),
}
"""By the word `zhiben export` takes."""
