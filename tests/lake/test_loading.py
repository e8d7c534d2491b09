"""What a county loads is seen whole or not at all, the newest last; what cannot be right is refused."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl import lake as lakes
from etl.lake.writing import writing
from queries import sources
from queries.campaign import PLAN
from queries.evaluate import evaluate
from queries.lake import Lake, LakeError
from queries.warehouse import current_build
from tests.lake.catalogue import server
from tests.lake.counties import AS_OF, EARLIER, GAOPING, ZEZHOU, County, opened, put, warehouse


def found(lake: Lake, day: date = AS_OF) -> float:
    """How many hazards the lake tells of."""
    with closing(sources.opened(lake, str(sources.current(lake)))) as con:
        return float(evaluate(con, "hazards_found", day)["value"].item())


def own(shared: Path, county: County, as_of: date = AS_OF) -> float:
    with closing(opened(warehouse(shared, county, as_of))) as con:
        return float(evaluate(con, "hazards_found", AS_OF)["value"].item())


def test_an_empty_lake_has_nothing_to_show(lake: Lake) -> None:
    assert sources.current(lake) is None
    assert lakes.history(lake) == []
    assert lakes.verify(lake) == []


def test_making_a_lake_again_changes_nothing(lake: Lake, tmp_path: Path, shared: Path) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    assert not lakes.init(lake, str(tmp_path / "lake"))
    assert found(lake) == own(shared, ZEZHOU)


def test_a_build_loaded_twice_is_there_once(lake: Lake, shared: Path) -> None:
    folder = warehouse(shared, ZEZHOU)
    assert lakes.push(lake, ZEZHOU.code, folder)
    code = sources.current(lake)
    assert not lakes.push(lake, ZEZHOU.code, folder)
    assert sources.current(lake) == code
    assert found(lake) == own(shared, ZEZHOU)
    assert [entry.build for entry in lakes.history(lake)] == [current_build(folder)]


def test_a_new_build_takes_the_place_of_the_countys_last_and_of_no_others(lake: Lake, shared: Path) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
    lakes.push(lake, GAOPING.code, warehouse(shared, GAOPING))
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    assert found(lake) == own(shared, ZEZHOU) + own(shared, GAOPING)
    entries = [(each.county, each.as_of, each.is_current) for each in lakes.history(lake)]
    assert entries == [("泽州县", AS_OF, True), ("泽州县", EARLIER, False), ("示例市", AS_OF, True)]


def test_who_reads_one_moment_reads_on_though_another_is_published(lake: Lake, shared: Path) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
    with closing(sources.opened(lake, str(sources.current(lake)))) as con:
        lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
        lakes.push(lake, GAOPING.code, warehouse(shared, GAOPING))
        assert evaluate(con, "hazards_found", AS_OF)["value"].item() == own(shared, ZEZHOU, EARLIER)


def test_back_to_the_build_before_and_to_one_by_its_name(lake: Lake, shared: Path) -> None:
    first, last = (warehouse(shared, ZEZHOU, day) for day in (EARLIER, AS_OF))
    for folder in (first, last):
        lakes.push(lake, ZEZHOU.code, folder)
    of_county = replace(lake, county=ZEZHOU.code)
    assert lakes.rollback(of_county) == current_build(first)
    assert found(lake) == own(shared, ZEZHOU, EARLIER)
    assert lakes.rollback(of_county, current_build(last)) == current_build(last)
    assert found(lake) == own(shared, ZEZHOU)
    assert [each.is_rollback for each in lakes.history(lake)] == [True, True, False, False]
    with pytest.raises(LakeError, match="没有编号为 没有 的构建"):
        lakes.rollback(of_county, "没有")
    with pytest.raises(LakeError, match="--county"):
        lakes.rollback(lake)


def test_what_nobody_shows_is_cleared_away_with_its_files(lake: Lake, shared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    days = [date(2026, month, 1) for month in range(3, 8)]
    for day in days:
        put(folder, ZEZHOU, day)
        lakes.push(lake, ZEZHOU.code, folder)
    lakes.rollback(replace(lake, county=ZEZHOU.code), lakes.history(lake)[1].build)
    kept, files = found(lake), _files(tmp_path)
    assert lakes.expire(lake, keep=2, days=0) == 3
    assert found(lake) == kept
    assert len(_files(tmp_path)) < len(files) / 2
    assert {each.as_of for each in lakes.history(lake)} == {days[-1], days[-2]}
    assert lakes.verify(lake) == []
    assert lakes.expire(lake, keep=2, days=0) == 0


def _files(tmp_path: Path) -> list[Path]:
    return [*(tmp_path / "lake").rglob("*.parquet")]


def test_a_lost_file_is_named_with_its_county_and_build(lake: Lake, shared: Path, tmp_path: Path) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    lakes.push(lake, GAOPING.code, warehouse(shared, GAOPING))
    (lost,) = (tmp_path / "lake" / "main" / "hazards" / f"of_county={GAOPING.code}").rglob("*.parquet")
    (cut,) = (tmp_path / "lake" / "main" / "drills" / f"of_county={ZEZHOU.code}").rglob("*.parquet")
    lost.unlink()
    cut.write_bytes(cut.read_bytes()[:-10])
    damages = lakes.verify(lake)
    assert [(each.county, each.is_current) for each in damages] == [("示例市", True), ("泽州县", True)]
    assert str(lost) in damages[0].says
    assert "hazards 的文件丢失" in damages[0].says
    assert "drills 的文件长度不对" in damages[1].says


def test_rows_that_went_missing_are_counted(lake: Lake, shared: Path) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    with writing(lake) as con:
        con.execute("delete from lake.drills where drilled_on < date '2025-01-01'")
    (damage,) = lakes.verify(lake)
    assert damage.says.startswith("drills 应有")


@pytest.mark.parametrize(
    ("code", "county", "says"),
    [
        (GAOPING.code, ZEZHOU, "在数据湖里是“示例市民政局”，本机方案写的是“泽州县民政局”"),
        (140599, ZEZHOU, "数据湖里已有“泽州县”，代码是 140525"),
        (1405, ZEZHOU, "六位数字"),
    ],
)
def test_a_county_never_takes_anothers_place(
    lake: Lake, shared: Path, code: int, county: County, says: str
) -> None:
    for each in (ZEZHOU, GAOPING):
        lakes.push(lake, each.code, warehouse(shared, each))
    before = sources.current(lake)
    with pytest.raises(LakeError, match=says):
        lakes.push(lake, code, warehouse(shared, county, EARLIER))
    assert sources.current(lake) == before


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("due_soon_days = ", "due_soon_days = 1", "设置"),
        ('name = "动员部署"', 'name = "动员"', "阶段"),
    ],
)
def test_a_build_under_another_plan_is_refused(
    shared: Path, tmp_path: Path, old: str, new: str, part: str
) -> None:
    text = PLAN.read_text(encoding="utf-8")
    assert old in text
    plan = tmp_path / "campaign.toml"
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")
    lake = server().lake()
    lakes.init(lake, str(tmp_path / "lake"), plan)
    with pytest.raises(LakeError, match=f"本机方案与数据湖的不同：{part}"):
        lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    with pytest.raises(LakeError, match="已按另一份方案"):
        lakes.init(lake, str(tmp_path / "lake"))


def test_nothing_published_yet_and_no_lake_there_say_what_to_do(tmp_path: Path, lake: Lake) -> None:
    with pytest.raises(LakeError, match="先用 zhiben load"):
        lakes.push(lake, ZEZHOU.code, tmp_path / "nothing")
    bare = server().lake()
    with pytest.raises(LakeError, match="zhiben lake init"):
        sources.current(bare)
    with pytest.raises(LakeError, match="zhiben lake init"):
        lakes.rollback(replace(bare, county=ZEZHOU.code))
    with pytest.raises(LakeError, match="zhiben lake init"):
        sources.current(bare)  # nor was one made by the asking


def test_a_catalogue_that_is_away_is_told_without_the_address() -> None:
    away = Lake("host=127.0.0.1 port=1 dbname=lake user=county password=hunter2 connect_timeout=2")
    for ask in (sources.current, lakes.history, lakes.verify):
        with pytest.raises(LakeError, match="连不上") as told:
            ask(away)
        assert "hunter2" not in repr(told.value)
    assert "hunter2" not in repr(away)
