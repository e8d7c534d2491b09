"""What people decided is data: it holds in every load, and a slip in it is named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from etl import LoadError, Report, load
from etl.decisions import HazardKey
from etl.decisions_written import add_alias, add_decision
from queries.warehouse import fetch, open_build
from tests.etl.workbooks import rows, write_workbook

AS_OF = date(2026, 11, 23)
DAY = date(2026, 11, 20)
DATA = Path(__file__).parents[2] / "data"

REGISTER = """
机构名称 | 统一社会信用代码 | 所属乡镇
松鹤院 | C1 | 大阳镇
福寿养老院 | | 大阳镇
福寿养老院 | | 巴公镇
"""
HAZARDS = """
隐患编号 | 机构名称 | 发现日期 | 隐患描述 | 整改时限 | 隐患等级
H1 | 松鹤院 | 2024-03-05 | 二层东侧灭火器过期未换 | 2024-04-01 | 一般
H2 | 松鹤院 | 2024-03-05 | 二层东侧灭火器过期未更换 | 2024-04-02 | 一般
H3 | 老年公寓 | 2024-03-06 | 漏水 | 2024-04-01 | 一般
"""
ONE = HazardKey("松鹤院", date(2024, 3, 5), "二层东侧灭火器过期未换", "H1")
OTHER = HazardKey("松鹤院", date(2024, 3, 5), "二层东侧灭火器过期未更换", "H2")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    copytree(DATA / "reference", folder / "reference")
    (folder / "campaign.toml").write_bytes((DATA / "campaign.toml").read_bytes())
    return folder


@pytest.fixture
def loaded(tmp_path: Path, root: Path) -> Callable[..., Report]:
    folder = tmp_path / "ledgers"
    folder.mkdir()

    def run(hazards: str = HAZARDS, name: str = "隐患", title: str = "", dry_run: bool = True) -> Report:
        write_workbook(folder / "名册.xlsx", {"机构台账": rows(title + REGISTER)})
        write_workbook(folder / f"{name}.xlsx", {"隐患台账": rows(title + hazards)})
        return load([folder], tmp_path / "warehouse", AS_OF, root=root, dry_run=dry_run)

    return run


def counts(report: Report) -> tuple[int, int, int]:
    hazards = report.as_dict()["kinds"]["hazards"]
    return hazards["taken"], hazards["merged"], hazards["refused"]


def rules(report: Report) -> list[str]:
    return [entry["rule"] for entry in report.refusals() + report.warnings()]


def asked(
    loaded: Callable[..., Report], tmp_path: Path, query: str, *ledger: str
) -> list[tuple[object, ...]]:
    report = loaded(*ledger, dry_run=False)
    with open_build(tmp_path / "warehouse", report.build) as con:
        return fetch(con, query).rows()


Loaded = Callable[..., Report]


def test_a_decided_alias_matches_without_a_word(loaded: Loaded, root: Path) -> None:
    before = loaded()
    assert (counts(before), "institution_not_found" in rules(before)) == ((2, 0, 1), True)
    add_alias(root, "老年公寓", "松鹤院", "张三", DAY)
    after = loaded()
    assert (counts(after), rules(after)) == ((3, 0, 0), ["possible_duplicate"])
    assert before.build != after.build


@pytest.mark.parametrize(
    ("means", "institution"),
    [
        ("松鹤院", "松鹤院"),
        ("泽州县 松鹤院", "松鹤院"),
        ("C1", "松鹤院"),
        ("福寿养老院（巴公镇）", "福寿养老院（巴公镇）"),
    ],
)
def test_an_alias_means_a_name_or_a_code_of_the_register(
    loaded: Loaded, root: Path, tmp_path: Path, means: str, institution: str
) -> None:
    add_alias(root, "泽州县老年 公寓", means, "张三", DAY)
    query = (
        "select institution from hazards join institutions using (institution_id) where hazard_number = 'H3'"
    )
    assert asked(loaded, tmp_path, query) == [(institution,)]


def test_an_alias_decides_between_namesakes(loaded: Loaded, root: Path) -> None:
    table = """
