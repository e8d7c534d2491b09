"""From blocks of texts to records: clean, identify, judge, merge, kind by kind, the register first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from etl.blocks import Block, Unread
from etl.clean import clean
from etl.corrections_applied import with_corrections
from etl.decisions import Decisions
from etl.decisions_aliases import decided_units
from etl.decisions_pairs import join_decided, pair_sides, undecided
from etl.identify import with_institutions, with_organisers, with_tasks, with_units
from etl.issues import Judged
from etl.judge import judge, rules_for
from etl.judge_merged import judged_again
from etl.ledgers import LEDGERS, Ledger
from etl.merge import Merged, merge
from etl.register import build_register, merge_institutions, same_institutions, with_townships
from etl.rows import Rows, gather, places_of
from etl.same import same_rows
from etl.same_hazards import possible_duplicates, possible_pairs, same_hazards
from etl.shape import numbered, shaped
from etl.townships import Townships
from etl.units import Units
from etl.versions import gone_rows
from etl.words import Words
from queries.kinds import RECORDS
from queries.parts import Campaign

IDENTITY = ("institution", "credit_code", "unit")
"""Fields that say whose a record is: replaced by the ids found for them."""

FOUND = ("unit_code", "unit_name", "township_id", "institution_id", "organiser_code")


@dataclass(frozen=True)
class Rulebook:
    """What rows are judged by. clauses: the judgement standard's, as clause_key gives them.

    townships: with the names decided to mean one (with_decided_towns).
    """

    words: Words
    townships: Townships
    campaign: Campaign
    clauses: frozenset[str]
    as_of: date
    decisions: Decisions = field(default_factory=Decisions)


@dataclass(frozen=True)
class Taken:
    """One kind when all is judged.

    records: schema.sql's columns. sources: row_id, record_id, is_winning, one line a row kept. issues: of the
    rows refused only their refusals, of those kept what is warned or set aside.
    """

    records: pl.DataFrame
    sources: pl.DataFrame
    issues: pl.DataFrame

    def adding(self, issues: pl.DataFrame) -> "Taken":
        return replace(self, issues=pl.concat([self.issues, issues]))


@dataclass(frozen=True)
class Intake:
    """Every kind's rows as they came, and what became of them.

    duplicates: possible duplicates nobody decided: one, other (row_ids of winning hazard rows), reason.
    """

    rows: dict[str, Rows]
    taken: dict[str, Taken]
    duplicates: pl.DataFrame


def take_in(found: Sequence[Block | Unread], book: Rulebook) -> Intake:
    """Judge every block, the institutions first: the others are matched against them."""
    rows = with_corrections(found, gather(found, book.townships), book.decisions.corrections)
    judged = _judge_institutions(rows["institutions"], book)
    merged = merge_institutions(same_institutions(judged.kept(), book.townships), book.townships)
    homes = judged_again(merged, "institutions")
    register = build_register(homes.records, book.townships)
    units = decided_units(register, book.campaign.outline.county, book.decisions.aliases)
    sides = pair_sides(book.decisions.pairs, units.register)
    taken = {"institutions": _finish("institutions", judged, homes)}
    for kind, ledger in LEDGERS.items():
        if kind != "institutions":
            taken[kind] = _take(ledger, rows[kind], _openings(homes.records), units, sides, book)
    hazards = taken["hazards"].records
    listed = undecided(possible_pairs(hazards), hazards, sides)
    warned = possible_duplicates(listed, places_of(found, rows["hazards"]))
    taken["hazards"] = taken["hazards"].adding(warned)
    gone = {kind: gone_rows(found, kind, rows[kind].written, taken[kind].sources) for kind in LEDGERS}
    return Intake(rows, {kind: taken[kind].adding(gone[kind]) for kind in LEDGERS}, listed)


def _judge_institutions(rows: Rows, book: Rulebook) -> Judged:
    cleaned = clean(rows.texts, rows.ledger, book.words, book.as_of, rows.counted).adding(rows.corrected)
    return judge(with_townships(cleaned, book.townships), rules_for("institutions", book.clauses))


def _openings(homes: pl.DataFrame) -> pl.DataFrame:
    return homes.select(
        "institution_id",
        pl.col("opened_on").alias("home_opened_on"),
        pl.col("closed_on").alias("home_closed_on"),
    )


def _take(
    ledger: Ledger, rows: Rows, openings: pl.DataFrame, units: Units, sides: pl.DataFrame, book: Rulebook
) -> Taken:
    cleaned = clean(rows.texts, ledger, book.words, book.as_of, rows.counted).adding(rows.corrected)
    known = _identify(cleaned, ledger, units, book.campaign)
    opened = known.rows.join(openings, on="institution_id", how="left", maintain_order="left")
    judged = judge(known.with_rows(opened), rules_for(ledger.kind, book.clauses))
    merged = judged_again(_merge(judged.kept(), ledger, sides), ledger.kind)
    records = numbered(merged.records, ledger.kind)
    return _finish(ledger.kind, judged, merged._replace(records=records))


def _identify(judged: Judged, ledger: Ledger, units: Units, campaign: Campaign) -> Judged:
    names = {field.name for field in ledger.fields}
    if "institution" in names:
        judged = with_institutions(judged, units.register)
    else:
        judged = with_units(judged, units)
    if "organiser" in names:
        judged = with_organisers(judged, units)
    return with_tasks(judged, campaign) if "task" in names else judged


def _merge(kept: pl.DataFrame, ledger: Ledger, sides: pl.DataFrame) -> Merged:
    own = [field.name for field in ledger.fields if field.name not in IDENTITY]
    fields = [*own, *(name for name in FOUND if name in kept.columns)]
    if ledger.kind == "hazards":
        return merge(join_decided(same_hazards(kept, own), sides), ledger, fields)
    return merge(same_rows(kept, ledger.kind), ledger, fields)


def _finish(kind: str, judged: Judged, merged: Merged) -> Taken:
    numbers = merged.records.select("record", pl.col(RECORDS[kind]).alias("record_id"))
    sources = (
        merged.sources.join(numbers, on="record").sort("row_id").select("row_id", "record_id", "is_winning")
    )
    return Taken(shaped(merged.records, kind), sources, _final(judged.issues, merged.issues))


def _final(found: pl.DataFrame, merging: pl.DataFrame) -> pl.DataFrame:
    """Refusals, and what else is said of rows nothing refuses."""
    refusals = found.filter(effect="refuse")
    others = found.filter(pl.col("effect") != "refuse").join(
        refusals.select("row_id"), on="row_id", how="anti"
    )
    return pl.concat([refusals, others, merging]).sort("row_id", "field", "rule", maintain_order=True)
