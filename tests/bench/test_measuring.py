"""What is timed is what happens: the questions pages ask, the stages loads go through."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

import etl
from dashboard.folders import WAREHOUSE_VARIABLE
from queries.warehouse import current_build, open_build
from tests.bench import asked, stages
from tests.dashboard import warehouses

TOWN = "大箕镇"


def test_what_a_page_asks_can_be_asked_again_of_another_town_and_day(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    questions = asked.page(example, "hazards", township=TOWN)
    about_towns = [question for question in questions if "filter_townships" in question.given]
    assert {tuple(question.given["filter_townships"]) for question in about_towns} == {(TOWN,)}
    with closing(open_build(example, current_build(example) or "")) as con:
        for question in about_towns:
            columns = question.ask(con).columns
            assert question.about("周村镇").earlier(30).ask(con).columns == columns


def test_every_stage_of_a_load_is_timed(tmp_path: Path) -> None:
    ledgers = etl.write_example(tmp_path / "ledgers", "county", warehouses.AS_OF, 1)
    taken = stages.timed(partial(etl.load, ledgers, tmp_path / "warehouse", warehouses.AS_OF))
    assert [stage for stage, milliseconds in taken.items() if milliseconds <= 0] == []
