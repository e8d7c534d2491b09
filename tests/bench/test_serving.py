"""Whoever races is served as in the race, and answers with the same figures."""

from pathlib import Path

import pandas as pd
import pytest

from tests.bench import contestants, wire
from tests.bench.peers import figures
from tests.dashboard.front import is_possible
from tests.dashboard.guard.asking import finish

TOWN = "大箕镇"


async def _shown(contestant: contestants.Contestant, towns: list[str]) -> list[wire.Answer]:
    each = wire.visitor(contestant)
    answers = [await each.open(), *[await each.choose(town) for town in towns]]
    await each.close()
    return answers


async def _open_and_close(visitors: list[wire.StreamlitVisitor]) -> None:
    for each in visitors:
        await each.open()
        await each.close()


def _assert_shows(contestant: contestants.Contestant, hazards: pd.DataFrame) -> None:
    answers = finish(_shown(contestant, [TOWN, figures.ALL, TOWN]))
    for town, answer in zip([figures.ALL, TOWN, figures.ALL, TOWN], answers, strict=True):
        texts = figures.page(hazards, town).figures.values()
        assert [text for text in texts if not answer.shows(text)] == []


def test_we_answer_over_the_wire(example: Path, hazards: pd.DataFrame) -> None:
    with contestants.ours_serving(example) as ours:
        _assert_shows(ours, hazards)


@pytest.mark.skipif(not is_possible, reason="needs nginx on Linux: install nginx-light")
def test_visitors_of_two_processes_go_to_both(example: Path, hazards: pd.DataFrame, tmp_path: Path) -> None:
    with contestants.pair_serving(example, tmp_path / "front") as pair:
        _assert_shows(pair, hazards)
        visitors = [wire.StreamlitVisitor(pair) for _ in range(20)]
        finish(_open_and_close(visitors))
    assert {each.server for each in visitors} == {f"{pair.url}/seat/{seat}/" for seat in (1, 2)}


@pytest.mark.skipif(not contestants.are_installed(), reason="the peers are installed by `make bench` alone")
@pytest.mark.parametrize("name", contestants.PEERS)
def test_a_peer_answers_over_the_wire(
    example: Path, hazards: pd.DataFrame, tmp_path: Path, name: str
) -> None:
    data = contestants.peers_data(example, tmp_path)
    with contestants.peer_serving(name, data, tmp_path) as peer:
        _assert_shows(peer, hazards)
