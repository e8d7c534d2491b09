"""The invented workbooks: the same bytes every time, in words that intake knows, wrong only where planted."""

import hashlib
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.example import frames, planted, write
from etl.example.habits import group_headings, habits, writing
from etl.example.story import choices, story
from etl.ledgers import LEDGERS
from etl.words import bare_heading_key, heading_key, plain, words

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("ledgers"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_arguments_write_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    again = write(tmp_path)
    assert [path.name for path in again] == [path.name for path in files]
    assert [digest(path) for path in again] == [digest(path) for path in files]


def test_every_town_and_the_county_sent_something(files: list[Path]) -> None:
    senders = {path.name.split("_")[0] for path in files}
    assert senders == {*(town["name"] for town in story()["towns"]), "县民政局"}


def test_one_town_sends_csv_in_gb18030_and_one_an_older_workbook_as_well(files: list[Path]) -> None:
    texts = [path for path in files if path.suffix == ".csv"]
    assert {path.name.split("_")[0] for path in texts} == {"下村镇"}
    with pytest.raises(UnicodeDecodeError):
        texts[0].read_text(encoding="utf-8")
    assert "示例数据" in texts[0].read_text(encoding="gb18030")
    assert len([path for path in files if path.name.startswith("南村镇")]) == 2


def test_the_example_writes_only_headings_that_intake_knows() -> None:
    for habit in habits(seed=1).values():
        for kind, headings in habit.headings.items():
            for field, heading in headings.items():
                known = {heading_key(word) for word in words().headings[kind][field]}
                assert {heading_key(heading), bare_heading_key(heading)} & known, heading


def test_the_example_writes_only_words_that_intake_knows() -> None:
    every = {written: word for named in words().choices.values() for written, word in named.items()}
    for word, ways in writing()["ways"].items():
        assert {every[plain(way)] for way in ways} == {word}
    flags = words().flags
    assert all(flags[plain(yes)] and not flags[plain(no)] for yes, no in writing()["flags"]["forms"])


def test_two_heading_rows_cover_every_group_of_a_training() -> None:
    fields = {field.name for field in LEDGERS["trainings"].fields}
    assert set(group_headings()) == {name for name in fields if name.startswith(("expected_", "attended_"))}


def test_what_is_planted_can_be_written_as_json_and_names_real_files(files: list[Path]) -> None:
    wrong = json.loads(json.dumps(planted()))["wrong"]
    assert {row["path"] for row in wrong} <= {path.name for path in files}
    assert sum(row["effect"] == "refused" for row in wrong) == 26
    assert sum(row["effect"] == "set_aside" for row in wrong) == 6
    assert sum(row["effect"] == "rewritten" for row in wrong) == 6


def test_the_true_words_are_words_of_the_closed_lists() -> None:
    hazards = frames("county", AS_OF)["hazards"]
    for column in ("source", "area", "kind", "severity", "cause", "status"):
        assert set(hazards[column].drop_nulls()) <= set(choices()[column].values())


def test_a_province_is_one_parquet_file_a_table(tmp_path: Path) -> None:
    written = write(tmp_path, "province", AS_OF)
    tables = frames("province", AS_OF)
    assert {path.stem for path in written} == set(tables)
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.parquet" for name in tables}
    assert pl.read_parquet(tmp_path / "hazards.parquet").equals(tables["hazards"])
