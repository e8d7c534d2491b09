"""The plan is data: under a made-up campaign of other years everything works, and no code knew of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app
from queries.campaign import read_campaign
from queries.evaluate import evaluate
from queries.judge import judge
from queries.records import records
from queries.warehouse import current_build, open_build
from tests.campaigns.ledgers import AS_OF, ROOT
from tests.dashboard.conftest import Open
from tests.dashboard.test_pages import text
from tests.oracle.answers import EVERYTHING, Expected, filled, told
from tests.oracle.metrics import accepting
from tests.oracle.plan import read_plan
from tests.queries.warehouses import day, lines

REPOSITORY = Path(__file__).parents[2]
PAGES = [path for entries in app.GROUPS.values() for _, path in entries]


@pytest.fixture(scope="module")
def con(second: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_build(second, str(current_build(second))) as con:
        yield con


# By hand from the ledgers, under the second campaign's own rules.
FIGURES = """
    metric                 | numerator | denominator | because
    rectification_rate     | 3         | 5           | the fourth and fifth are open
    recurrence_rate        | 1         | 5           | 88 days after: within the 90 of its settings
    prompt_report_rate     | 1         | 1           | 2 days: within the 3 of its settings
    self_check_rate        | 1         | 6           | two a half-year, of three half-years closed
    staff_training_rate    | 0         | 16          | each quarter to 2028Q3, of the third home from 2028Q2
    evacuation_drill_rate  | 1         | 2           | of 2027: the year is closed
    standard_briefing_rate | 0         | 0           | no such duty
    phase_progress         | 3         | 4           | one home's task is not done
    task_support           | 1         | 2           | one home has no day for it on the register
"""


@pytest.mark.parametrize(("metric", "numerator", "denominator", "because"), lines(FIGURES))
def test_its_figures_follow_its_own_rules(
    con: duckdb.DuckDBPyConnection, metric: str, numerator: str, denominator: str, because: str
) -> None:
    found = evaluate(con, metric, AS_OF).row(0, named=True)
    assert (found["numerator"], found["denominator"]) == (int(numerator), int(denominator)), because


@pytest.mark.parametrize("by", ["", "township", "institution", "phase", "institution period"])
def test_the_oracle_agrees_on_every_metric(con: duckdb.DuckDBPyConnection, by: str) -> None:
    group = tuple(by.split())
    answers = told(con, accepting(group), AS_OF, group, EVERYTHING)
    expected = Expected(con, read_plan(ROOT / "campaign.toml"), AS_OF)
    assert (filled(answers) if "township" in group else answers) == expected.answers(
        accepting(group), group, EVERYTHING
    )


def test_what_to_act_on_follows_its_own_order(con: duckdb.DuckDBPyConnection) -> None:
    listed = records(con, "actions", AS_OF)
    assert list(dict.fromkeys(listed["action_name"])) == ["长期未报", "重大逾期", "职责将到期", "任务逾期"]
    silent = listed.filter(action="silent_township")
    assert silent.select("township", "days").rows() == [("西川镇", None), ("北坪乡", None), ("东岭镇", 5)]


def test_a_rule_changed_midway_changes_the_periods_from_its_day_on(con: duckdb.DuckDBPyConnection) -> None:
    found = evaluate(con, "evacuation_drill_rate", AS_OF, ["period"])
    assert found.rows() == [("2027", 1, 2, 1 / 2), ("2028", 2, 2, 1.0), ("2028H2", 1, 3, 1 / 3)]


def test_an_old_period_is_judged_by_the_threshold_of_its_time(con: duckdb.DuckDBPyConnection) -> None:
    assert judge(con, "evacuation_drill_rate", 1 / 2, day("2027-01-01")) == "good"
    assert judge(con, "evacuation_drill_rate", 1 / 2, day("2028-07-01")) == "alarm"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_of_it(open_page: Open, second: Path, page: str) -> None:
    drawn = open_page(second, page)
    assert not drawn.exception
    assert [error.value for error in drawn.error] == []
    assert "示范县民政局" in text(drawn)


def test_the_pages_tell_its_phases_duties_and_rules(open_page: Open, second: Path) -> None:
    overview = text(open_page(second, "overview", as_of="2028-12-20"))
    for word in ("距收官 345 天", "推进", "半年演练（本期）"):
        assert word in overview
    phases = text(open_page(second, "phases"))
    assert "收尾" in phases
    assert "近 60 天没有整改一处" in phases
    assert "动员部署" not in phases
    manual = text(open_page(second, "metrics"))
    assert "要求：每半年至少自查 2 次（方案二（一））" in manual
    assert "每季度至少检查 1 次" not in manual


LINES = """
    when        | due      | what                                    | who                          | asks
    从未报送    | —        | 长期未报：西川镇（从未报送台账）        | 县民政局｜西川镇民政办       | 电话催报
    50 天未报   | 限 12-15 | 长期未报：东岭镇（最近报送 2028-10-31） | 县民政局｜东岭镇民政办       | 电话催报
    逾期 20 天  | 限 11-30 | 重大逾期：主线过热                      | 西川养老院 丙某（督办 丁某） | 现场督办
    11 天后到期 | 限 12-31 | 职责将到期：季度培训 2028Q4（机构）     | 镇民政办｜3 项：东岭镇 1     | 催办
    逾期 264 天 | 限 03-31 | 任务逾期：推进 建立安全责任制（机构）   | 责任单位｜1 项：北坪乡 1     | 催办
