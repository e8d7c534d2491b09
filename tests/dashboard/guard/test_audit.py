"""The log: every act a line with who, when and what; only ever added to, by whatever process."""

import json
import re
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from dashboard.guard import audit, cookies
from dashboard.guard.door import FORGED, NO_UPLOADS, THIS_MACHINE_ALONE, Door
from dashboard.guard.policy import ACCESS_VARIABLE, ROLES_VARIABLE
from tests.dashboard.conftest import Open
from tests.dashboard.guard.asking import PAGE, SECRET, ask, behind, cookie
from tests.dashboard.guard.conftest import DAJI, LEADER, UNKNOWN
from tests.dashboard.guard.test_signing_in import finished
from tests.dashboard.test_pages import assert_drawn

LINES = 50
DOOR = Door(behind)


@pytest.fixture
def login(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ACCESS_VARIABLE, "login")
    monkeypatch.setenv(ROLES_VARIABLE, str(roles))
    monkeypatch.setattr(cookies, "get_cookie_secret", lambda: SECRET)


def lines(log: Path) -> list[tuple[str, str, str]]:
    """[who, event, what], the oldest first."""
    return audit.read(log).reverse().select("who", "event", "what").rows()


def test_a_line_says_who_when_and_what(own_log: Path) -> None:
    audit.note("张某", "publish", "大箕镇.xlsx")
    [file] = own_log.iterdir()
    assert re.fullmatch(r"\d{4}-\d{2}\.jsonl", file.name)
    entry = json.loads(file.read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", entry.pop("at"))
    assert entry == {"who": "张某", "event": "publish", "what": "大箕镇.xlsx"}


def test_nobody_but_the_server_reads_the_file(own_log: Path) -> None:
    audit.note("张某", "publish", "")
    assert [file.stat().st_mode & 0o077 for file in own_log.iterdir()] == [0]


def test_what_was_written_stays_as_it_was(own_log: Path) -> None:
    audit.note("甲", "load", "一")
    [file] = own_log.iterdir()
    before = file.read_bytes()
    audit.note("乙", "rollback", "二")
    assert file.read_bytes().startswith(before)
    assert lines(own_log) == [("甲", "load", "一"), ("乙", "rollback", "二")]


def test_a_line_with_line_breaks_is_one_line(own_log: Path) -> None:
    audit.note("甲\n乙", "export", '}\n{"who": "丙"')
    assert lines(own_log) == [("甲\n乙", "export", '}\n{"who": "丙"')]


def _write(number: int) -> None:
    for line in range(LINES):
        audit.note(f"第{number}个", "export", f"{line}" + "长" * 200)


def test_lines_of_several_processes_never_mix(own_log: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(_write, range(4)))
    found = [(who, what.rstrip("长")) for who, _, what in lines(own_log)]
    assert sorted(found) == sorted((f"第{n}个", f"{line}") for n in range(4) for line in range(LINES))


def test_a_line_cut_short_is_left_out_and_the_others_are_read(own_log: Path) -> None:
    audit.note("甲", "load", "")
    [file] = own_log.iterdir()
    with file.open("a", encoding="utf-8") as half:
        half.write('{"at": "2026-11-\n[1]\n{}\n')
    audit.note("乙", "load", "")
    assert [who for who, _, _ in lines(own_log)] == ["甲", "乙"]


def test_months_follow_each_other(own_log: Path) -> None:
    own_log.mkdir()
    for month in ("2026-10", "2026-09"):
        entry = {"at": f"{month}-01T00:00:00+08:00", "who": month, "event": "load", "what": ""}
        (own_log / f"{month}.jsonl").write_text(json.dumps(entry), encoding="utf-8")
    assert audit.read(own_log)["who"].to_list() == ["2026-10", "2026-09"]


def test_without_a_log_there_is_nothing_to_read(own_log: Path) -> None:
    assert audit.read(own_log).is_empty()


def test_work_goes_on_where_the_log_cannot_be_written(
    own_log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own_log.write_text("no folder", encoding="utf-8")
    assert audit.noted("甲", "export", "清单.xlsx", lambda: b"made")() == b"made"
    assert "清单.xlsx" in caplog.text


def test_a_file_is_written_down_when_it_is_made(own_log: Path) -> None:
    make = audit.noted("甲", "export", "清单.xlsx", lambda: b"made")
    assert lines(own_log) == []
    make()
    assert lines(own_log) == [("甲", "export", "清单.xlsx")]


@pytest.mark.usefixtures("login")
class TestTheDoor:
    def test_somebody_unknown_is_written_down_once(self, own_log: Path) -> None:
        for path in ("/", "/hazards", "/media/x"):
            ask(DOOR, path, cookie(UNKNOWN) | PAGE)
        [(who, event, what)] = lines(own_log)
        assert (who, event) == (UNKNOWN, "refusal")
        assert "不在可以看本系统的名单里" in what

    def test_a_forged_cookie_is_written_down_with_its_machine(self, own_log: Path) -> None:
        ask(DOOR, "/", cookie(LEADER, secret="f" * 32), client="192.0.2.7")
        assert lines(own_log) == [("192.0.2.7", "refusal", FORGED)]

    def test_an_upload_that_is_not_the_offices_is_written_down(self, own_log: Path) -> None:
        ask(DOOR, "/_stcore/upload_file/a/b", cookie(DAJI), method="PUT")
        assert lines(own_log) == [(DAJI, "refusal", NO_UPLOADS)]

    def test_an_old_cookie_and_none_are_not(self, own_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cookies, "LIFE_SECONDS", -1)
        ask(DOOR, "/", cookie(LEADER))
        ask(DOOR, "/", PAGE)
        assert lines(own_log) == []

    def test_looking_is_not_written_down(self, own_log: Path) -> None:
        for path in ("/", "/hazards?township=大箕镇".encode().decode("latin-1"), "/media/x"):
            ask(DOOR, path, cookie(LEADER))
        assert lines(own_log) == []

    def test_a_login_is_written_down(self, own_log: Path) -> None:
        finished("", cookie(LEADER)["cookie"])
        finished("", cookie(UNKNOWN)["cookie"])
        finished("", "_streamlit_user=forged")
        assert [(who, event) for who, event, _ in lines(own_log)] == [
            (LEADER, "sign_in"),
            (UNKNOWN, "refusal"),
        ]


def test_no_more_is_remembered_of_the_refused_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOST_REMEMBERED", 2)
    for who in ("甲", "乙", "丙"):
        audit.refused(who, "一")
    assert list(audit._refused) == [("乙", "一"), ("丙", "一")]


def test_strangers_from_ever_new_addresses_do_not_fill_the_disk(
    own_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 10_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(audit, "MOST_STRANGERS", 2)
    for place in range(5):
        audit.turned_away(f"192.0.2.{place}", FORGED)
    audit.refused(DAJI, NO_UPLOADS)
    assert [who for who, _, _ in lines(own_log)] == ["192.0.2.0", "192.0.2.1", DAJI]
    now += audit.ONCE_IN_SECONDS
    for place in range(2):
        audit.turned_away(f"192.0.2.{place}", FORGED)
    assert lines(own_log)[3:] == [
        (audit.OTHERS, "refusal", audit.LEFT_OUT.format(3)),
        ("192.0.2.0", "refusal", FORGED),
        ("192.0.2.1", "refusal", FORGED),
    ]


def test_another_machine_is_written_down(own_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ACCESS_VARIABLE, raising=False)
    ask(DOOR, "/", client="192.0.2.7")
    assert lines(own_log) == [("192.0.2.7", "refusal", THIS_MACHINE_ALONE)]


def test_the_office_reads_the_log_on_its_page(open_page: Open, example: Path) -> None:
    audit.note("张某", "publish", "大箕镇.xlsx", example)
    page = open_page(example, "audit")
    assert_drawn(page, "audit")
    [table] = page.dataframe
    assert ["张某", "发布", "大箕镇.xlsx"] in table.value.iloc[:, 1:].to_numpy().tolist()
