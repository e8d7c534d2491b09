"""逐条查验: the plan's tasks and duties clause by clause: asked, done, on time, borne out, by whom not."""

from dashboard import checklist, clause_table, markup, show

view = show.page("项 = 一个单位的一项任务，期 = 一家机构的一个周期")
rows = checklist.items(view.code, view.as_of, view.filters).to_dicts()
markup.message(checklist.headline(rows))
show.not_applicable(view, "phase_progress", "self_check_rate")
markup.note(
    "对照方案第四、五部分，逐条列出要求了什么、要求多少单位、完成和按期多少、台账记录支持不支持、"
    "哪些单位未到位。尚未开始的阶段不列；结论取完成与佐证中较差的一个。"
    "可直接打印成 A4（Ctrl+P），名单自动展开。"
)
if rows:
    clause_table.overview(rows)
    failing = checklist.shortfalls(view, rows)
    for part in clause_table.by_clause(rows).values():
        clause_table.clause(view, part, failing)
else:
    markup.empty("换一个统计截止日期，或放宽左侧筛选。")
