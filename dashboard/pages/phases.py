"""阶段进度: are the four phases on course, who is behind, what the records do not bear out."""

from dashboard import answers, heat, markup, outlook, picking, sentences, show, task_list
from dashboard.parts import phase_strip

view = show.page("项 = 一个单位的一项任务")
phases = answers.phase_tasks(view.code, view.as_of, view.filters)

markup.message(sentences.phases(phases.to_dicts()))
show.not_applicable(view, "phase_progress", "tasks_overdue")
phase_strip.draw(phases)
outlook.draw(view)
picks, names = picking.read(view, ("phase_progress", view.by, "phase")), answers.names(view.code, "phase")
picking.chips(picks, names)
task_list.phase_table(view, phases)
task_list.behind(view)
heat.draw(picks, "phase_progress", "phase", names)
task_list.unsupported(view)
show.records_behind(picks, "phase_progress", "阶段任务清单", names)
