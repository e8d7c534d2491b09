"""How the rows of a group become a figure: numerator, denominator, value."""

from collections.abc import Sequence

SHARE = """
    count(*) filter (where numerator) as numerator,
    count(*) filter (where is_counted) as denominator,
    count(*) filter (where numerator) / nullif(count(*) filter (where is_counted), 0) as value,"""

RATIO = """
    coalesce(sum(numerator), 0)::bigint as numerator,
    coalesce(sum(denominator), 0)::bigint as denominator,
    sum(numerator) / nullif(sum(denominator), 0) as value,"""

COUNT = """
    null::bigint as numerator,
    null::bigint as denominator,
    (count(*) filter (where is_counted))::double as value,"""

# The margin is for products such as 3/4 * 2/3, which need not be 0.5 in floating point.
SURVIVAL_MEDIAN = """
    coalesce(sum(events), 0)::bigint as numerator,
    coalesce(sum(leaving), 0)::bigint as denominator,
    (min(days_taken) filter (where surviving <= 0.5 + 1e-9))::double as value,"""

FIGURES = {"share": SHARE, "ratio": RATIO, "count": COUNT, "survival_median": SURVIVAL_MEDIAN}
"""The select list of each way to summarise; is_counted is false for rows that only make a group appear."""

MADE_OF = {
    "share": ("numerator",),
    "ratio": ("numerator", "denominator"),
    "count": (),
    "survival_median": ("days_taken", "is_event"),
}
"""The columns of a metric's rows that each way to summarise looks at."""


def curve_steps(groups: Sequence[str], kept: Sequence[str]) -> str:
    """Build the Kaplan–Meier curve of each group of the step `padded`, as further steps ending in `curve`.

    One row per group and length: [*groups, *kept, days_taken, events, leaving, at_risk, surviving].
    """
    keys = "".join(f"{name}, " for name in groups)
    least = "".join(f"min({name}) as {name}, " for name in kept)
    within = f"partition by {', '.join(groups)}" if groups else ""
    return f"""
    steps as (
        select {keys} {least} days_taken,
            count(*) filter (where is_event) as events,
            count(*) filter (where is_counted) as leaving,
        from padded group by {keys} days_taken
    ),
    risks as (
        select *, (sum(leaving) over ({within} order by days_taken desc))::bigint as at_risk, from steps
    ),
    curve as (
        select *, product(1 - events / at_risk) over ({within} order by days_taken) as surviving, from risks
    )"""
