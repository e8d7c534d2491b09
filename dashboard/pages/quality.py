"""数据质量: what was read, what is not counted and why, and when each town last reported."""

from dashboard import answers, intake_tables, listing, markup, registers, sentences, show
from queries import records

LISTS = {
    "refused": ("未计入的行", "改好原表后再报一次即可，已计入的不会重复", "每一行都已计入。"),
    "sources": ("各文件读入情况", "一个文件里的一块台账一行", "还没有读入文件。"),
    "warnings": ("有提醒的行", "已计入，但请核对", "没有提醒。"),
}

view = show.page("行 = 工作表里的一行数据")
lists = {kind: answers.listed(view.code, kind, view.as_of, view.filters) for kind in LISTS}
markup.message(sentences.intake(intake_tables.total(view, lists["sources"])))
applying = "截止日期、县区和乡镇" if registers.are_several(view.code) else "截止日期和乡镇"
markup.note(f"这一页说的是最近一次导入的全部台账；左侧的筛选里只有{applying}对它适用。")
intake_tables.counties(view)
intake_tables.towns(view)
intake_tables.reasons(view, lists["refused"], "未计入的行：为什么，怎么改")
intake_tables.reasons(view, lists["warnings"], "已计入但有提醒的行")
for kind, (name, hint, empty) in LISTS.items():
    markup.title(name, hint)
    listing.draw(view, lists[kind], records.titles(kind), kind, name, empty)