"""


@pytest.mark.parametrize(("when", "due", "what", "who", "asks"), lines(LINES))
def test_a_line_of_what_to_act_on_says_why_by_when_who_and_what_is_asked(
    open_page: Open, second: Path, when: str, due: str, what: str, who: str, asks: str
) -> None:
    overview = open_page(second, "overview", as_of="2028-12-20")
    (told,) = [item for item in items(overview) if what in item]
    for part in (when, due, who, f'title="{asks}（依据方案'):
        assert part in told


def items(page: AppTest) -> list[str]:
    """The lines of 今日必督, with what shows when one points at them."""
    told = re.findall(r'<div role="listitem">.*?</div>', text(page), re.DOTALL)
    return [re.sub(r"<(?!a ).*?>", "", item) for item in told]


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2028-06-30", "上一期 1/2 家落实，本期还有 1 家未落实，余 184 天"),
        ("2028-12-20", "上一期 1/2 家落实，本期还有 2 家未落实，余 11 天"),
        ("2028-12-31", "上一期 1/3 家落实"),
    ],
)
def test_the_grid_of_duties_keeps_the_yearly_and_the_half_yearly_period_apart(
    open_page: Open, second: Path, as_of: str, said: str
) -> None:
    page = open_page(second, "duties", as_of=as_of, duty="年度演练")
    assert not page.exception
    assert said in text(page)


def test_a_closed_period_is_judged_on_its_card_by_the_threshold_of_its_first_day(
    open_page: Open, second: Path
) -> None:
    before_the_change = text(open_page(second, "duties", as_of="2028-12-20", duty="年度演练"))
    assert "✓ 达标" in before_the_change
    assert "达标线 40%" in before_the_change


def test_no_code_names_a_phase_a_task_or_the_county_of_the_present_campaign() -> None:
    campaign = read_campaign()
    codes = [phase.phase for phase in campaign.phases] + [task.task for task in campaign.tasks]
    named = re.compile("|".join([campaign.outline.county, *(f"[\"'](?:{code})[\"']" for code in codes)]))
    files = [
        path
        for folder in ("dashboard", "queries", "etl")
        for path in (REPOSITORY / folder).rglob("*")
        if path.suffix in {".py", ".sql"} and "example" not in path.parts
    ]
    assert len(files) > 100
    assert [path.name for path in files if named.search(path.read_text(encoding="utf-8"))] == []
