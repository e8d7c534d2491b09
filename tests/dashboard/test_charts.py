"""Figures Plotly accepts, colours that can be read, titles that name what is bad and nothing else."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import answers, charts, heat, heat_columns, tokens
from dashboard.charts import Dot, Head, Tile
from dashboard.charts.dots import BESIDE_UNRANKED, UNRANKED
from dashboard.charts.frame import CELL, POINT, ROW, Figure
from dashboard.charts.template import TEMPLATE
from dashboard.parts.cards import WIDTH, sparkline

READABLE = 4.5
HEADS = [
    Head("2026Q3", "2026 年三季度", "三季", "2026"),
    Head("2026Q4", "2026 年四季度", "四季", "2026", True),
]
TILES = [
    [Tile("50%", "甲镇 50%", tokens.AMOUNTS[-1]), Tile("0%", "甲镇 0%", tokens.AMOUNTS[-1])],
    [Tile("100%", "乙镇 100%", tokens.AMOUNTS[0]), Tile("—", "乙镇 没有", None)],
]
FEW_DOT = Dot("甲镇", 0.25, 0.1, 0.6, "25.0%", "1/4", tokens.GENERAL, is_ranked=False)
DOT = Dot("乙镇", 0.8, 0.7, 0.9, "80.0%", "40/50", tokens.ACCENT)
DAYS = [date(2026, 1, 31), date(2026, 2, 28)]
SQUARE = "[[112, 35], [112.2, 35], [112.2, 35.2], [112, 35.2], [112, 35]]"
SPECK = "[[113.3, 35], [113.31, 35], [113.31, 35.01], [113.3, 35]]"
PART = f'{{"type": "Polygon", "coordinates": [{SQUARE}]}}'
PARTS = f'{{"type": "MultiPolygon", "coordinates": [[{SPECK}], [{SQUARE}]]}}'
FIGURES = {
    "bars": charts.bars(["甲", "乙"], [3, 1], ["3", "1"], [tokens.ACCENT] * 2),
    "no bars": charts.bars([], [], [], []),
    "dots": charts.dots([FEW_DOT, DOT], 0.9),
    "no dots": charts.dots([], None),
    "lines": charts.lines(DAYS, {"发现": ([1, None], tokens.ACCENT)}),
    "lines of points": charts.lines(DAYS, {"发现": ([1, None], tokens.ACCENT)}, clickable=True),
    "steps": charts.steps({"一般": ([0, 9], [0.0, 0.5], tokens.GENERAL)}),
    "tile map": charts.tile_map({"甲镇": (0, 1, TILES[0][0]), "乙镇": (2, 0, TILES[1][1])}),
    "no tile map": charts.tile_map({}),
    "outline map": charts.outline_map({"甲镇": (PART, TILES[0][0]), "乙镇": (PARTS, TILES[1][1])}),
    "matrix": charts.matrix(["甲镇", "乙镇"], HEADS, TILES),
}


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_plotly_accepts_a_figure(figure: Figure) -> None:
    go.Figure(figure)


def test_plotly_accepts_the_template_of_all_figures() -> None:
    go.Figure(layout={"template": TEMPLATE})


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_every_mark_says_what_it_is_and_how_far_it_reaches(figure: Figure) -> None:
    for trace in figure["data"]:
        marks = trace.get("customdata", [])
        assert len(marks) == len(trace.get("hovertext", [])) == len(set(marks))
        assert not marks or trace["meta"] in {ROW, CELL, POINT}


@pytest.mark.parametrize("background", [*tokens.AMOUNTS, *tokens.BAD_AMOUNTS])
def test_the_ink_on_a_shade_can_be_read(background: str) -> None:
    assert contrast(tokens.ink_on(background), background) >= READABLE


@pytest.mark.parametrize(
    "ink",
    [
        tokens.INK,
        tokens.MUTED,
        tokens.ACCENT,
        tokens.GENERAL,
        tokens.MAJOR,
        *tokens.JUDGEMENT_COLOURS.values(),
    ],
)
def test_a_colour_of_text_can_be_read_on_paper(ink: str) -> None:
    assert contrast(ink, tokens.PAPER) >= READABLE


def traces(figure: Figure, kind: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["type"] == kind]


def test_the_text_of_each_cell_is_in_the_ink_of_its_colour() -> None:
    (cells,) = traces(FIGURES["matrix"], "bar")
    inks = dict(zip(cells["text"], cells["textfont"]["color"], strict=True))
    assert inks == {"50%": tokens.PAPER, "0%": tokens.INK, "100%": tokens.INK, "—": tokens.INK}


def test_a_running_column_is_hollow_and_has_dots_behind_its_head() -> None:
    cells = traces(FIGURES["matrix"], "bar")[0]["marker"]
    assert cells["color"][:3] == [tokens.AMOUNTS[-1], tokens.PAPER, tokens.AMOUNTS[0]]
    assert cells["line"]["color"][1] == tokens.RUNNING
    texts = [label["text"] for label in FIGURES["matrix"]["layout"]["annotations"]]
    assert texts == ["三季", "四季…", "<b>2026</b>"]


def test_a_cell_with_nothing_to_count_is_hatched() -> None:
    cells = traces(FIGURES["matrix"], "bar")[0]["marker"]
    assert cells["pattern"]["shape"] == ["", "", "", "/"]
    assert cells["color"][-1] == tokens.HATCH


def test_a_click_on_a_cell_says_town_and_column() -> None:
    (cells,) = traces(FIGURES["matrix"], "bar")
    assert (cells["customdata"][1], cells["hovertext"][1]) == ("甲镇\t2026Q4", "甲镇 0%")
    assert "乙镇\t2026Q4" in charts.marks(FIGURES["matrix"])


def test_a_town_on_the_map_stands_in_its_place_with_its_name_and_figure() -> None:
    (tiles,) = traces(FIGURES["tile map"], "bar")
    assert [
        (*place, text) for *place, text in zip(tiles["customdata"], tiles["x"], tiles["text"], strict=True)
    ] == [
        ("甲镇", 1, "甲镇\n50%"),
        ("乙镇", 0, "乙镇\n—"),
    ]
    assert [base + height / 2 for base, height in zip(tiles["base"], tiles["y"], strict=True)] == [0, 2]


def test_a_town_on_the_map_is_named_in_the_middle_of_its_largest_part() -> None:
    *areas, names = FIGURES["outline map"]["data"]
    assert names["customdata"] == ["甲镇", "乙镇"]
    assert names["text"] == ["甲镇<br>50%", "乙镇<br>—"]
    assert names["x"] == pytest.approx([112.1, 112.1])
    assert names["y"] == pytest.approx([35.1, 35.1])
    assert [area["fillpattern"]["shape"] for area in areas] == ["", "/"]


def test_a_click_on_a_point_of_a_line_says_line_and_day() -> None:
    figure = charts.lines(
        DAYS, {"发现": ([1, 1200], tokens.ACCENT), "整改": ([0, 3], tokens.INK)}, clickable=True
    )
    assert charts.marks(figure) == {f"{name}\t{day}" for name in ("发现", "整改") for day in DAYS}
    assert figure["data"][0]["hovertext"][1] == "2026-02-28 发现 1,200"


def test_a_bar_is_clicked_by_its_name_and_number_too() -> None:
    (bars,) = traces(FIGURES["bars"], "bar")
    assert (bars["customdata"], bars["meta"]) == (["甲", "乙"], ROW)


def test_what_counts_too_few_stands_last_says_so_and_has_the_room() -> None:
    figure = FIGURES["dots"]
    assert figure["data"][0]["y"] == ["乙镇", "甲镇"]
    assert figure["layout"]["annotations"][1]["text"].endswith(UNRANKED)
    assert figure["layout"]["margin"]["r"] == BESIDE_UNRANKED


def test_the_last_dot_of_a_sparkline_is_whole() -> None:
    assert f"cx%3D%22{WIDTH - 3}.0" in sparkline([1, 2, 3])


@pytest.mark.parametrize(
    ("code", "as_of", "above", "text", "is_running"),
    [
        ("2026-11", "2026-11-23", "2026", "11", True),
        ("2026-11", "2026-11-30", "2026", "11", False),
        ("2024-01", "2026-11-23", "2024", "1", False),
        ("2026Q3", "2026-11-23", "2026", "三季", False),
        ("2026Q4", "2026-11-23", "2026", "四季", True),
        ("2026H2", "2026-12-30", "2026", "下半年", True),
        ("2026", "2026-12-31", "2026", "全年", False),
    ],
)
def test_a_column_of_time_runs_until_its_last_day(
    code: str, as_of: str, above: str, text: str, *, is_running: bool
) -> None:
    head = heat_columns.time_head(code, date.fromisoformat(as_of))
    assert (head.key, head.above, head.text, head.is_running) == (code, above, text, is_running)


def figures(table: str) -> pl.DataFrame:
    """Rows "town quarter n/N" as a frame of figures; the fourth quarter of 2026 still runs."""
    lines = [line.split() for line in table.strip().splitlines()]
    return pl.DataFrame(
        [
            {
                "place": town,
                "key": key,
                "numerator": int(part.split("/")[0]),
                "denominator": int(part.split("/")[1]),
                "value": int(part.split("/")[0]) / int(part.split("/")[1]),
                "is_running": key == "2026Q4",
            }
            for town, key, part in lines
        ]
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "甲镇 2026Q3 0/1 \n 乙镇 2026Q3 8/10 \n 丙镇 2026Q3 9/10",
            "最低是乙镇 2026 年三季度，80.0%（8/10）",
        ),
        ("甲镇 2026Q4 0/9 \n 乙镇 2026Q3 8/10", "最低是乙镇 2026 年三季度，80.0%（8/10）"),
        ("甲镇 2026Q4 0/9 \n 乙镇 2026Q3 1/4", "没有够数可比的格（已结束、分母不少于 5）"),
        ("甲镇 2026Q3 5/5 \n 乙镇 2026Q3 9/9", "够数可比的格都是 100%"),
    ],
)
def test_the_title_names_neither_too_few_nor_what_is_running(table: str, said: str) -> None:
    metric = answers.metric("on_time_rate")
    names = {head.key: head.name for head in HEADS}
    assert heat.extreme(metric, figures(table), names, few=5) == said


def test_a_count_has_no_denominator_and_is_ranked() -> None:
    frame = pl.DataFrame(
        {
            "place": ["甲镇", "乙镇"],
            "key": ["2026Q3", "2026Q3"],
            "numerator": [None, None],
            "denominator": [None, None],
            "value": [3, 2],
            "is_running": [False, False],
        },
        schema_overrides={"denominator": pl.Int64},
    )
    said = heat.extreme(answers.metric("overdue"), frame, {"2026Q3": "2026 年三季度"}, few=5)
    assert said == "最高是甲镇 2026 年三季度，3 处"


def one_bar() -> None:
    import streamlit as st  # noqa: PLC0415 - run as a script of its own

    from dashboard import charts  # noqa: PLC0415

    figure = charts.bars(["甲"], [1], ["1"], ["#1f5a96"])
    for key, private in (("town", False), ("person", True)):
        st.text(charts.draw(figure, key, "甲 1 处", clickable=True, private=private))
        st.button("取消", key=f"no-{key}", on_click=charts.release, args=(key,), kwargs={"private": private})


def test_a_page_can_let_go_of_a_choice_and_a_person_is_never_in_the_link() -> None:
    page = AppTest.from_function(one_bar)
    page.query_params.update({"town": "甲", "person": "甲"})
    page.run()
    assert [text.value for text in page.text] == ["甲", "None"]
    page.session_state["person"] = "甲"
    page.run()
    assert [text.value for text in page.text] == ["甲", "甲"]
    for button in page.button:
        button.click()
    page.run()
    assert [text.value for text in page.text] == ["None", "None"]
    assert "town" not in page.query_params


def test_bars_held_against_a_line_have_their_values_where_it_does_not_cross_them() -> None:
    figure = charts.bars(["甲", "乙"], [0.2, 0.4], ["20%", "40%"], ["#1f5a96"] * 2, 0.5)
    assert figure["data"][0]["textposition"] == "none"
    assert [(each["y"], each["text"]) for each in figure["layout"]["annotations"]] == [
        ("甲", "20%"),
        ("乙", "40%"),
    ]
    assert figure["layout"]["xaxis"]["range"] == [0, 0.5]
    assert [line["x0"] for line in figure["layout"]["shapes"]] == [0.5]
