"""Each role's pages: a township sees its own rows alone, on every page and by every link."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app, outside
from dashboard.export.kinds import KINDS
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.guard.here import called_here
from dashboard.guard.policy import ACCESS_VARIABLE, ROLES_VARIABLE
from dashboard.guard.roles import Person
from queries.filters import Filters
from queries.scope import Scope
from queries.warehouse import current_build, fetch, open_build
from tests.dashboard.conftest import Open
from tests.dashboard.guard.conftest import DAJI, LEADER, OFFICE, ROLES, UNKNOWN, SignIn
from tests.dashboard.test_pages import assert_drawn, text

EVERY = [path for entries in app.GROUPS.values() for _, path in entries]
PAGES = [path for path in EVERY if path not in app.OFFICES_OWN]
OTHER = "南岭镇"
OWN = Scope(township="大箕镇")


@pytest.fixture(scope="module")
def others_homes(example: Path) -> list[str]:
    """The homes of all towns but 大箕镇."""
    with open_build(example, current_build(example) or "") as con:
        sql = "select institution from institutions inner join townships using (township_id)"
        return fetch(con, f"{sql} where township <> '大箕镇'")["institution"].to_list()


def everything(page: AppTest) -> str:
    """All that a page sends to the browser, as one text."""
    told = b"".join(_sent(page._tree)).decode("utf-8", "replace")
    return told + re.sub(r"\\\\u([0-9a-f]{4})", lambda escaped: chr(int(escaped[1], 16)), told)


def _sent(node: Any) -> Iterator[bytes]:
    if getattr(node, "proto", None) is not None:
        yield node.proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from _sent(child)


def test_the_office_alone_is_offered_the_intake() -> None:
    office, leader, town = (
        {path for entries in app.offered(person).values() for _, path in entries}
        for person in (
            Person("o", "office"),
            Person("l", "leader"),
            Person("t", "township", OWN),
        )
    )
    assert office == set(EVERY)
    assert leader == town == set(EVERY) - app.OFFICES_OWN


@pytest.mark.parametrize("name", PAGES)
def test_a_township_sees_itself_and_nobody_else(
    open_page: Open, example: Path, sign_in: SignIn, others_homes: list[str], name: str
) -> None:
    sign_in(LEADER)
    assert OTHER in everything(open_page(example, name))
    sign_in(DAJI)
    page = open_page(example, name)
    assert_drawn(page, name)
    told = everything(page)
    assert [home for home in others_homes if home in told] == []
    assert OTHER not in told
    assert "只看：大箕镇" in told
    assert "全县" not in told


def test_the_intake_is_not_there_for_a_township(open_page: Open, example: Path, sign_in: SignIn) -> None:
    sign_in(DAJI)
    with pytest.raises(ValueError, match="intake"):
        open_page(example, "intake")


LINKS = [
    ("overview", {"township": OTHER}),
    ("township", {"township": OTHER}),
    ("hazards", {"township": OTHER, "severity": "重大"}),
    ("records", {"metric": "hazards_found", "township": OTHER}),
    ("records", {"metric": "overdue", "township": f"{OTHER}' or township = '大阳镇"}),
    ("records", {"action": "overdue_major", "township": OTHER}),
    ("heatmap", {"metric": "发现隐患", "hazards_found-township": OTHER}),
    ("institution", {"institution": "南岭镇敬老院"}),
    ("export", {"township": OTHER}),
]


@pytest.mark.parametrize(("name", "query"), LINKS)
def test_a_link_to_another_town_shows_nothing_of_it(
    open_page: Open, example: Path, sign_in: SignIn, others_homes: list[str], name: str, query: dict[str, str]
) -> None:
    sign_in(DAJI)
    page = open_page(example, name, **query)
    assert not page.exception
    told = everything(page)
    assert [home for home in others_homes if home in told] == []
    assert "只看：大箕镇" in told


def test_a_home_is_held_against_its_own_town_alone(open_page: Open, example: Path, sign_in: SignIn) -> None:
    sign_in(DAJI)
    with open_build(example, current_build(example) or "") as con:
        sql = "select institution from institutions inner join townships using (township_id)"
        home = fetch(con, f"{sql} where township = '大箕镇'")["institution"][0]
    told = text(open_page(example, "institution", institution=home))
    assert f"{home}" in told
    assert "比大箕镇" in told
    assert "全县" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_holds_the_townships_own_alone(
    example: Path, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, others_homes: list[str], kind: str
) -> None:
    sign_in(DAJI)
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    made = KINDS[kind].make(outside.view(example, None, None, Filters(townships=("大箕镇",))))
    told = "".join(_unzipped(made))
    assert "大箕" in told
    assert [home for home in others_homes if home in told] == []
    assert OTHER not in told
    assert "全县" not in told


def _unzipped(content: bytes) -> Iterator[str]:
    """The text of every part, also of the workbooks within a presentation."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            yield from _unzipped(part) if name.endswith(".xlsx") else [part.decode("utf-8", "replace")]


def test_whoever_is_unknown_is_refused_on_every_page(open_page: Open, example: Path, sign_in: SignIn) -> None:
    sign_in(UNKNOWN)
    page = open_page(example, "overview", township=OTHER)
    assert "不能查看" in text(page)
    assert f"“{UNKNOWN}”不在可以看本系统的名单里" in text(page)
    assert "统计截止" not in everything(page)


def test_a_page_drawn_for_nobody_is_nobodys(sign_in: SignIn) -> None:
    sign_in("")
    assert called_here() == ""
    sign_in(LEADER)
    assert called_here() == LEADER


def test_whoever_has_not_logged_in_is_refused(open_page: Open, example: Path, sign_in: SignIn) -> None:
    sign_in("")
    assert "还没有登录" in text(open_page(example, "overview"))


def test_a_broken_list_lets_nobody_in(
    open_page: Open, example: Path, sign_in: SignIn, roles: Path, caplog: pytest.LogCaptureFixture
) -> None:
    roles.write_text("roles = [", encoding="utf-8")
    sign_in(OFFICE)
    page = open_page(example, "overview")
    assert "现在读不懂" in text(page)
    assert "统计截止" not in text(page)
    assert "roles.toml 无法读取" in caplog.text


def test_a_town_the_data_do_not_know_is_refused(
    open_page: Open, example: Path, sign_in: SignIn, roles: Path
) -> None:
    roles.write_text(ROLES.replace("大箕镇", "蓬莱镇"), encoding="utf-8")
    sign_in(DAJI)
    page = open_page(example, "overview")
    assert "乡镇名单里没有“蓬莱镇”" in text(page)
    assert "统计截止" not in text(page)


def test_a_leader_waits_for_the_first_ledgers(open_page: Open, tmp_path: Path, sign_in: SignIn) -> None:
    sign_in(LEADER)
    said = text(open_page(tmp_path, "overview"))
    assert "县民政局交来台账后再看" in said
    assert "zhiben load" not in said


def test_at_this_machine_nobody_logs_in(
    open_page: Open, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ACCESS_VARIABLE, raising=False)
    monkeypatch.delenv(ROLES_VARIABLE, raising=False)
    page = open_page(example, "intake")
    assert_drawn(page, "intake")
    assert "退出登录" not in text(page)
