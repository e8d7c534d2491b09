"""The warehouse's facts as plain objects: a dataclass a base table, a field a column the rules need."""

from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import TypeVar

import duckdb

Record = TypeVar("Record")


@dataclass(frozen=True)
class County:
    county_id: int
    county: str
    bureau: str


@dataclass(frozen=True)
class Township:
    township_id: int
    county_id: int
    township: str


@dataclass(frozen=True)
class Institution:
    institution_id: int
    institution: str
    township_id: int
    opened_on: date | None = None
    closed_on: date | None = None
    responsibility_on: date | None = None
    emergency_plan_on: date | None = None
    staff: int | None = None
    mobile_residents: int | None = None


@dataclass(frozen=True)
class Inspection:
    inspection_id: int
    institution_id: int
    inspected_on: date
    inspection_type: str
    inspection_code: str
    area_codes: list[str]
    is_led_by_principal: bool | None
    is_signed: bool | None
    is_filed: bool | None


@dataclass(frozen=True)
class Hazard:
    hazard_id: int
    institution_id: int
    found_on: date
    severity: str
    is_major: bool
    source: str | None = None
    source_code: str | None = None
    is_found_by_county: bool = False
    area: str | None = None
    kind: str | None = None
    is_comparable: bool = False
    cause: str | None = None
    responsible_unit: str | None = None
    responsible_person: str | None = None
    measures: str | None = None
    tracker: str | None = None
    deadline_on: date | None = None
    extended_to: date | None = None
    extension_approved_on: date | None = None
    reported_on: date | None = None
    rectified_on: date | None = None
    verified_on: date | None = None


@dataclass(frozen=True)
class Training:
    training_id: int
    institution_id: int
    trained_on: date
    organiser_code: str
    expected_principals: int | None
    attended_principals: int | None
    expected_safety_managers: int | None
    attended_safety_managers: int | None
    expected_frontline_staff: int | None
    attended_frontline_staff: int | None
    expected_care_staff: int | None
    attended_care_staff: int | None
    expected_mobile_residents: int | None
    attended_mobile_residents: int | None


@dataclass(frozen=True)
class Drill:
    drill_id: int
    institution_id: int
    drilled_on: date
    is_evacuation: bool
    staff_attending: int | None
    residents_attending: int | None


@dataclass(frozen=True)
class Complaint:
    complaint_id: int
    institution_id: int
    received_on: date
    due_on: date | None
    checked_on: date | None
    settled_on: date | None


@dataclass(frozen=True)
class Activity:
    activity_id: int
    held_on: date
    activity_code: str
    unit_code: str
    county_id: int
    township_id: int | None
    institution_id: int | None


@dataclass(frozen=True)
class Progress:
    task_progress_id: int
    task: str
    unit_code: str
    county_id: int
    township_id: int | None
    institution_id: int | None
    done_on: date | None


@dataclass(frozen=True)
class Measure:
    measure_id: int
    issued_on: date
    unit_code: str
    county_id: int
    township_id: int | None
    institution_id: int | None
    problem: str | None


@dataclass(frozen=True)
class Facts:
    """A whole warehouse, or the small one a strategy draws."""

    counties: list[County] = field(default_factory=list)
    townships: list[Township] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    hazards: list[Hazard] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)
    drills: list[Drill] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    task_progress: list[Progress] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)

    @cached_property
    def institution(self) -> dict[int, Institution]:
        return {one.institution_id: one for one in self.institutions}

    @cached_property
    def county(self) -> dict[int, str]:
        return {one.county_id: one.county for one in self.counties}

    @cached_property
    def township(self) -> dict[int, str]:
        return {one.township_id: one.township for one in self.townships}

    @cached_property
    def county_of(self) -> dict[int, int]:
        """The county of each township."""
        return {one.township_id: one.county_id for one in self.townships}

    @cached_property
    def hazards_of(self) -> dict[int, list[Hazard]]:
        grouped: dict[int, list[Hazard]] = defaultdict(list)
        for hazard in self.hazards:
            grouped[hazard.institution_id].append(hazard)
        return grouped

    def place(self, institution_id: int) -> dict[str, str | None]:
        """Name an institution, its township and its county, as the dimensions of a figure."""
        one = self.institution[institution_id]
        county = self.county[self.county_of[one.township_id]]
        return {
            "institution": one.institution,
            "township": self.township[one.township_id],
            "county": county,
        }


TABLES: dict[str, type] = {
    "townships": Township,
    "institutions": Institution,
    "inspections": Inspection,
    "hazards": Hazard,
    "trainings": Training,
    "drills": Drill,
    "complaints": Complaint,
    "activities": Activity,
    "task_progress": Progress,
    "measures": Measure,
}
"""Every base table of records a metric rests on, parents before children."""


def is_open(institution: Institution, day: date, as_of: date) -> bool:
    """Tell whether an institution is open on a day, as known on another: a later closing is not seen."""
    closed_on = institution.closed_on
    if closed_on is not None and closed_on > as_of:
        closed_on = None
    is_opened = institution.opened_on is None or institution.opened_on <= day
    return is_opened and (closed_on is None or closed_on > day)


def is_by(day: date | None, as_of: date) -> bool:
    """Tell whether something has happened by a day; what has no date has not."""
    return day is not None and day <= as_of


def load(con: duckdb.DuckDBPyConnection) -> Facts:
    """Read the base tables of schema.sql into objects."""
    counties = _read(con, "counties", County)
    return Facts(counties, **{table: _read(con, table, record) for table, record in TABLES.items()})


def _read(con: duckdb.DuckDBPyConnection, table: str, record: type[Record]) -> list[Record]:
    columns = ", ".join(column.name for column in fields(record))  # type: ignore[arg-type]
    rows = con.cursor().execute(f"select {columns} from {table}").fetchall()
    return [record(*row) for row in rows]
