"""The plan as data: data/campaign.toml, read and checked."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from queries.checked import DefinitionError, take, take_all
from queries.parts import (
    ActionRule,
    ActivityRule,
    Campaign,
    Clause,
    DutyRule,
    Outline,
    Phase,
    Settings,
    Task,
    Threshold,
)
from queries.references import check

__all__ = ["PLAN", "Campaign", "parse_campaign", "read_campaign"]

PLAN = Path(__file__).parent.parent / "data" / "campaign.toml"


@dataclass(frozen=True)
class File:
    """The parts of campaign.toml, each still to be read."""

    campaign: dict[str, Any]
    phases: list[Any]
    duties: list[Any]
    tasks: list[Any]
    activities: list[Any]
    thresholds: list[Any]
    settings: dict[str, Any]
    actions: list[Any]
    clauses: list[Any] = field(default_factory=list)


def read_campaign(path: Path = PLAN) -> Campaign:
    """Read the plan; raises DefinitionError, in Chinese, naming the place and what is wrong there."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name} 无法读取：{error}") from error
    return parse_campaign(text, path.name)


def parse_campaign(text: str, name: str) -> Campaign:
    """Read the plan from the text of its file; raises DefinitionError as `read_campaign` does."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{name} 无法读取：{error}") from error
    campaign = _parse(take(File, tables, name), name)
    check(campaign, name)
    return campaign


def _parse(file: File, name: str) -> Campaign:
    return Campaign(
        outline=take(Outline, file.campaign, f"{name} 的 [campaign]"),
        phases=take_all(Phase, file.phases, f"{name} 的 [[phases]]"),
        clauses=take_all(Clause, file.clauses, f"{name} 的 [[clauses]]"),
        duties=take_all(DutyRule, file.duties, f"{name} 的 [[duties]]"),
        tasks=take_all(Task, file.tasks, f"{name} 的 [[tasks]]"),
        activities=take_all(ActivityRule, file.activities, f"{name} 的 [[activities]]"),
        thresholds=take_all(Threshold, file.thresholds, f"{name} 的 [[thresholds]]"),
        settings=take(Settings, file.settings, f"{name} 的 [settings]"),
        actions=take_all(ActionRule, file.actions, f"{name} 的 [[actions]]"),
    )
