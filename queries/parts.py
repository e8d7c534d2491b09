"""What the plan consists of: one dataclass a part, its fields named as the warehouse's columns."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from queries.checked import Key

Duty = Literal["self_check", "staff_training", "evacuation_drill", "manager_training", "standard_briefing"]
Evidence = Literal[
    "none",
    "mobilisation_meeting",
    "joint_consultation",
    "safety_month",
    "responsibility",
    "emergency_plan",
    "appraisal",
    "major_ledger",
    "inspected",
    "measures",
    "nothing_overdue",
]
ActivityCode = Literal[
    "mobilisation_meeting",
    "safety_month",
    "fire_month",
    "standard_briefing",
    "joint_consultation",
    "dispatch_meeting",
    "staff_education",
    "experience_exchange",
    "bulletin",
]
ActionCode = Literal[
    "overdue_major",
    "unreported_major",
    "major_due_soon",
    "overdue_general",
    "due_soon",
    "duty_ending",
    "task_behind",
    "silent_township",
]

BUREAU = "民政局"


@dataclass(frozen=True)
class Outline:
    """What the campaign is, and from when to when it runs."""

    name: str
    document: str
    county: str
    from_on: Annotated[date, Key("from")]
    to_on: Annotated[date, Key("to")]

    @property
    def area(self) -> str:
        """What the bureau is the bureau of: the county's own name."""
        return self.county.removesuffix(BUREAU) or self.county

    @property
    def short_name(self) -> str:
        """The name without the years in brackets."""
        return self.name.partition("（")[0]


@dataclass(frozen=True)
class Phase:
    """A phase of 方案 五; asked_on: on which days an institution must be open to be asked its tasks."""

    phase: Annotated[str, Key("code")]
    phase_name: Annotated[str, Key("name")]
    from_on: Annotated[date, Key("from")]
    to_on: Annotated[date, Key("to")]
    asked_on: Literal["any_day", "last_day"]
    clause: str


@dataclass(frozen=True)
class Clause:
    """A clause of the plan that tasks and duties answer to, in the plan's order."""

    clause: Annotated[str, Key("code")]
    clause_title: Annotated[str, Key("title")]


@dataclass(frozen=True)
class DutyRule:
    """One rule of a standing duty, in force from a day on, if switched on; `quote`: the plan's own words."""

    duty: Annotated[Duty, Key("code")]
    duty_name: Annotated[str, Key("name")]
    asks: str
    who: str
    frequency: Literal["quarter", "half_year", "year"]
    minimum: int
    from_on: Annotated[date, Key("from")]
    is_enabled: Annotated[bool, Key("enabled")]
    clause: str
    basis: str
    quote: str | None = None


@dataclass(frozen=True)
class Task:
    """A task of a phase, asked of every unit of one sort; without a day of its own due at the phase's end.

    `quote`: the plan's own words.
    """

    task: Annotated[str, Key("code")]
    task_name: Annotated[str, Key("name")]
    phase: str
    unit_code: Annotated[Literal["county", "township", "institution"], Key("unit")]
    clause: str
    evidence: Evidence
    due_on: Annotated[date | None, Key("due")] = None
    quote: str | None = None


@dataclass(frozen=True)
class ActivityRule:
    """An activity asked of every unit of one sort each year: the years that begin between two days."""

    activity: Annotated[ActivityCode, Key("code")]
    activity_name: Annotated[str, Key("name")]
    unit_code: Annotated[Literal["county", "township", "institution"], Key("unit")]
    from_on: Annotated[date, Key("from")]
    clause: str
    basis: str
    to_on: Annotated[date | None, Key("to")] = None


@dataclass(frozen=True)
class Threshold:
    """From a day on: the target of a metric, and where 达标 (warn) and 关注 (alarm) end."""

    metric: str
    target: float
    warn: float
    alarm: float
    from_on: Annotated[date, Key("from")]


@dataclass(frozen=True)
class Settings:
    """The numbers the plan leaves open; what each means stands in campaign.toml and campaign.sql."""

    prompt_days: int
    recurrence_days: int
    outside_trainings_count: bool
    due_soon_days: int
    period_ending_days: int
    silent_days: int
    compare_days: int
    stale_days: int
    few: int
    pace_days: int
    common_share: float = 0.5


@dataclass(frozen=True)
class ActionRule:
    """A rule of 今日必督: what is listed, how urgent it is, what it asks of whom."""

    action: Annotated[ActionCode, Key("code")]
    rank: int
    action_name: Annotated[str, Key("name")]
    asks: str
    actor: str
    clause: str


@dataclass(frozen=True)
class Campaign:
    """The whole plan."""

    outline: Outline
    phases: tuple[Phase, ...]
    clauses: tuple[Clause, ...]
    duties: tuple[DutyRule, ...]
    tasks: tuple[Task, ...]
    activities: tuple[ActivityRule, ...]
    thresholds: tuple[Threshold, ...]
    settings: Settings
    actions: tuple[ActionRule, ...]
