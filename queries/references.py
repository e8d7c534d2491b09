"""What one part of the plan says of another must hold: names that exist, days in order, nothing twice."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from queries.catalog import Metric, catalog
from queries.checked import DefinitionError
from queries.parts import Campaign, Threshold


def check(campaign: Campaign, place: str) -> None:
    """Raise DefinitionError with every contradiction of the plan, one a line, in Chinese."""
    found = [problem for rule in RULES for problem in rule(campaign)]
    if found:
        raise DefinitionError("\n".join(f"{place}：{problem}" for problem in found))


def _phases_of_tasks(campaign: Campaign) -> Iterator[str]:
    phases = {phase.phase for phase in campaign.phases}
    for task in campaign.tasks:
        if task.phase not in phases:
            yield f"任务 {task.task} 的阶段 {task.phase} 不存在；可用：{'、'.join(sorted(phases))}"


def _days_in_order(campaign: Campaign) -> Iterator[str]:
    spans: list[tuple[str, date, date]] = [
        ("行动", campaign.outline.from_on, campaign.outline.to_on),
        *((f"阶段 {phase.phase}", phase.from_on, phase.to_on) for phase in campaign.phases),
        *((f"活动 {one.activity}", one.from_on, one.to_on) for one in campaign.activities if one.to_on),
    ]
    for name, from_on, to_on in spans:
        if from_on > to_on:
            yield f"{name} 的首日 {from_on} 晚于末日 {to_on}"


def _at_least_once(campaign: Campaign) -> Iterator[str]:
    for rule in campaign.duties:
        if rule.minimum < 1:
            told = f"应为 1 以上，实为 {rule.minimum}；不再要求请写 enabled = false"
            yield f"职责 {rule.duty}（{rule.from_on}）的 minimum {told}"


def _nothing_twice(campaign: Campaign) -> Iterator[str]:
    yield from _twice("阶段", (phase.phase for phase in campaign.phases))
    yield from _twice("条款", (clause.clause for clause in campaign.clauses))
    yield from _twice("任务", (task.task for task in campaign.tasks))
    yield from _twice("督办规则", (action.action for action in campaign.actions))
    in_force = (f"{rule.duty}（{rule.from_on}）" for rule in campaign.duties if rule.is_enabled)
    yield from _twice("同日启用的职责", in_force)
    yield from _twice("活动", (f"{one.activity}（{one.unit_code}）" for one in campaign.activities))
    yield from _twice("同日生效的阈值", (f"{each.metric}（{each.from_on}）" for each in campaign.thresholds))


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    yield from (f"{what} {name} 出现 {count} 次" for name, count in Counter(names).items() if count > 1)


def _thresholds_fit(campaign: Campaign) -> Iterator[str]:
    metrics = catalog()
    for threshold in campaign.thresholds:
        metric = metrics.get(threshold.metric)
        if metric is None:
            yield f"阈值的指标 {threshold.metric} 不存在；可用：{'、'.join(metrics)}"
        elif metric.summary == "count" or metric.good == "neither":
            yield f"指标 {threshold.metric} 是计数或没有好坏之分，不设阈值"
        elif not _is_in_order(metric, threshold):
            yield f"指标 {threshold.metric} 的 target、warn、alarm 次序与 good = {metric.good} 不符"


def _is_in_order(metric: Metric, threshold: Threshold) -> bool:
    marks = [threshold.alarm, threshold.warn, threshold.target]
    return marks == sorted(marks, reverse=metric.good == "low")


RULES: tuple[Callable[[Campaign], Iterator[str]], ...] = (
    _phases_of_tasks,
    _at_least_once,
    _days_in_order,
    _nothing_twice,
    _thresholds_fit,
)
