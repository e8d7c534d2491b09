"""The plan as plain objects, read from campaign.toml without the product's own reader."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

CAMPAIGN = Path(__file__).parents[2] / "data" / "campaign.toml"


@dataclass(frozen=True)
class Phase:
    code: str
    first: date
    last: date
    asked_on: str


@dataclass(frozen=True)
class Rule:
    """One dated rule of a duty: how often, at least how many times, in force from when."""

    duty: str
    frequency: str
    minimum: int
    since: date


@dataclass(frozen=True)
class Task:
    code: str
    phase: Phase
    unit_code: str
    due_on: date
    evidence: str


@dataclass(frozen=True)
class Asked:
    """An activity asked of one sort of unit in the years that begin from one day to another."""

    activity: str
    name: str
    unit_code: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Period:
    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Plan:
    county: str
    first: date
    last: date
    phases: list[Phase]
    rules: list[Rule]
    tasks: list[Task]
    activities: list[Asked]
    prompt_days: int
    recurrence_days: int
    outside_trainings_count: bool
    due_soon_days: int
    period_ending_days: int
    silent_days: int
    pace_days: int
    ranks: dict[str, int]
    """Of each rule of 今日必督."""


def read_plan(path: Path = CAMPAIGN) -> Plan:
    """Read phases, duty rules switched on, tasks and the settings the metrics rest on."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    campaign, settings = told["campaign"], told["settings"]
    phases = [Phase(one["code"], one["from"], one["to"], one["asked_on"]) for one in told["phases"]]
    return Plan(
        county=campaign["county"],
        first=campaign["from"],
        last=campaign["to"],
        phases=phases,
        rules=[
            Rule(one["code"], one["frequency"], one["minimum"], one["from"])
            for one in told["duties"]
            if one["enabled"]
        ],
        tasks=[_task(one, {phase.code: phase for phase in phases}) for one in told["tasks"]],
        activities=[
            Asked(one["code"], one["name"], one["unit"], one["from"], one.get("to"))
            for one in told["activities"]
        ],
        prompt_days=settings["prompt_days"],
        recurrence_days=settings["recurrence_days"],
        outside_trainings_count=settings["outside_trainings_count"],
        due_soon_days=settings["due_soon_days"],
        period_ending_days=settings["period_ending_days"],
        silent_days=settings["silent_days"],
        pace_days=settings["pace_days"],
        ranks={one["code"]: one["rank"] for one in told["actions"]},
    )


def _task(told: dict[str, str], phases: dict[str, Phase]) -> Task:
    phase = phases[told["phase"]]
    due_on = told.get("due", phase.last)
    assert isinstance(due_on, date)
    return Task(told["code"], phase, told["unit"], due_on, told["evidence"])


LENGTHS = {"quarter": 3, "half_year": 6, "year": 12}


def periods(plan: Plan, frequency: str) -> list[Period]:
    """Cut the campaign's years into calendar quarters, half-years or years."""
    length = LENGTHS[frequency]
    return [
        Period(_name(year, month, frequency), date(year, month, 1), _month_end(year, month + length - 1))
        for year in range(plan.first.year, plan.last.year + 1)
        for month in range(1, 13, length)
    ]


def _name(year: int, month: int, frequency: str) -> str:
    endings = {"quarter": f"Q{(month + 2) // 3}", "half_year": f"H{(month + 5) // 6}", "year": ""}
    return f"{year}{endings[frequency]}"


def _month_end(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)
