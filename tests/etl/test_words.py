"""The words of words.toml are the contract's own and never contradict one another."""

import tomllib

import pytest

from etl.ledgers import LEDGERS
from etl.words import FOLDER, heading_key, plain, read_choices, words


@pytest.mark.parametrize("kind", LEDGERS)
def test_no_heading_names_two_fields_of_a_kind(kind: str) -> None:
    """Save where it is listed as ambiguous, and the ambiguous list decides."""
    claimed: dict[str, set[str]] = {}
    for field, headings in words().headings[kind].items():
        for heading in headings:
            claimed.setdefault(heading_key(heading), set()).add(field)
    open_ = {heading_key(heading) for heading in words().ambiguous.get(kind, {})}
    assert {key: fields for key, fields in claimed.items() if len(fields) > 1 and key not in open_} == {}


@pytest.mark.parametrize("kind", LEDGERS)
def test_every_official_heading_names_its_own_field(kind: str) -> None:
    for field in LEDGERS[kind].fields:
        assert words().claims[kind][heading_key(field.heading)] == (field.name, 0)


def test_ambiguous_headings_name_fields_of_their_kind() -> None:
    for kind, meant in words().ambiguous.items():
        assert {field for fields in meant.values() for field in fields} <= set(words().headings[kind])


@pytest.mark.parametrize("list_", read_choices())
def test_no_written_word_stands_for_two_words_of_a_list(list_: str) -> None:
    written = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))["written"]
    ways = [plain(way) for word in read_choices()[list_].values() for way in {word, *written.get(word, ())}]
    assert [way for way in set(ways) if ways.count(way) > 1] == []


def test_other_words_are_written_only_for_words_of_a_list() -> None:
    written = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))["written"]
    assert set(written) <= {word for official in read_choices().values() for word in official.values()}


@pytest.mark.parametrize(
    ("list_", "written", "word"),
    [
        ("severity", "一般 隐患", "一般"),
        ("severity", "重大事故隐患", "重大"),
        ("severity", "３级", "一般"),
        ("severity", "一般3级", "一般"),
        ("severity", "1级", "重大"),
        ("status", "已整改销号", "已整改"),
        ("status", "现场处置", "已整改"),
        ("status", "待整改", "未整改"),
        ("status", "√", "已整改"),
        ("status", "打回重改", "打回重改"),
        ("inspection_type", "自查", "机构自查"),
        ("source", "自查", "机构自查"),
        ("source", "投诉", "举报投诉"),
        ("area", "燃气", "用气"),
        ("finding", "部分属实", "部分"),
        ("drill_type", "应急疏散演练", "疏散逃生"),
    ],
)
def test_a_word_as_people_write_it_is_the_lists_word(list_: str, written: str, word: str) -> None:
    assert words().choices[list_][plain(written)] == word


def test_a_list_knows_only_its_own_words() -> None:
    assert plain("投诉") not in words().choices["inspection_type"]


@pytest.mark.parametrize(
    ("written", "flag"),
    [("是 √ 有 已签字 1 Ｙ", True), ("否 × 无 未 0 n", False)],
)
def test_yes_and_no_are_known_in_many_words(written: str, *, flag: bool) -> None:
    assert {words().flags[plain(word)] for word in written.split()} == {flag}


@pytest.mark.parametrize("written", ["-", "—", "－", " / ", "无", "N/A"])
def test_a_placeholder_is_known(written: str) -> None:
    assert plain(written) in words().placeholders


def test_doubtful_words_are_words_of_their_list() -> None:
    for name, doubtful in words().doubtful.items():
        assert doubtful <= set(words().choices[name])
