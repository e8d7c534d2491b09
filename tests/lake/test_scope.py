"""Whoever may see a county, or a township of one, sees of a lake that alone: in its data and on its pages."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from weakref import WeakValueDictionary

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app, session
from dashboard.guard import here
from dashboard.guard.policy import ACCESS_VARIABLE, ROLES_VARIABLE
from dashboard.guard.roles import Person
from dashboard.running import watch as watching
from dashboard.running.watch import Watch
from etl import lake as lakes
from etl.lake.writing import writing
from queries import sources
from queries.catalog import catalog
from queries.evaluate import dimensions, evaluate_many
from queries.lake import Lake, LakeError
from queries.records import kinds, records
from queries.scope import Scope, ScopeError
from queries.scoped import opened_part
from queries.warehouse import current_build
from tests.dashboard import tester as opening
from tests.dashboard.guard.test_pages import everything
from tests.dashboard.test_pages import text
from tests.lake import counties
from tests.lake.counties import AS_OF, EARLIER, GAOPING, ZEZHOU, warehouse
from tests.lake.test_figures import told

TOWN = "大箕镇"
ROLES = f"""
[[roles]]
role = "leader"
emails = ["city@example.gov.cn"]

[[roles]]
role = "county"
county = {GAOPING.code}
emails = ["county@example.gov.cn"]

[[roles]]
role = "township"
county = {GAOPING.code}
township = "{TOWN}"
emails = ["town@example.gov.cn"]

[[roles]]
role = "township"
township = "{TOWN}"
emails = ["somewhere@example.gov.cn"]
"""
PAGES = [*(path for entries in app.offered(Person("c", "county")).values() for _, path in entries), "records"]
OF_A_TOWN = ["overview", "township", "institution", "quality", "export", "records"]
OTHERS = "泽州县"
HAZARDS = "select hazard_id, rectified_on from hazards order by 1"

Open = Callable[..., AppTest]


def part(lake: Lake, county: int | None, township: str | None) -> duckdb.DuckDBPyConnection:
    code = sources.current(lake)
    assert code is not None
    return opened_part(lake, code, Scope(county, township))


def numbers_outside(con: duckdb.DuckDBPyConnection, county: int) -> list[str]:
    """The columns that hold a number of another county's rows."""
    asked = con.execute(
        "select table_name, column_name from duckdb_columns() where ends_with(column_name, '_id') "
        "and data_type = 'BIGINT' and database_name = current_database() "
        "and table_name in (select table_name from duckdb_tables())"
    ).fetchall()
    low, high = county * 10_000_000, (county + 1) * 10_000_000
    where = "where {1} > 1000000 and {1} not between {2} and {3} and {1} <> {4}"
    return [
        f"{table}.{column}"
        for table, column in asked
        if con.execute(f"select 1 from {table} {where.format(table, column, low, high, county)}").fetchall()
    ]


@pytest.mark.parametrize("town", [None, TOWN])
def test_the_part_holds_no_row_of_another_county(both: Lake, town: str | None) -> None:
    with closing(part(both, GAOPING.code, town)) as con:
        assert con.execute("select count(*) > 0 from hazards").fetchall() == [(True,)]
        assert con.execute("select county from counties").fetchall() == [(GAOPING.name,)]
        assert numbers_outside(con, GAOPING.code) == []
    with closing(part(both, ZEZHOU.code, town)) as con:
        assert numbers_outside(con, GAOPING.code) != []


def test_a_townships_part_of_the_lake_is_its_part_of_its_own_warehouse(both: Lake, shared: Path) -> None:
    folder = warehouse(shared, GAOPING)
    with ExitStack() as stack:
        found = stack.enter_context(closing(part(both, GAOPING.code, TOWN)))
        own = stack.enter_context(
            closing(opened_part(folder, str(current_build(folder)), Scope(township=TOWN)))
        )
        for by in ((), ("township",), ("institution",), ("period",), ("unit",)):
            codes = [code for code in catalog() if {*by} <= {*dimensions(own, code)}]
            assert evaluate_many(found, codes, AS_OF, by).equals(evaluate_many(own, codes, AS_OF, by)), by
        for kind in kinds():
            assert told(records(found, kind, AS_OF)).equals(told(records(own, kind, AS_OF))), kind


@pytest.mark.parametrize("town", [None, TOWN])
def test_the_part_reaches_nothing_outside_itself(
    both: Lake, data_files: list[Path], town: str | None
) -> None:
    (data, *_) = data_files
    assert data.exists()
    for sql in (
        "from lake.hazards",
        "from whole.hazards",
        "set enable_external_access = true",
        f"from read_parquet('{data}')",
        f"copy (select 1) to '{data.parent}/x.parquet'",
    ):
        with closing(part(both, GAOPING.code, town)) as con, pytest.raises(duckdb.Error):
            con.execute(sql)


@pytest.fixture
def data_files(both: Lake) -> list[Path]:
    """The files of the lake's hazards."""
    with writing(both, "read_only") as con:
        files = con.execute("select data_file from ducklake_list_files('lake', 'hazards')").fetchall()
    return [Path(file) for (file,) in files]


def test_of_a_whole_lake_a_township_needs_its_county_though_but_one_has_loaded(
    lake: Lake, shared: Path
) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    with pytest.raises(ScopeError, match="是哪个县区的"):
        part(lake, None, TOWN)


def test_of_one_county_a_township_needs_no_county(both: Lake) -> None:
    alone = Lake(both.dsn, GAOPING.code)
    with closing(part(alone, None, TOWN)) as con:
        assert con.execute("select township from townships").fetchall() == [(TOWN,)]


