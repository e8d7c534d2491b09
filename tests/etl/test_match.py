"""Names as written find the institution meant, or nothing."""

import pytest

from etl.match import Entry, Register, register_of
from etl.units import Units, match_task
from queries.campaign import read_campaign
from tests.etl.judging import book

TOWNS = book().townships
HOMES = (
    ("巴公镇中心敬老院", "巴公镇", "老院"),
    ("大阳光养老院", "周村镇", ""),
    ("泽州县夕阳红养老服务中心", "南村镇", "红叶托老所"),
    ("南村镇福寿养老院", "南村镇", ""),
    ("金村镇福寿养老院", "金村镇", ""),
)


def register() -> Register:
    return register_of(
        (
            Entry(
                number,
                name,
                TOWNS.find(town) or 0,
                frozenset({f"CODE{number}"}),
                frozenset({name}),
                frozenset({former} - {""}),
            )
            for number, (name, town, former) in enumerate(HOMES, 1)
        ),
        TOWNS,
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("巴公镇中心敬老院", 1),
        ("泽州县巴公镇中心敬老院", 1),
        ("巴公镇 中心敬老院。", 1),
        ("巴公镇（中心）敬老院", 1),
        ("巴公中心敬老院", 1),
        ("大阳光养老院", 2),
        ("夕阳红养老服务中心", 3),
        ("南村镇夕阳红养老服务中心", 3),
        ("夕阳红养老服务中心有限公司", 3),
    ],
)
def test_blanks_brackets_county_and_town_do_not_count(text: str, number: int) -> None:
    assert register().match(None, text, None) == (number, None, None)


@pytest.mark.parametrize(
    ("text", "number", "rule"),
    [
        ("老院", 1, "former_name"),
        ("巴公镇老院", 1, "former_name"),
        ("红叶托老所", 3, "former_name"),
        ("夕阳红", 3, "shortened_name"),
        ("夕阳红养老中心", 3, "shortened_name"),
        ("中心敬老院", 1, "shortened_name"),
        ("巴公镇敬老院", 1, "shortened_name"),
    ],
)
def test_a_former_or_shortened_name_is_warned_of(text: str, number: int, rule: str) -> None:
    assert register().match(None, text, None) == (number, rule, HOMES[number - 1][0])


def test_a_credit_code_goes_before_the_name() -> None:
    assert register().match("code2", "夕阳红", None).institution_id == 2
    assert register().match("CODE4", None, None).institution_id == 4


@pytest.mark.parametrize("text", ["中心敬老院", "夕阳红"])
def test_a_short_name_in_another_towns_ledger_is_not_found(text: str) -> None:
    found = register().match(None, text, TOWNS.find("大箕镇"))
    assert (found.institution_id, found.rule) == (None, "institution_not_found")
    assert len((found.detail or "").split("、")) == 3


def test_a_whole_name_is_found_whichever_town_sends_it() -> None:
    assert register().match(None, "夕阳红养老服务中心", TOWNS.find("大箕镇")) == (3, None, None)


@pytest.mark.parametrize(
    ("code", "text", "answer"),
    [
        ("CODE4", "南村镇福寿养老院", (4, None, None)),
        ("CODE4", "福寿养老院", (4, None, None)),
        ("CODE3", "红叶托老所", (3, None, None)),
        ("CODE4", "天使之家", (4, "name_differs", "南村镇福寿养老院")),
        ("CODE4", "大阳光养老院", (None, "code_and_name_differ", "南村镇福寿养老院、大阳光养老院")),
        ("CODE9", "大阳光养老院", (2, "unknown_code", "CODE9")),
    ],
)
def test_a_code_and_a_name_that_contradict_are_told(
    code: str, text: str, answer: tuple[int | None, str | None, str | None]
) -> None:
    assert register().match(code, text, None) == answer
    assert Units(register(), "泽州县民政局").match(code, text, None)[3:] == answer


def test_a_name_two_institutions_have_is_ambiguous() -> None:
    assert register().match(None, "福寿养老院", None) == (
        None,
        "institution_ambiguous",
        "南村镇福寿养老院、金村镇福寿养老院",
    )


def test_the_town_that_sent_the_row_decides_between_namesakes() -> None:
    assert register().match(None, "福寿养老院", TOWNS.find("金村镇")).institution_id == 5


