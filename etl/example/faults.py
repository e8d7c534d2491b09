"""What a hazard is: area, kind, severity, clause and the words that describe it."""

from itertools import product

import numpy as np
import polars as pl

from etl.example.story import Days, Dice, Part, choices, story, wording

MAJOR_SHARE = 0.037
TURNS = 0.7
"""The share of a home's hazards that go round the named kinds in turn: recurrence is the story's to say."""
SETTLED = 60
"""Days before the last report by which every major hazard but the story's own has been put right."""


def describe(part: Part, homes: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds what each find is: is_major, area, kind, judgement_clause, description, measures and so on.

    rows: home, found (days since 1970-01-01), told, in the order of home and day. No two hazards of one home
    on one day are described alike.
    """
    dice = part.dice("faults")
    is_major = _majors(dice, homes, rows)
    fault, seen = _general(dice, homes, rows)
    major_fault, major_seen = _major(dice, rows)
    catalogue = _catalogue()
    fault = np.where(is_major, major_fault, fault)
    seen = np.where(is_major, major_seen, seen) % catalogue["size"].to_numpy()[fault]
    chosen = catalogue[fault]
    texts = pl.Series(_texts()).gather(chosen["first"].to_numpy() + seen)
    rows = rows.with_columns(pl.Series("is_major", is_major), *chosen.drop("at", "first", "size", "measure"))
    places = _places(dice, chosen["at"])
    return rows.with_columns(
        (places + texts).alias("description"),
        chosen["measure"].alias("measures"),
        _causes(dice, chosen["code"]).alias("cause"),
    ).with_columns(_told_apart())


def _majors(dice: Dice, homes: pl.DataFrame, rows: pl.DataFrame) -> np.ndarray:
    early = rows["found"].to_numpy() <= homes["horizon"].to_numpy()[rows["home"]] - SETTLED
    drawn = (dice.share(rows.height) < MAJOR_SHARE) & early
    return np.asarray(drawn | (rows["told"] >= 0).to_numpy())


def _general(dice: Dice, homes: pl.DataFrame, rows: pl.DataFrame) -> tuple[Days, Days]:
    """The fault and which of its wordings: a named kind in turn or the last again, else an unnamed one."""
    faults = pl.DataFrame(wording()["faults"])
    named = faults.height - len(wording()["weights"]["unnamed"])
    home = rows["home"].to_numpy()
    turn = dice.share(rows.height) < TURNS
    again = dice.share(rows.height) < homes["recurrence"].to_numpy()[home]
    step = np.cumsum(turn & ~again)
    offset, stride = (
        dice.whole(0, named - 1, homes.height),
        np.array([1, 2, 4, 5])[dice.whole(0, 3, homes.height)],
    )
    cycle = (offset[home] + stride[home] * step) % named
    weights = faults["kind"][:named].replace_strict(_weights(), return_dtype=pl.Float64).to_numpy()
    is_named = turn & (dice.share(rows.height) < weights[cycle])
    unnamed = named + dice.generator.choice(
        faults.height - named, rows.height, p=wording()["weights"]["unnamed"]
    )
    return np.where(is_named, cycle, unnamed), dice.whole(0, 59, rows.height)


def _weights() -> dict[str, float]:
    return {kind: weight for kind, weight in wording()["weights"].items() if kind != "unnamed"}


def _major(dice: Dice, rows: pl.DataFrame) -> tuple[Days, Days]:
    """A major fault at random, or the one the story tells of."""
    first = len(wording()["faults"])
    told = np.array([major["fault"] for major in story()["open_majors"]])[rows["told"]]
    drawn = dice.whole(0, len(wording()["major_faults"]) - 1, rows.height)
    is_told = (rows["told"] >= 0).to_numpy()
    fault = np.where(is_told, told[:, 0], drawn)
    return first + fault, np.where(is_told, told[:, 1], dice.whole(0, 59, rows.height))


def _catalogue() -> pl.DataFrame:
    """One row a fault, general then major; first and size: where its wordings stand in _texts()."""
    faults = [*wording()["faults"], *wording()["major_faults"]]
    sizes = [len(fault["seen"]) for fault in faults]
    return pl.DataFrame(
        {
            "code": [fault["kind"] for fault in faults],
            "area": [choices()["area"][fault["area"]] for fault in faults],
            "kind": [choices()["kind"][fault["kind"]] for fault in faults],
            "is_comparable": ["other" not in (fault["area"], fault["kind"]) for fault in faults],
            "judgement_clause": [_clause(fault) for fault in faults],
            "interim_control": [fault.get("control") for fault in faults],
            "measure": [fault["measure"] for fault in faults],
            "at": [fault.get("at") for fault in faults],
            "size": sizes,
            "first": np.cumsum([0, *sizes[:-1]]),
        }
    )


def _clause(fault: dict[str, str]) -> str | None:
    return f"判定标准{fault['clause']}" if "clause" in fault else None


def _texts() -> list[str]:
    return [text for fault in [*wording()["faults"], *wording()["major_faults"]] for text in fault["seen"]]


def _places(dice: Dice, at: pl.Series) -> pl.Series:
    """A place of each fault's own class; major hazards carry theirs in the text."""
    result = pl.repeat("", len(at), eager=True)
    for name, lists in wording()["places"].items():
        pool = ["".join(words) for words in product(*lists)]
        result = dice.pick(pool, len(at)).zip_with((at == name).fill_null(value=False), result)
    return result


def _causes(dice: Dice, kinds: pl.Series) -> pl.Series:
    """A root cause its kind tends to have; one in fifty is not analysed."""
    result = pl.repeat(None, len(kinds), dtype=pl.String, eager=True)
    known = dice.share(len(kinds)) < 0.98
    for kind, codes in wording()["causes"].items():
        pool = [choices()["cause"][code] for code in codes]
        result = dice.pick(pool, len(kinds)).zip_with((kinds == kind) & pl.Series(known), result)
    return result


def _told_apart() -> pl.Expr:
    """Numbers the second of two alike on one day, so that no two hazards are one record."""
    again = pl.int_range(pl.len()).over("home", "found", "description")
    second = pl.concat_str("description", pl.lit("（第"), again + 1, pl.lit("处）"))
    return pl.when(again == 0).then("description").otherwise(second).alias("description")
