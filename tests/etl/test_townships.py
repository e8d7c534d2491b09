"""The county's list of towns, and their outlines where the county has them."""

import json
from pathlib import Path

import pytest

from etl.townships import read_townships
from queries.checked import DefinitionError

LIST = "code,name,former_names,grid_row,grid_column\n1,甲镇,甲乡;老甲乡,0,0\n2,乙镇,,,\n"
SQUARE = {"type": "Polygon", "coordinates": [[[112.0, 35.0], [112.1, 35.0], [112.1, 35.1], [112.0, 35.0]]]}


def written(folder: Path, *outlined: str) -> Path:
    (folder / "townships.csv").write_text(LIST, encoding="utf-8")
    features = [{"type": "Feature", "properties": {"name": name}, "geometry": SQUARE} for name in outlined]
    if outlined:
        text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
        (folder / "townships.geojson").write_text(text, encoding="utf-8")
    return folder / "townships.csv"


def test_a_list_alone_has_no_outlines(tmp_path: Path) -> None:
    towns = read_townships(written(tmp_path), "示例县").frame()
    assert towns["township"].to_list() == ["甲镇", "乙镇"]
    assert towns["former_names"].to_list() == [["甲乡", "老甲乡"], []]
    assert towns["outline"].to_list() == [None, None]


def test_outlines_beside_the_list_are_taken_by_name(tmp_path: Path) -> None:
    towns = read_townships(written(tmp_path, "乙镇", "甲镇"), "示例县").frame()
    assert [json.loads(outline) for outline in towns["outline"]] == [SQUARE, SQUARE]


@pytest.mark.parametrize("outlined", [("甲镇",), ("甲镇", "乙镇", "丙镇")])
def test_outlines_of_other_towns_are_named_and_refused(tmp_path: Path, outlined: tuple[str, ...]) -> None:
    with pytest.raises(DefinitionError, match=r"乙镇|丙镇"):
        read_townships(written(tmp_path, *outlined), "示例县")