@pytest.mark.parametrize("text", ["大箕镇福寿养老院", "福安养老院", "养老院", "夕阳红敬老院"])
def test_a_name_that_only_looks_alike_is_not_found(text: str) -> None:
    assert register().match(None, text, None).rule == "institution_not_found"


def test_the_three_nearest_names_are_named() -> None:
    nearest = register().match(None, "福寿康养老院", None).detail or ""
    assert len(nearest.split("、")) == 3
    assert {"南村镇福寿养老院", "金村镇福寿养老院"} <= set(nearest.split("、"))


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("巴公镇", "巴公镇"),
        ("巴公", "巴公镇"),
        ("泽州县巴公镇", "巴公镇"),
        ("川底乡", "川底镇"),
        ("李寨乡", "南岭镇"),
        ("巴公镇民政办", "巴公镇"),
        ("巴公镇西部村", "巴公镇"),
        ("巴公镇人民政府", "巴公镇"),
    ],
)
def test_a_town_is_found_by_name_former_name_or_address(text: str, town: str) -> None:
    assert TOWNS.place(text) == TOWNS.find(town)
    assert TOWNS.find(town) is not None


@pytest.mark.parametrize("text", ["巴山镇", "山河路办事处", "大阳光"])
def test_what_is_no_town_is_none(text: str) -> None:
    assert TOWNS.place(text) is None


@pytest.mark.parametrize(
    ("title", "town"),
    [
        ("大箕镇养老机构隐患台账 2024.xlsx", "大箕镇"),
        ("大箕镇、巴公镇", None),
        ("全县汇总", None),
        ("川底乡.csv", "川底镇"),
    ],
)
def test_a_title_names_one_town_or_none(title: str, town: str | None) -> None:
    assert TOWNS.within(title) == (TOWNS.find(town) if town else None)


@pytest.mark.parametrize(
    ("text", "unit_code", "unit"),
    [
        ("县民政局", "county", "泽州县民政局"),
        ("泽州县民政局", "county", "泽州县民政局"),
        ("局机关", "county", "泽州县民政局"),
        ("泽州县民政局养老服务科", "county", "泽州县民政局"),
        ("南岭乡", "township", "南岭镇"),
        ("巴公镇民政办", "township", "巴公镇"),
        ("夕阳红养老服务中心", "institution", "泽州县夕阳红养老服务中心"),
    ],
)
def test_a_unit_is_the_bureau_a_town_or_an_institution(text: str, unit_code: str, unit: str) -> None:
    found = Units(register(), "泽州县民政局").match(None, text, None)
    assert (found.unit_code, found.unit, found.rule) == (unit_code, unit, None)


def test_another_countys_bureau_is_no_unit() -> None:
    assert Units(register(), "泽州县民政局").match(None, "高平市民政局", None).rule == "unit_not_found"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("县民政局", "county"),
        ("民政局养老股", "county"),
        ("县民政局、消防救援大队", "county"),
        ("消防救援大队，民政局", "county"),
        ("民政局福利院", "other"),
        ("高平市民政局养老股", "other"),
        ("大阳镇民政办", "township"),
        ("夕阳红养老服务中心", "institution"),
        ("本机构", "institution"),
        ("巴公镇中心敬老院", "other"),
        ("县消防救援大队", "other"),
    ],
)
def test_an_organiser_is_own_only_where_it_is_the_institution_trained(text: str, code: str) -> None:
    assert Units(register(), "泽州县民政局").organiser(text, 3).organiser_code == code


@pytest.mark.parametrize(
    ("text", "unit_code", "task", "rule"),
    [
        ("D02", "township", "D02", None),
        ("d02 召开动员会议", "township", "D02", None),
        ("召开动员会议", "township", "D02", None),
        ("召开动员会议", "institution", "D03", None),
        ("D02", "institution", "D03", "task_of_other_unit"),
        ("健全完善制度", "county", "Z04", "shortened_task"),
        ("D01", "institution", None, "task_not_of_unit"),
        ("打扫卫生", "county", None, "task_not_found"),
    ],
)
def test_a_task_is_the_one_asked_of_such_a_unit(
    text: str, unit_code: str, task: str | None, rule: str | None
) -> None:
    found = match_task(text, unit_code, read_campaign())
    assert (found.task, found.rule) == (task, rule)
