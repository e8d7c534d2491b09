"""True records written with every kind of mess come back exactly; what is planted is refused or set aside."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from etl import Report, load
from tests.etl.messy.book import Story, write_story
from tests.etl.messy.dice import KNOWN_GAPS
from tests.etl.messy.quick import load_quickly
from tests.etl.messy.records import ROOT
from tests.etl.messy.verdict import differences

SEEDS = range(500 if os.environ.get("ZHIBEN_TEST_ALL") else 60)
WHOLE, AGAIN, RENAMED = 10, 6, 6
"""Every tenth seed is loaded as a user loads; every sixth is loaded twice, every sixth under other names."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan and the reference files alone: what the bureau decided by hand is no part of a story."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(ROOT / "data" / "campaign.toml", folder)
    shutil.copytree(ROOT / "data" / "reference", folder / "reference")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ledgers").mkdir()
    return tmp_path


def check(story: Story, folder: Path, root: Path) -> Report:
    """Load what lies in the folder's ledgers; fail with everything that is otherwise than the story."""
    report = load([folder / "ledgers"], folder / "warehouse", story.county.as_of, root=root)
    told = differences(story, report, folder / "warehouse")
    assert not told, "\n".join([f"seed {story.seed}, as of {story.county.as_of}:", *told])
    return report


@pytest.mark.parametrize("seed", SEEDS)
def test_the_true_records_come_back_from_any_mess(
    seed: int, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % WHOLE:
        load_quickly(monkeypatch)
    story, _ = write_story(seed, folder / "ledgers")
    check(story, folder, root)


@pytest.mark.parametrize("seed", SEEDS[::AGAIN])
def test_loading_twice_publishes_nothing_new(
    seed: int, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_quickly(monkeypatch)
    story, _ = write_story(seed, folder / "ledgers")
    files = sorted((folder / "ledgers").iterdir())
    first = load(files, folder / "warehouse", story.county.as_of, root=root).as_dict()
    again = load(files[::-1], folder / "warehouse", story.county.as_of, root=root).as_dict()
    assert (first.pop("published"), again.pop("published")) == (True, False)
    assert first == again


@pytest.mark.parametrize("seed", SEEDS[1::RENAMED])
def test_files_read_in_another_order_give_the_same_records(
    seed: int, folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_quickly(monkeypatch)
    story, _ = write_story(seed, folder / "ledgers")
    ordered = sorted((folder / "ledgers").iterdir(), reverse=True)
    names = {file.name: f"{place:02} {file.name}" for place, file in enumerate(ordered)}
    for file in ordered:
        file.rename(file.with_name(names[file.name]))
    check(story.renamed(names), folder, root)


def test_every_kind_of_mess_and_fault_is_made(tmp_path: Path) -> None:
    made: Counter[str] = Counter()
    for seed in range(60):
        (tmp_path / str(seed)).mkdir()
        made += write_story(seed, tmp_path / str(seed))[1].made
    assert len(made) > 150
    assert {name for name, times in made.items() if not times} <= set(KNOWN_GAPS)


def test_no_kind_of_mess_is_left_out() -> None:
    assert KNOWN_GAPS == ()
