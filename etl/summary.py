"""A report in a few lines of Chinese, for the terminal."""

from typing import Any

from etl.ledgers import LEDGERS
from etl.report import Report

SHOWN = 20


def summary(report: Report) -> str:
    """What was read, taken, merged, refused; the files left out; the first refusals."""
    lines = [_headline(report), *_kinds(report), *_left_out(report), *_refusals(report)]
    return "\n".join(lines)


def _headline(report: Report) -> str:
    counts = report.counts()
    state = "已发布" if report.is_published else "未发布新的构建"
    return f"统计截止 {report.as_of}，构建 {report.build}，{state}。{_counted(counts)}"


def _counted(counts: dict[str, int]) -> str:
    return (
        f"读到 {counts['read']} 行：计入 {counts['taken']}，并入 {counts['merged']}，"
        f"未计入 {counts['refused']}；有提醒 {counts['warned']} 行。"
    )


def _kinds(report: Report) -> list[str]:
    kinds = report.as_dict()["kinds"]
    return [f"  {LEDGERS[kind].name}：{_counted(counts)}" for kind, counts in kinds.items() if counts["read"]]


def _left_out(report: Report) -> list[str]:
    unread = [file for file in report.as_dict()["files"] if file["reason"]]
    return [f"未读入：{_place(file)}：{file['reason']}" for file in unread]


def _place(entry: dict[str, Any]) -> str:
    return " ".join(filter(None, (entry["path"], entry["sheet"])))


def _refusals(report: Report) -> list[str]:
    refusals = report.refusals()
    told = [f"未计入：{_place(entry)} 第{entry['row']}行：{entry['message']}" for entry in refusals[:SHOWN]]
    more = len(refusals) - len(told)
    return [*told, f"另有 {more} 条，用 --refused 文件.xlsx 全部列出。"] if more else told