@pytest.mark.parametrize(
    ("county", "township", "said"),
    [
        (None, TOWN, f"名单没有写“{TOWN}”是哪个县区的"),
        (999999, None, "还没有县区 999999 的数据"),
        (GAOPING.code, "无此镇", "乡镇名单里没有“无此镇”"),
    ],
)
def test_what_is_not_there_is_refused_in_chinese(
    both: Lake, county: int | None, township: str | None, said: str
) -> None:
    with pytest.raises(ScopeError, match=said):
        part(both, county, township)


def test_of_a_service_for_one_county_another_sees_nothing(both: Lake) -> None:
    with pytest.raises(ScopeError, match=f"这里只看一个县区，不是名单写的 {ZEZHOU.code}"):
        part(Lake(both.dsn, GAOPING.code), ZEZHOU.code, None)


def test_a_county_has_no_meaning_where_a_countys_own_warehouse_is_shown(shared: Path) -> None:
    folder = warehouse(shared, GAOPING)
    with pytest.raises(ScopeError, match="只用于数据湖"):
        opened_part(folder, str(current_build(folder)), Scope(GAOPING.code))


@pytest.fixture
def open_page(both: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of the lake as somebody who has logged in."""
    (tmp_path / "roles.toml").write_text(ROLES, encoding="utf-8")
    monkeypatch.setenv(ACCESS_VARIABLE, "login")
    monkeypatch.setenv(ROLES_VARIABLE, str(tmp_path / "roles.toml"))
    monkeypatch.setenv(session.LAKE_VARIABLE, both.dsn)
    monkeypatch.setenv(session.COUNTY_VARIABLE, "")

    def opened(who: str, page: str, **query: str) -> AppTest:
        email = f"{who}@example.gov.cn"
        monkeypatch.setattr(here, "told", lambda: {"is_logged_in": True, "email": email})
        return opening.tester(page, 120, **query).run()

    return opened


@pytest.fixture(scope="module")
def others_homes(shared: Path) -> set[str]:
    """The homes that the other county alone has."""
    own, others = (homes(warehouse(shared, county)) for county in (GAOPING, ZEZHOU))
    assert others - own
    return others - own


def homes(folder: Path) -> set[str]:
    with closing(counties.opened(folder)) as con:
        return {name for (name,) in con.execute("select institution from institutions").fetchall()}


def test_a_leader_sees_all(open_page: Open, others_homes: set[str]) -> None:
    told = everything(open_page("city", "hazards"))
    assert OTHERS in told
    assert [home for home in others_homes if home in told]


@pytest.mark.parametrize(
    ("who", "page"), [*(("county", page) for page in PAGES), *(("town", page) for page in OF_A_TOWN)]
)
def test_a_county_and_a_town_see_themselves_and_no_other(
    open_page: Open, others_homes: set[str], who: str, page: str
) -> None:
    drawn = open_page(who, page)
    assert not drawn.exception
    assert [error.value for error in drawn.error] == []
    assert f"{GAOPING.name}民政局" in text(drawn)
    told = everything(drawn).replace(f"{OTHERS}民政局", "")  # the county's own ledgers name it
    assert OTHERS not in told
    assert [home for home in others_homes if home in told] == []


LINKS = [
    ("hazards", {"county": OTHERS}),
    ("hazards", {"township": f"{OTHERS}南岭镇"}),
    ("records", {"metric": "hazards_found", "county": OTHERS}),
    ("institution", {"institution": "HOME"}),
]


@pytest.mark.parametrize("who", ["county", "town"])
@pytest.mark.parametrize(("page", "query"), LINKS)
def test_a_link_to_another_county_shows_nothing_of_it(
    open_page: Open, others_homes: set[str], who: str, page: str, query: dict[str, str]
) -> None:
    home = min(others_homes)
    drawn = open_page(who, page, **{key: home if value == "HOME" else value for key, value in query.items()})
    assert not drawn.exception
    shown = drawn.session_state["view"]
    assert shown.counties == [GAOPING.name]
    assert (shown.towns == [TOWN]) is (who == "town")
    told = text(drawn)  # the word about what was ignored in the link repeats it, elsewhere
    assert OTHERS not in told
    assert [name for name in others_homes if name in told] == []


def test_a_township_whose_county_is_not_said_is_refused(open_page: Open) -> None:
    assert "是哪个县区的" in text(open_page("somewhere", "overview"))


def test_a_part_let_go_is_opened_again_as_it_was_though_the_lake_has_gone_on(
    lake: Lake, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(session.LAKE_VARIABLE, lake.dsn)
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
    code = session.coded(str(sources.current(lake)), Scope(ZEZHOU.code))
    before = session.connection(code).execute(HAZARDS).fetchall()
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    after = session.connection(session.coded(str(sources.current(lake)), Scope(ZEZHOU.code)))
    session._part.clear()
    session._of_lake.clear()
    assert session.connection(code).execute(HAZARDS).fetchall() == before
    assert after.execute(HAZARDS).fetchall() != before


def test_a_part_that_cannot_be_opened_keeps_nobody_from_the_new_build(
    both: Lake, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object) -> duckdb.DuckDBPyConnection:
        raise LakeError("连不上")

    monkeypatch.setenv(session.LAKE_VARIABLE, both.dsn)
    monkeypatch.setattr(watching, "PAGES", ["overview"])
    monkeypatch.setattr(session, "opened_part", away)
    monkeypatch.setattr(session, "scopes_seen", lambda: [Scope(GAOPING.code)])
    monkeypatch.setattr(session, "_builds", WeakValueDictionary())
    session._part.clear()
    try:
        Watch().look()
        shown = session.showing.build
        assert shown is not None
        assert (shown.code, session.showing.is_behind) == (sources.current(both), False)
    finally:
        session.showing.build, session.showing.is_behind = None, False
    assert "cannot be opened" in caplog.text