机构名称 | 发现日期 | 隐患描述 | 整改时限 | 隐患等级
福寿养老院 | 2024-03-06 | 漏水 | 2024-04-01 | 一般
"""
    assert rules(loaded(table)) == ["institution_ambiguous"]
    add_alias(root, "福寿养老院", "福寿养老院（大阳镇）", "张三", DAY)
    assert rules(loaded(table)) == []


@pytest.mark.parametrize(
    ("written", "means", "code"),
    [("东片区", "大阳镇", "township"), ("养老科", "县民政局", "county"), ("老楼", "松鹤院", "institution")],
)
def test_an_alias_may_mean_a_township_or_the_bureau(
    loaded: Loaded, root: Path, tmp_path: Path, written: str, means: str, code: str
) -> None:
    table = f"日期 | 活动类型 | 单位\n2024-03-06 | 动员部署会 | {written}"
    assert rules(loaded(table)) == ["unit_not_found"]
    add_alias(root, written, means, "张三", DAY)
    assert asked(loaded, tmp_path, "select unit_code from activities", table) == [(code,)]


def test_an_alias_of_a_township_holds_in_the_register(loaded: Loaded, root: Path) -> None:
    table = "机构名称 | 所属乡镇 | 床位数\n晚晴院 | 东片区 | 20"
    assert rules(loaded(table)) == ["township_not_found"]
    add_alias(root, "东片区", "大阳镇", "张三", DAY)
    assert rules(loaded(table)) == []


def test_an_alias_that_means_nobody_stops_the_load_by_name(loaded: Loaded, root: Path) -> None:
    add_alias(root, "老年公寓", "乌有院", "张三", DAY)
    with pytest.raises(LoadError, match=r"aliases\.toml：“老年公寓”所指的“乌有院”不在机构台账"):
        loaded()


def test_the_later_alias_of_a_name_holds(loaded: Loaded, root: Path) -> None:
    add_alias(root, "老年公寓", "乌有院", "张三", DAY)
    add_alias(root, "老年 公寓", "松鹤院", "李四", DAY, reason="打错了")
    assert counts(loaded()) == (3, 0, 0)


def test_possible_duplicates_are_in_the_warehouse_side_by_side(loaded: Loaded, tmp_path: Path) -> None:
    query = """
        select one.hazard_number, other.hazard_number as other_number, possible_duplicates.kind, reason
        from possible_duplicates
        join hazards as one on one.hazard_id = record_id
        join hazards as other on other.hazard_id = other_id
    """
    found = asked(loaded, tmp_path, query)
    assert found == [("H1", "H2", "hazards", "同一天发现，描述相近")]


def test_a_pair_decided_to_be_one_is_merged(loaded: Loaded, root: Path, tmp_path: Path) -> None:
    add_decision(root, "hazards", OTHER, ONE, True, "张三", DAY)
    report = loaded()
    assert counts(report) == (1, 1, 1)
    assert "possible_duplicate" not in rules(report)
    assert asked(loaded, tmp_path, "from possible_duplicates") == []


def test_a_pair_decided_to_be_two_is_no_longer_listed(loaded: Loaded, root: Path, tmp_path: Path) -> None:
    add_decision(root, "hazards", ONE, OTHER, False, "张三", DAY)
    report = loaded()
    assert counts(report) == (2, 0, 1)
    assert "possible_duplicate" not in rules(report)
    assert asked(loaded, tmp_path, "from possible_duplicates") == []


def test_the_later_decision_on_a_pair_holds_whichever_is_named_first(loaded: Loaded, root: Path) -> None:
    add_decision(root, "hazards", ONE, OTHER, True, "张三", DAY)
    add_decision(root, "hazards", OTHER, ONE, False, "李四", DAY)
    assert counts(loaded()) == (2, 0, 1)


def test_a_decision_on_a_hazard_without_a_number_is_not_taken_for_its_numbered_twin(
    loaded: Loaded, root: Path
) -> None:
    table = HAZARDS + " | 松鹤院 | 2024-03-05 | 二层东侧灭火器过期未更换 | 2024-04-02 | 一般"
    bare = HazardKey("松鹤院", date(2024, 3, 5), "二层东侧灭火器过期未更换")
    add_decision(root, "hazards", ONE, bare, True, "张三", DAY)
    assert counts(loaded(table)) == (2, 1, 1)
    assert sum(rule == "possible_duplicate" for rule in rules(loaded(table))) == 1


def test_a_decision_holds_when_the_workbook_is_sent_again(loaded: Loaded, root: Path) -> None:
    add_decision(root, "hazards", ONE, OTHER, True, "张三", DAY)
    loaded()
    assert counts(loaded(HAZARDS, "隐患2024-09-01")) == (1, 3, 2)


def test_a_decision_on_what_is_no_longer_there_changes_nothing(loaded: Loaded, root: Path) -> None:
    gone = HazardKey("乌有院", date(2024, 3, 5), "漏电")
    add_decision(root, "hazards", ONE, gone, True, "张三", DAY)
    assert counts(loaded()) == (2, 0, 1)


def test_the_examples_decisions_are_its_own(loaded: Loaded, root: Path) -> None:
    add_alias(root, "老年公寓", "乌有院", "张三", DAY)
    add_alias(root / "example", "老年公寓", "松鹤院", "张三", DAY)
    assert counts(loaded(title="示例数据")) == (3, 0, 0)
