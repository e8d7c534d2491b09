"""指标说明: every metric as the catalogue defines it, with the target in force."""

from dashboard import markup, metric_manual, show
from queries.cases_told import UNSAID

view = show.page()
markup.message("每个数字怎么算：一个指标只有一个定义，页面、导出和命令行用的是同一个")
markup.note(
    "所有数字都由事件日期推算到统计截止日期：此后发生的一概不看，同一天重看结果不变。"
    "没有可算的对象时显示“—”，不显示 0% 或 100%。标“存量”的指标不受时间范围筛选影响。"
)
markup.note(f"每个指标下面有一个手算的例子，测试按它核对。{UNSAID}")
metric_manual.draw(view)
