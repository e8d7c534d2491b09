"""数据质量: what was read, what is not counted and why, and when each town last reported."""

from dashboard import answers, intake_tables, markup, sentences, show, table
from queries import records

view = show.page("行 = 工作表里的一行数据")
files = answers.table(view.code, "sources", view.as_of)
markup.message(sentences.intake(files.to_dicts()))
intake_tables.towns(view)
intake_tables.reasons(view, "refused_rows", "未计入的行：为什么，怎么改")
intake_tables.reasons(view, "warned_rows", "已计入但有提醒的行")
for kind, name, empty in (
    ("refused", "未计入的行", "每一行都已计入。"),
    ("sources", "各文件读入情况", "还没有读入文件。"),
    ("warnings", "有提醒的行", "没有提醒。"),
):
    markup.title(name, "改好原表后再报一次即可，已计入的不会重复")
    frame = answers.table(view.code, kind, view.as_of)
    table.draw(frame, records.titles(kind), kind, f"{name}_{view.as_of:%Y-%m-%d}", empty)
