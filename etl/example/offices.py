"""Who keeps which records: each town its homes' and its own, the county what it did itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from etl.example.story import choices, story
from etl.ledgers import LEDGERS

COUNTY = "county"
COUNTY_VISITS = ["county", "surprise", "covert", "joint"]
SENT_TWICE = {"南村镇": 60}
"""The town that also sent an older workbook, and how many days before."""
TOLD_TWICE = (
    "institution",
    "found_on",
    "area",
    "kind",
    "severity",
    "judgement_clause",
    "description",
    "reported_on",
)
"""What the county's own ledger says of a major hazard that a town reported to it."""
HAPPENED = {
    "institutions": ("responsibility_on", "emergency_plan_on"),
    "hazards": ("reported_on", "rectified_on", "verified_on"),
    "task_progress": ("done_on",),
}
"""Days that an older workbook did not know yet, beside the record's own."""

Ledgers = dict[str, pl.DataFrame]
"""Kind to frame: the ledger's own fields, one row a record, and home (institution_id; null for others)."""


@dataclass(frozen=True)
class Office:
    """One sender: name is the town's, or county; ledgers are what it keeps, as known on reported_on."""

    name: str
    reported_on: date
    ledgers: Ledgers


def offices(tables: dict[str, pl.DataFrame], as_of: date) -> Iterator[Office]:
    """The senders of a county's true records, the towns in official order, then the county."""
    ledgers = _ledgers(tables)
    for town in story()["towns"]:
        reported = as_of - timedelta(days=town["lag"])
        own = {kind: _own(frame, town["name"]) for kind, frame in ledgers.items()}
        yield Office(town["name"], reported, own)
        if earlier := SENT_TWICE.get(town["name"]):
            before = reported - timedelta(days=earlier)
            yield Office(
                town["name"], before, {kind: known_on(kind, frame, before) for kind, frame in own.items()}
            )
    county = {kind: _own(frame, COUNTY) for kind, frame in ledgers.items()}
    yield Office(COUNTY, as_of, {**county, "hazards": _with_reported(county["hazards"], ledgers["hazards"])})


def known_on(kind: str, rows: pl.DataFrame, on: date) -> pl.DataFrame:
    """A ledger as it stood on an earlier day: later records not there, later days still blank."""
    event = LEDGERS[kind].event
    if event and kind != "task_progress":
        rows = rows.filter(pl.col(event) <= on)
    blanked = rows.with_columns(
        pl.when(pl.col(name) <= on).then(name).alias(name) for name in HAPPENED.get(kind, ())
    )
    return _earlier_hazards(blanked, on) if kind == "hazards" else blanked


def _earlier_hazards(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    extension = ("extended_to", "extensions", "extension_approved_on")
    approved = pl.col("extension_approved_on") <= on
    words = choices()["status"]
    rectified, verified = pl.col("rectified_on").is_not_null(), pl.col("verified_on").is_not_null()
    open_status = (
        pl.when(rectified).then(pl.lit(words["awaiting_check"])).otherwise(pl.lit(words["under_way"]))
    )
    return rows.with_columns(
        *(pl.when(approved).then(name).alias(name) for name in extension),
        pl.when(verified).then("status").otherwise(open_status).alias("status"),
    )


def _ledgers(tables: dict[str, pl.DataFrame]) -> Ledgers:
    """Each kind's fields as a ledger writes them, with office: the town or county that keeps the record."""
    homes = tables["institutions"].join(
        tables["townships"].select("township_id", "township"), on="township_id"
    )
    names = homes.select("institution_id", "institution", "township")
    return {kind: _written(kind, tables[kind], names, homes) for kind in LEDGERS}


def _written(kind: str, rows: pl.DataFrame, names: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    if kind == "institutions":
        rows = homes
    elif "unit" not in rows.columns:
        rows = rows.join(names, on="institution_id", maintain_order="left")
    else:
        towns = homes.select("township_id", "township").unique("township_id")
        rows = rows.join(towns, on="township_id", how="left", maintain_order="left")
    fields = [field.name for field in LEDGERS[kind].fields if field.name in rows.columns]
    return rows.select(*fields, home="institution_id", office=_office(kind))


def _office(kind: str) -> pl.Expr:
    county = pl.lit(COUNTY)
    if kind == "complaints":
        return county
    visits = {"inspections": "inspection_code", "hazards": "source_code"}
    if kind in visits:
        return (
            pl.when(pl.col(visits[kind]).is_in([*COUNTY_VISITS, "complaint"]))
            .then(county)
            .otherwise("township")
        )
    if kind == "trainings":
        return pl.when(pl.col("organiser_code") == COUNTY).then(county).otherwise("township")
    return pl.col("township").fill_null(COUNTY)


def _own(rows: pl.DataFrame, office: str) -> pl.DataFrame:
    return rows.filter(office=office).drop("office")


def _with_reported(own: pl.DataFrame, hazards: pl.DataFrame) -> pl.DataFrame:
    """The county's hazards, and below them the majors the towns reported to it, in fewer words."""
    major = choices()["severity"]["major"]
    told = hazards.filter(
        pl.col("severity") == major, pl.col("office") != COUNTY, pl.col("reported_on").is_not_null()
    )
    return pl.concat([own, told.select("home", *TOLD_TWICE)], how="diagonal")
