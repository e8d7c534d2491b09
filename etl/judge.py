"""What is wrong with a row as a whole: one rule a line, tried in order (contract.md: set aside, warned)."""

from dataclasses import dataclass

import polars as pl

from etl.codes import word_of
from etl.issues import Effect, Judged, issues_of
from etl.ledgers import GROUPS

NUMBERED = r"(?:1[、.．)）]\s*\D|①|（1）|一、).+(?:2[、.．)）]\s*\D|②|（2）|二、)"


@dataclass(frozen=True)
class Rule:
    """A rule on one field; set_aside also blanks it, for the rules after it too."""

    field: str
    rule: str
    when: pl.Expr
    effect: Effect = "warn"
    detail: pl.Expr | None = None


def judge(judged: Judged, rules: tuple[Rule, ...]) -> Judged:
    """Try the rules in turn on typed rows; a null condition breaks no rule."""
    for rule in rules:
        broken = judged.rows.filter(rule.when)
        if not broken.is_empty():
            judged = _set_aside(judged, rule).adding(
                issues_of(broken, rule.field, rule.rule, rule.effect, rule.detail)
            )
    return judged


def _set_aside(judged: Judged, rule: Rule) -> Judged:
    if rule.effect != "set_aside":
        return judged
    stands = ~rule.when.fill_null(value=False)
    return judged.with_rows(judged.rows.with_columns(pl.when(stands).then(rule.field).alias(rule.field)))


def before(field: str, start: str) -> Rule:
    """Nothing happens to a thing before it is there: such a day is set aside."""
    return Rule(field, "before_start", pl.col(field) < pl.col(start), "set_aside", _day(start))


def outside_opening(event: str) -> Rule:
    """Something dated when the institution was not open; needs home_opened_on and home_closed_on."""
    day = pl.col(event)
    return Rule(
        event, "outside_opening", (day < pl.col("home_opened_on")) | (day >= pl.col("home_closed_on"))
    )


def rules_for(kind: str, clauses: frozenset[str]) -> tuple[Rule, ...]:
    """The rules of one kind; `clauses` are those of the judgement standard, as keys."""
    return _hazard_rules(clauses) if kind == "hazards" else RULES.get(kind, ())


def _day(field: str) -> pl.Expr:
    return pl.col(field).dt.strftime("%Y-%m-%d")


def _hazard_rules(clauses: frozenset[str]) -> tuple[Rule, ...]:
    major, closed = word_of("severity", "major"), word_of("status", "closed")
    still_open = [word_of("status", code) for code in ("not_begun", "under_way")]
    deadline, status = pl.col("deadline_on"), pl.col("status")
    return (
        *(before(field, "found_on") for field in ("reported_on", "rectified_on", "verified_on")),
        before("verified_on", "rectified_on"),
        Rule("deadline_on", "deadline_missing", deadline.is_null()),
        Rule("deadline_on", "deadline_before_found", deadline < pl.col("found_on"), detail=_day("found_on")),
        Rule(
            "extended_to",
            "extension_before_deadline",
            pl.col("extended_to") < deadline,
            "set_aside",
            _day("deadline_on"),
        ),
        Rule("status", "closed_without_date", (status == closed) & pl.col("rectified_on").is_null()),
        Rule("status", "open_with_date", status.is_in(still_open) & pl.col("rectified_on").is_not_null()),
        Rule("severity", "severity_unclear", pl.col("severity").is_null()),
        Rule(
            "description",
            "major_in_description",
            pl.col("description").str.contains(major, literal=True)
            & pl.col("severity").ne_missing(pl.lit(major)),
        ),
        Rule("description", "several_hazards", pl.col("description").str.contains(NUMBERED)),
        Rule("judgement_clause", "unknown_clause", ~_clause_key().is_in(sorted(clauses))),
        outside_opening("found_on"),
    )


def _clause_key() -> pl.Expr:
    return clause_key(pl.col("judgement_clause"))


def clause_key(clause: pl.Expr) -> pl.Expr:
    """A clause as it is compared: without the standard's name, 第…条 and punctuation."""
    bare = clause.str.normalize("NFKC").str.replace_all(
        r"《.*》|判定标准|重大事故隐患|养老机构|第|条|款|[^\w]", ""
    )
    return bare.str.to_uppercase()


RULES = {
    "institutions": (
        Rule(
            "closed_on",
            "closed_before_opened",
            pl.col("closed_on") < pl.col("opened_on"),
            "set_aside",
            _day("opened_on"),
        ),
    ),
    "inspections": (outside_opening("inspected_on"),),
    "trainings": (
        *(
            Rule(
                f"attended_{group}",
                "attended_above_expected",
                pl.col(f"attended_{group}") > pl.col(f"expected_{group}"),
                detail=pl.col(f"expected_{group}").cast(pl.String),
            )
            for group in GROUPS
        ),
        outside_opening("trained_on"),
    ),
    "drills": (outside_opening("drilled_on"),),
    "complaints": (
        before("checked_on", "received_on"),
        before("settled_on", "received_on"),
        Rule(
            "due_on",
            "deadline_before_found",
            pl.col("due_on") < pl.col("received_on"),
            detail=_day("received_on"),
        ),
        outside_opening("received_on"),
    ),
}
