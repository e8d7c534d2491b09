"""The decisions' files: nothing in them is lost, and a slip in them is named."""

from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from etl import LoadError
from etl.decisions import Decisions, HazardKey, read_decisions
from etl.decisions_written import add_alias, add_decision

DAY = date(2026, 11, 20)
ONE = HazardKey("松鹤院", date(2024, 3, 5), "漏“电”\n\\二层", "H1")
OTHER = HazardKey("松鹤院", date(2024, 3, 6), '漏电\x7f\t"x"')

ALIAS = """
[[aliases]]
written = "a"
means = "b"
decided_by = "c"
decided_on = 2026-11-20
"""
PAIR = """
[[pairs]]
kind = "hazards"
same = true
decided_by = "c"
decided_on = 2026-11-20
one = { institution = "a", found_on = 2024-03-05, description = "b" }
other = { institution = "a", found_on = 2024-03-05, description = "c" }
"""


def test_files_that_are_not_there_decide_nothing(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none") == Decisions()


def test_what_is_added_is_read_back_as_it_was_said(tmp_path: Path) -> None:
    add_alias(tmp_path, "a\"b'\\", "松鹤院\n", "张三", DAY, reason="[[aliases]]")
    add_decision(tmp_path, "hazards", ONE, OTHER, False, "张三", DAY)
    read = read_decisions(tmp_path)
    (alias,), (pair,) = read.aliases, read.pairs
    assert (alias.written, alias.means, alias.decided_on) == ("a\"b'\\", "松鹤院\n", DAY)
    assert (alias.decided_by, alias.reason) == ("张三", "[[aliases]]")
    assert (pair.one, pair.other, pair.same, pair.reason) == (ONE, OTHER, False, "")


@pytest.mark.parametrize(
    "before", ["# 张三记\n", f"{ALIAS}# 说明", "\ufeff" + ALIAS.replace("\n", "\r\n"), ""]
)
def test_adding_keeps_what_is_there(tmp_path: Path, before: str) -> None:
    path = tmp_path / "aliases.toml"
    path.write_text(before, "utf-8", newline="")
    had = read_decisions(tmp_path).aliases
    add_alias(tmp_path, "老院", "松鹤院", "张三", DAY)
    now = read_decisions(tmp_path).aliases
    assert (now[:-1], now[-1].written) == (had, "老院")
    assert path.read_text("utf-8").startswith(before.removeprefix("\ufeff").replace("\r\n", "\n").rstrip())


def test_many_people_may_add_at_once(tmp_path: Path) -> None:
    names = [f"院{number}" for number in range(12)]
    threads = [Thread(target=add_alias, args=(tmp_path, name, "松鹤院", "张三", DAY)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(alias.written for alias in read_decisions(tmp_path).aliases) == sorted(names)


def test_a_file_that_cannot_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "aliases.toml"
    path.write_text("[[aliases", "utf-8")
    with pytest.raises(LoadError, match="没有写入"):
        add_alias(tmp_path, "老院", "松鹤院", "张三", DAY)
    assert path.read_text("utf-8") == "[[aliases"


@pytest.mark.parametrize(("written", "means"), [("", "松鹤院"), ("老院", ""), (" （） ", "松鹤院")])
def test_a_blank_name_is_not_written(tmp_path: Path, written: str, means: str) -> None:
    with pytest.raises(LoadError, match="没有写入"):
        add_alias(tmp_path, written, means, "张三", DAY)
    assert read_decisions(tmp_path) == Decisions()


def test_only_hazards_are_decided_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="不认识 'drills'"):
        add_decision(tmp_path, "drills", ONE, OTHER, True, "张三", DAY)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("aliases.toml", "[[aliases", "不是合法的 TOML"),
        ("aliases.toml", ALIAS.replace("[[aliases]]", "[[alias]]"), "不认识的键 alias；可用的键：aliases"),
        ("aliases.toml", ALIAS.replace("[[aliases]]", "[aliases]"), "aliases：应为一组表"),
        ("aliases.toml", ALIAS.replace("means", "mean"), "第 1 项：不认识的键 mean；"),
        ("aliases.toml", ALIAS.replace('means = "b"', ""), "第 1 项：缺少键 means"),
        ("aliases.toml", ALIAS.replace("2026-11-20", '"2026-11-20"'), "decided_on：应为日期"),
        ("aliases.toml", ALIAS.replace('"a"', '" "'), "written 与 means 都不能为空"),
        ("duplicates.toml", PAIR.replace("true", '"yes"'), "same：应为true 或 false"),
        ("duplicates.toml", PAIR.replace('"hazards"', '"hazard"'), "kind：不认识 'hazard'"),
        ("duplicates.toml", PAIR.replace("found_on", "found"), "第 1 项 的 one：不认识的键 found；"),
        ("duplicates.toml", PAIR + PAIR.replace('"b" }', '"b", number = "1" }'), "第 2 项 的 one"),
    ],
)
def test_what_a_decision_gets_wrong_is_named(tmp_path: Path, name: str, text: str, named: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(LoadError) as raised:
        read_decisions(tmp_path)
    assert name in str(raised.value)
    assert named in str(raised.value)
