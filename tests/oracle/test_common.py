"""共性问题 beside loops over plain objects, and cases worked by hand."""

from collections.abc import Iterator

import duckdb
import pytest

from queries.common import homes, kinds, rules
from queries.filters import Filters
from queries.rows import read
from tests.oracle.common import Sharing
from tests.oracle.days import PLAN
from tests.oracle.facts import load
from tests.oracle.known import Known
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, filtered, prove
from tests.queries import warehouses
from tests.queries.warehouses import day, lines

UNNAMED = ("其他",)
PROBLEMS = ("疏散通道堵塞", "电气线路老化、疏散通道堵塞反复", None, "职责不清、其他")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def _answering(ledger: Ledger) -> Ledger:
    """The same ledger, its measures against one kind, two, or none."""
    measures = [
        row | {"problem": PROBLEMS[place % len(PROBLEMS)]}
        for place, row in enumerate(ledger.tables["measures"])
    ]
    return Ledger(ledger.as_of, {**ledger.tables, "measures": measures})


@by_half_year
def test_kinds_homes_and_rules_agree_whatever_is_chosen(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(drawn: tuple[Ledger, Filters]) -> None:
        ledger, chosen = _answering(drawn[0]), drawn[1]
        store(con, ledger)
        expected = Sharing(Known(load(con), PLAN, ledger.as_of), chosen, UNNAMED)
        told = kinds(con, ledger.as_of, chosen, UNNAMED)
        columns = ("kind", "homes", "asked", "recurring", "without_rule")
        assert {row[0]: row[1:] for row in told.select(columns).iter_rows()} == expected.kinds()
        assert told["is_common"].to_list() == [row["homes"] * 2 >= row["asked"] for row in told.to_dicts()]
        _homes_agree(con, ledger, chosen, expected)
        listed = read(con, rules(con, ledger.as_of, chosen, UNNAMED), ("measure_id", "kind")).rows()
        assert len(listed) == len(set(listed))
        assert set(listed) == expected.rules()

    prove(claim, filtered(half), HALVES.index(half))


def _homes_agree(con: duckdb.DuckDBPyConnection, ledger: Ledger, chosen: Filters, expected: Sharing) -> None:
    columns = ("kind", "institution_id", "found", "recurrences", "unrectified", "last_found_on", "own_rules")
    told = read(con, homes(ledger.as_of, chosen, UNNAMED), columns).rows()
    assert sorted(told) == sorted(
        (
            kind,
            home,
            len(hazards),
            sum(one.is_recurrence for one in hazards),
            sum(not one.is_rectified for one in hazards),
            max(one.hazard.found_on for one in hazards),
            expected.own(kind, home),
        )
        for (kind, home), hazards in expected.had().items()
    )


# Two homes, so that one is half of them: by hand.
SHARED = """
    kind         | homes | is_common | because
    疏散通道堵塞 | 2     | true      | both have had it
    彩钢板       | 1     | true      | one of two is the share of campaign.toml itself
    其他         |       |           | names no kind
    值班不在岗   |       |           | only the home that closed has had it
    燃气报警缺失 |       |           | found later
"""
HAZARDS = """
    institution_id | found_on   | kind
    1              | 2026-03-01 | 疏散通道堵塞
    2              | 2026-03-01 | 疏散通道堵塞
    2              | 2026-04-01 | 疏散通道堵塞
    2              | 2026-03-01 | 彩钢板
    1              | 2026-03-01 | 其他
    1              | 2026-03-01 |
    3              | 2026-03-01 | 值班不在岗
    1              | 2026-07-01 | 燃气报警缺失
"""
HOMES = "institution | township_id | closed_on\n甲院 | 1 |\n乙院 | 2 |\n丙院 | 2 | 2026-05-01"


@pytest.mark.parametrize(("kind", "count", "is_common", "because"), lines(SHARED))
def test_who_shares_a_kind_worked_by_hand(kind: str, count: str, is_common: str, because: str) -> None:
    con = warehouses.warehouse(institutions=HOMES, hazards=HAZARDS)
    told = {row["kind"]: row for row in kinds(con, day("2026-06-30"), unnamed=UNNAMED).to_dicts()}
    row = told.get(kind)
    if not count:
        assert row is None, because
        return
    assert row is not None
    assert (row["homes"], row["asked"], row["is_common"]) == (int(count), 2, is_common == "true"), because


def test_the_countys_rules_stay_whichever_town_is_chosen() -> None:
    con = warehouses.warehouse(
        institutions=HOMES,
        hazards=HAZARDS,
        measures="""
            unit_code | unit     | township_id | institution_id | issued_on  | problem
            county    | 县民政局 |             |                | 2026-05-01 | 彩钢板
            township  | 甲镇     | 1           |                | 2026-05-01 | 彩钢板
            township  | 乙镇     | 2           |                | 2026-05-01 | 彩钢板
        """,
    )
    chosen = Filters(townships=("乙镇",), since=day("2026-06-01"))
    told = read(con, rules(con, day("2026-06-30"), chosen, UNNAMED))
    assert told.select("unit_code", "township").rows() == [("county", None), ("township", "乙镇")]
