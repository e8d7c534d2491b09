"""Who did it: the county bureau, a township or an institution; and which of the plan's tasks is meant."""

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from etl.clean import split
from etl.match import Register
from etl.names import NEAREST, key, name_words, nearest, without_area
from queries.parts import Campaign, Task

SECTIONS = ("股", "科", "室", "组")
"""How a section of the bureau ends: 民政局养老股 is the bureau, 民政局福利院 a home."""


class Unit(NamedTuple):
    """A unit as the warehouse knows it, or the rule that refuses it and names to choose from."""

    unit_code: str | None = None
    unit: str | None = None
    township_id: int | None = None
    institution_id: int | None = None
    rule: str | None = None
    detail: str | None = None


class Organiser(NamedTuple):
    """Who held a training: the name shown, and county, township, institution (the row's own) or other."""

    organiser: str
    organiser_code: str


@dataclass(frozen=True)
class Units:
    """Everybody a ledger may name. bureau_names: keys of other names decided to mean the bureau."""

    register: Register
    bureau: str
    bureau_names: frozenset[str] = frozenset()

    def match(self, code: str | None, text: str | None, sender: int | None) -> Unit:
        """The unit of a row; a credit code may stand instead of the name."""
        if text is not None and not code and not self.register.is_decided(text):
            if self.is_bureau(text):
                return Unit("county", self.bureau)
            if town := self.register.townships.find(text):
                return Unit("township", self.register.townships.name(town), town)
        return self._institution(code, text, sender)

    def organiser(self, text: str, institution_id: int | None) -> Organiser:
        """The organiser of a training of this institution (方案 四（三）)."""
        if any(self.is_bureau(part) for part in split(text)):
            return Organiser(self.bureau, "county")
        if town := self.register.townships.find(text):
            return Organiser(self.register.townships.name(town), "township")
        if institution_id is not None and self._is_own(text, institution_id):
            return Organiser(self.register.entries[institution_id].name, "institution")
        return Organiser(text, "other")

    def is_bureau(self, text: str) -> bool:
        """Whether this is the county bureau, one of its sections, or a way it calls itself."""
        written = without_area(key(text), "")
        names = {*name_words()["bureau"], *self.bureau_names}
        if written in names or written.startswith(key(self.bureau)):
            return True
        return any(written.startswith(name) and written.endswith(SECTIONS) for name in names)

    def _is_own(self, text: str, institution_id: int) -> bool:
        if key(text) in name_words()["own"]:
            return True
        town = self.register.entries[institution_id].township_id
        return self.register.match(None, text, town).institution_id == institution_id

    def _institution(self, code: str | None, text: str | None, sender: int | None) -> Unit:
        found = self.register.match(code, text, sender)
        if found.institution_id is None:
            if found.rule == "institution_not_found":
                return Unit(rule="unit_not_found", detail=self._nearest(text) or found.detail)
            return Unit(rule=found.rule, detail=found.detail)
        entry = self.register.entries[found.institution_id]
        return Unit(
            "institution", entry.name, entry.township_id, entry.institution_id, found.rule, found.detail
        )

    def _nearest(self, text: str | None) -> str | None:
        towns = (town.name for town in self.register.townships.towns)
        homes = (entry.name for entry in self.register.entries.values())
        return nearest(text, [*towns, *homes]) if text else None


class TaskMatch(NamedTuple):
    """The code of a task, or the rule that refuses and the nearest tasks; a rule beside a code warns."""

    task: str | None
    rule: str | None = None
    detail: str | None = None


def match_task(text: str, unit_code: str | None, campaign: Campaign) -> TaskMatch:
    """The plan's task of this unit's sort, by code, by name, or by a name one contains of the other."""
    written = key(text)
    own = [task for task in campaign.tasks if unit_code in (None, task.unit_code)]
    coded = next((task for task in campaign.tasks if written.startswith(key(task.task))), None)
    if coded:
        return _coded(coded, own)
    exact = [task for task in own if key(task.task_name) == written]
    close = [task for task in own if written in key(task.task_name) or key(task.task_name) in written]
    if exact:
        return TaskMatch(exact[0].task)
    if len(close) == 1:
        return TaskMatch(close[0].task, "shortened_task", close[0].task_name)
    return TaskMatch(None, "task_not_found", _nearest_tasks(text, own))


def _coded(coded: Task, own: list[Task]) -> TaskMatch:
    """The task of that code, or its namesake for this sort of unit."""
    if coded in own:
        return TaskMatch(coded.task)
    namesake = next((task for task in own if task.task_name == coded.task_name), None)
    if namesake:
        return TaskMatch(namesake.task, "task_of_other_unit", f"{namesake.task} {namesake.task_name}")
    return TaskMatch(None, "task_not_of_unit", _nearest_tasks(coded.task_name, own))


def _nearest_tasks(text: str, tasks: list[Task]) -> str:
    names = {f"{task.task} {task.task_name}": key(task.task_name) for task in tasks}
    scored = process.extract(key(text), names, scorer=fuzz.WRatio, limit=NEAREST)
    return "、".join(name for _, _, name in scored)
