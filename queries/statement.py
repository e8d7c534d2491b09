"""The SQL of a figure: a metric's rows, filtered, grouped by dimensions, summarised."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from queries.catalog import Metric
from queries.filters import Filters, conditions
from queries.summaries import FIGURES, curve_steps

ORDER = {
    "township": "township_id",
    "institution": "institution_id",
    "age": "days_overdue",
    "phase": "phase_from",
    "duty": "duty_rank",
    "period": "period_from",
}
"""The column that puts a dimension's groups in their natural order; elsewhere the words themselves do."""

DAYS = "(select unnest($days) as day) as trend_days"


@dataclass(frozen=True)
class Figure:
    """A metric broken down by dimensions, on one day ($as_of) or as a trend ($days).

    `columns` are those its macro returns: they say what can be filtered.
    """

    metric: Metric
    columns: Collection[str]
    by: tuple[str, ...]
    filters: Filters
    is_trend: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        return ("day", *self.by) if self.is_trend else self.by

    def population(self) -> str:
        """Build the SQL of the metric's rows, filtered."""
        code = self.metric.code
        if self.is_trend:
            known = f"lateral (select *, from {code}(trend_days.day)) as known"
            source = f"select trend_days.day, known.*, from {DAYS}, {known}"
        else:
            source = f"select *, from {code}($as_of)"
        kept = [
            *conditions(self.columns, self.filters, is_stock=self.metric.stock),
            *self._closed_periods(),
        ]
        return source + (f" where {' and '.join(kept)}" if kept else "")

    def select(self) -> str:
        """Build the SQL of [metric, *groups, numerator, denominator, value], and `order_…` for each group."""
        keys = "".join(f"{name}, " for name in self.groups)
        orders = "".join(f"min({ORDER.get(name, name)}) as order_{name}, " for name in self.groups)
        last = "curve" if self.metric.summary == "survival_median" else "padded"
        return (
            f"with {self._steps()} select '{self.metric.code}' as metric, {keys} "
            f"{FIGURES[self.metric.summary]} {orders} from {last} {_group_by(self.groups)}"
        )

    def curve(self) -> str:
        """Build the SQL of a survival median's whole curve: [*by, days_taken, events, …, surviving]."""
        orders = [
            f"{name} nulls last" for each in self.by for name in dict.fromkeys((ORDER.get(each, each), each))
        ]
        ordered = ", ".join([*orders, "days_taken"])
        keys = "".join(f"{name}, " for name in self.groups)
        return (
            f"with {self._steps()} select {keys} days_taken, events, leaving, at_risk, surviving, "
            f"from curve where leaving > 0 order by {ordered}"
        )

    def _steps(self) -> str:
        steps = [f"population as ({self.population()})", f"padded as ({self._padded()})"]
        if self.metric.summary == "survival_median":
            steps.append(curve_steps(self.groups, [ORDER[name] for name in self.by if name in ORDER]))
        return ", ".join(steps)

    def _closed_periods(self) -> list[str]:
        return ["not is_running"] if self.metric.running_apart and "period" not in self.by else []

    def _padded(self) -> str:
        counted = "select *, true as is_counted, from population"
        spaces = self._spaces()
        if not spaces:
            return counted
        return (
            f"{counted} union all by name select *, false as is_counted, from {' cross join '.join(spaces)}"
        )

    def _spaces(self) -> list[str]:
        """Name what must appear though nothing was counted: each day of a trend, each township.

        Crossed with the groups of the other dimensions that do occur; not with institutions and units, as
        each of those has a town of its own.
        """
        every_town = "township" in self.by and not {"institution", "unit"} & {*self.by}
        spaces = [*([DAYS] if self.is_trend else []), *([self._towns()] if every_town else [])]
        others = [name for name in self.by if not (every_town and name == "township")]
        if spaces and others:
            columns = dict.fromkeys(column for name in others for column in (name, ORDER.get(name, name)))
            spaces.append(f"(select distinct {', '.join(columns)}, from population) as others")
        return spaces

    def _towns(self) -> str:
        kept = "where list_contains($filter_townships, township)" if self.filters.townships else ""
        return f"(select township, township_id, from townships {kept}) as towns"


def _group_by(groups: Sequence[str]) -> str:
    return f"group by {', '.join(groups)}" if groups else ""


def in_one_statement(figures: Sequence[Figure]) -> str:
    """Build one statement for figures with the same groups: in the order given, groups in natural order."""
    groups = figures[0].groups
    codes = ", ".join(f"'{figure.metric.code}'" for figure in figures)
    orders = [f"order_{name} nulls last, {name} nulls last" for name in groups]
    keys = "".join(f"{name}, " for name in groups)
    return (
        f"with figures as ({' union all by name '.join(f'({each.select()})' for each in figures)}) "
        f"select metric, {keys} numerator, denominator, value, from figures "
        f"order by {', '.join([f'list_position([{codes}], metric)', *orders])}"
    )
