"""A build that is damaged or gone is not answered from; who reads it already reads on."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from etl.disk import write_whole
from queries.warehouse import build_path, current_build, fetch, open_build
from tests.etl.bureau import Bureau
from tests.etl.conftest import Run

COUNT = "select count(*) as n from hazards"


@pytest.fixture
def bureau(published_twice: Bureau, tmp_path: Path) -> Bureau:
    return published_twice.copy(tmp_path / "data")


def file(bureau: Bureau) -> Path:
    return build_path(bureau.warehouse, current_build(bureau.warehouse) or "")


def a_bit_turned(bureau: Bureau) -> None:
    content = bytearray(file(bureau).read_bytes())
    content[len(content) // 2] ^= 1
    file(bureau).write_bytes(content)


def cut_short(bureau: Bureau) -> None:
    file(bureau).write_bytes(file(bureau).read_bytes()[:-5000])


def gone(bureau: Bureau) -> None:
    file(bureau).unlink()


def another_in_its_place(bureau: Bureau) -> None:
    (other,) = (each for each in file(bureau).parent.glob("*.duckdb") if each != file(bureau))
    file(bureau).write_bytes(other.read_bytes())


def pointer_of_another(bureau: Bureau) -> None:
    pointer = {"build": current_build(bureau.warehouse), "sha256": "0" * 64}
    write_whole(bureau.warehouse / "current.json", pointer)


HARMS = [a_bit_turned, cut_short, gone, another_in_its_place, pointer_of_another]


@pytest.mark.parametrize("harm", HARMS)
def test_no_command_answers_from_a_damaged_build_and_a_rollback_mends_it(
    bureau: Bureau, published: Bureau, zhiben: Run, tmp_path: Path, harm: Callable[[Bureau], None]
) -> None:
    warehouse = ("--warehouse", bureau.warehouse)
    harm(bureau)
    asked = ("metrics", "--metric", "overdue")
    for words in (asked, ("records", "hazards"), ("export", "xlsx", "--out", tmp_path / "表.xlsx")):
        code, told = zhiben(*words, *warehouse)
        assert code == 1
        (line,) = told.splitlines()
        assert "zhiben doctor" in line
    assert not (tmp_path / "表.xlsx").exists()
    assert zhiben("doctor", *warehouse)[0] == 1
    assert zhiben("rollback", *warehouse)[0] == 0
    assert zhiben(*asked, *warehouse) == (0, "")
    assert_frame_equal(bureau.figures(), published.figures())


@pytest.mark.parametrize("harm", [a_bit_turned, another_in_its_place])
def test_the_next_load_mends_a_damaged_build(bureau: Bureau, harm: Callable[[Bureau], None]) -> None:
    before = bureau.figures()
    harm(bureau)
    assert bureau.load()
    assert_frame_equal(bureau.figures(), before)


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot go")
def test_who_reads_a_build_that_vanishes_reads_on(bureau: Bureau) -> None:
    with open_build(bureau.warehouse, current_build(bureau.warehouse) or "") as con:
        before = fetch(con, COUNT).item()
        gone(bureau)
        for table in ("hazards", "institutions", "source_files"):
            assert fetch(con, f"from {table}").height
        assert fetch(con, COUNT).item() == before == 2
