"""The meeting's slides: on the screen and in PowerPoint the queries' figures; they fit, by keys alone."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pptx
import pytest
from playwright.sync_api import Browser, Page, expect
from pptx.oxml.ns import qn

from dashboard import outside
from dashboard.export.kinds import KINDS
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.slides import Slide, deck
from dashboard.slides.paging import pages
from dashboard.slides.parts import Bars, Dots, Figures, Gantt, Table
from dashboard.view import View
from dashboard.words import figure, fraction
from queries import records
from queries.catalog import catalog
from queries.evaluate import evaluate
from queries.filters import Filters
from tests.dashboard.test_browser import SIZES, address, opened
from tests.queries.warehouses import rows

DAY, LONG_AGO = date(2026, 11, 23), date(2024, 1, 1)
CODES = [
    "cover",
    "standing",
    "phases",
    "towns",
    "rates",
    "overdue",
    "duties",
    "training",
    "common",
    "changes",
    "decide",
]
SMALLEST = 1 / 50
STAGE = ".zb-stage .foot"
MEASURE = """() => {
  const slide = document.querySelector(".zb-stage section:not([hidden])");
  const frame = slide.getBoundingClientRect();
  const source = slide.querySelector(".source");
  const floor = source ? source.getBoundingClientRect().top : frame.bottom;
  const all = [...slide.querySelectorAll("*")];
  const boxes = [...slide.querySelectorAll(".bodies *")].map((one) => one.getBoundingClientRect());
  const isText = (node) => node.nodeType === 3 && node.data.trim();
  const words = all.filter((one) => [...one.childNodes].some(isText));
  return {
    low: Math.max(0, ...boxes.map((box) => box.bottom)) - floor,
    wide: Math.max(...all.map((one) => one.getBoundingClientRect().right)) - frame.right,
    small: Math.min(...words.map((one) => parseFloat(getComputedStyle(one).fontSize))) / frame.height,
    ratio: frame.width / frame.height,
    inside: frame.width <= innerWidth + 1 && frame.height <= innerHeight + 1,
  };
}"""


def view_of(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, day: date = DAY, filters: Filters = Filters()
) -> View:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
    return outside.view(warehouse, day, None, filters)


@pytest.fixture
def whole(example: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    return view_of(example, monkeypatch)


def file_of(view: View) -> Any:
    return pptx.Presentation(BytesIO(KINDS["pptx"].make(view)))


def bodies(slides: list[Slide], kind: type) -> list[Any]:
    return [body for slide in slides for body in slide.bodies if isinstance(body, kind)]


def words(drawn: Any) -> str:
    """All words of a page of the file: in boxes and in tables."""
    boxes = [shape.text_frame.text for shape in drawn.shapes if shape.has_text_frame]
    tables = [shape.table for shape in drawn.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    return "\n".join([*boxes, *cells])


def test_the_slides_come_in_the_meetings_order(whole: View) -> None:
    assert list(dict.fromkeys(slide.code for slide in deck(whole))) == CODES


def test_the_cards_are_the_queries_figures(whole: View) -> None:
    cards = {card.name: card for body in bodies(deck(whole), Figures) for card in body.cards}
    for code in ("rectification_rate", "on_time_rate", "overdue", "clear_institutions", "training_coverage"):
        answer = evaluate(whole.build.connection, code, DAY).row(0, named=True)
        assert cards[catalog()[code].name].value == figure(answer["value"], catalog()[code])


def test_every_overdue_hazard_and_open_major_one_is_named_once(whole: View) -> None:
    listed = [
        (row[2].text, row[3].text)
        for slide in deck(whole)
        if slide.code == "overdue"
        for body in slide.bodies
        if isinstance(body, Table)
        for row in body.rows
    ]
    expected = {
        (row["institution"], row["description"])
        for code in ("overdue", "major_open")
        for row in rows(whole.build.connection, code, DAY).iter_rows(named=True)
    }
    assert set(listed) == expected
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(("count", "titles"), [(0, [""]), (9, [""]), (200, ["（1/23）", "（23/23）"])])
def test_a_long_list_runs_on_and_says_so(count: int, titles: list[str]) -> None:
    parts = list(pages(range(count), 9))
    assert [number for _, part in parts for number in part] == list(range(count))
    assert [parts[0][0], parts[-1][0]] == [titles[0], titles[-1]]


def test_the_notes_hold_definitions_and_counts(whole: View) -> None:
    drawn = file_of(whole).slides[1]
    notes = drawn.notes_slide.notes_text_frame.text
    for code in ("rectification_rate", "on_time_rate", "clear_institutions"):
        answer = evaluate(whole.build.connection, code, DAY).row(0, named=True)
        assert fraction(answer["numerator"], answer["denominator"]) in notes
        assert catalog()[code].explain in notes


def test_the_file_holds_the_slides_with_native_charts_and_tables(whole: View) -> None:
    slides, shown = deck(whole), file_of(whole)
    assert len(shown.slides) == len(slides)
    for slide, drawn in zip(slides, shown.slides, strict=True):
        assert slide.title.replace("\n", "\x0b") == drawn.shapes.title.text_frame.text
        assert slide.source in words(drawn)
        assert not any(shape.shape_type == 13 for shape in drawn.shapes), "a picture"
        tables = [shape.table for shape in drawn.shapes if shape.has_table]
        for body, table in zip([one for one in slide.bodies if isinstance(one, Table)], tables, strict=True):
            told = [[f"{cell.text} {cell.small}".strip() for cell in row] for row in body.rows]
            assert [[cell.text for cell in row.cells] for row in list(table.rows)[1:]] == told


def test_the_charts_hold_the_figures_as_numbers(whole: View) -> None:
    slides, shown = deck(whole), file_of(whole)
    charts = [shape.chart.plots[0] for drawn in shown.slides for shape in drawn.shapes if shape.has_chart]
    expected = [body for slide in slides for body in slide.bodies if not isinstance(body, Table | Figures)]
    drawn_as = {tuple(plot.categories): [list(series.values) for series in plot.series] for plot in charts}
    for body in expected:
        if isinstance(body, Bars):
            names = tuple(f"{bar.label} {bar.part}".rstrip() for bar in body.bars)
            assert drawn_as[names][0] == [bar.value for bar in body.bars]
        if isinstance(body, Dots):
            values, level = drawn_as[tuple(dot.label for dot in body.dots)]
            assert values == [dot.value for dot in body.dots]
            assert set(level) == {body.level}
        if isinstance(body, Gantt):
            before = [(stretch.from_on - body.from_on).days for stretch in body.stretches]
            assert drawn_as[tuple(stretch.name for stretch in body.stretches)][0] == before


def test_what_stands_beside_a_mark_follows_the_charts_sheet(whole: View) -> None:
    """Editing a number in PowerPoint must change what is written, so no label is fixed text."""
    for drawn in file_of(whole).slides:
        for chart in [shape.chart for shape in drawn.shapes if shape.has_chart]:
            labels = list(chart._chartSpace.iter(qn("c:dLbl")))
            assert not [label for label in labels if label.find(qn("c:tx")) is not None]


def test_an_interval_is_an_error_bar_with_its_reach_in_the_sheet(whole: View) -> None:
    [body] = bodies(deck(whole), Dots)
    charts = [shape.chart for drawn in file_of(whole).slides for shape in drawn.shapes if shape.has_chart]
    [bars] = [bars for chart in charts for bars in chart._chartSpace.iter(qn("c:errBars"))]
    upper = [dot.high - dot.value for dot in body.dots]
    lower = [dot.value - dot.low for dot in body.dots]
    for side, expected in (("plus", upper), ("minus", lower)):
        values = [float(value.text) for value in bars.find(qn(f"c:{side}")).iter(qn("c:v"))]
        assert values == pytest.approx(expected)
        assert "Sheet1!" in bars.find(qn(f"c:{side}")).find(f".//{qn('c:f')}").text


def test_a_towns_meeting_sees_its_homes(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(example, monkeypatch, DAY, Filters(townships=("大箕镇",)))
    register = rows_of_homes(view)
    [matrix] = [slide.bodies[0] for slide in deck(view) if slide.code == "towns"]
    assert isinstance(matrix, Table)
    assert {row[0].text.lstrip("●▲ ") for row in matrix.rows} == register
    [dots] = bodies(deck(view), Dots)
    assert {dot.label for dot in dots.dots} <= register


def rows_of_homes(view: View) -> set[str]:
    known = records.records(view.build.connection, "institutions", view.as_of, view.filters)
    return set(known["institution"])


def test_every_word_of_the_file_has_a_chinese_typeface(whole: View) -> None:
    shown = file_of(whole)
    for drawn in shown.slides:
        notes = [drawn.notes_slide._element] if drawn.has_notes_slide else []
        for run in [run for part in (drawn._element, *notes) for run in part.iter(qn("a:rPr"))]:
            assert run.find(qn("a:ea")).get("typeface") == "微软雅黑"
            assert run.find(qn("a:latin")).get("typeface") == "微软雅黑"
            assert int(run.get("sz")) >= 1_100
    for holder in (shown.slide_master, *shown.slide_layouts):
        said = "".join(text.text or "" for text in holder._element.iter(qn("a:t")))
        assert not any(mark.isascii() and mark.isalpha() for mark in said)


@pytest.mark.parametrize(
    ("day", "filters"),
    [
        (DAY, Filters(townships=("下村镇",))),
        (DAY, Filters(townships=("下村镇",), areas=("施工",), until=date(2024, 1, 2))),
        (LONG_AGO, Filters()),
    ],
)
def test_a_small_or_empty_choice_still_gives_all_slides(
    example: Path, monkeypatch: pytest.MonkeyPatch, day: date, filters: Filters
) -> None:
    view = view_of(example, monkeypatch, day, filters)
    assert list(dict.fromkeys(slide.code for slide in deck(view))) == CODES
    assert len(file_of(view).slides) == len(deck(view))


def test_another_campaign_has_its_own_slides(second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(second, monkeypatch, outside.view(second, None, None, Filters()).as_of)
    slides = deck(view)
    assert [slide.code for slide in slides if slide.code != "overdue"][:3] == CODES[:3]
    [gantt] = bodies(slides, Gantt)
    assert "收尾" in [stretch.name for stretch in gantt.stretches]
    assert len(file_of(view).slides) == len(slides)


def shown_number(page: Page) -> tuple[int, int]:
    now, count = page.locator(STAGE).inner_text().split("/")
    return int(now), int(count)


@pytest.mark.parametrize(
    ("served", "width", "height"),
    [("example_url", 1920, 1080), ("example_url", 1366, 768), ("crowded_url", 1366, 768)],
)
def test_every_slide_fits_its_screen_and_can_be_read_from_afar(
    browser: Browser,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    served: str,
    width: int,
    height: int,
) -> None:
    url = request.getfixturevalue(served)
    monkeypatch.setitem(SIZES, "meeting", (width, height))
    with opened(browser, address(url, "present"), "meeting", STAGE) as (page, seen):
        _, count = shown_number(page)
        for number in range(1, count + 1):
            expect(page.locator(STAGE)).to_have_text(f"{number} / {count}")
            found = page.evaluate(MEASURE)
            assert found["low"] <= 1, number
            assert found["wide"] <= 1, number
            assert found["small"] >= SMALLEST, number
            assert found["ratio"] == pytest.approx(16 / 9, rel=0.01)
            assert found["inside"]
            page.keyboard.press("PageDown")
        assert seen.troubles == []


def test_a_link_to_a_page_that_is_not_there_says_so(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "present", "?slide=99"), ready=STAGE) as (page, seen):
        now, count = shown_number(page)
        assert now == count
        expect(page.locator(".zb-stage .help")).to_contain_text(f"第 99 页不存在，共 {count} 页")
        assert seen.troubles == []


def test_keys_edges_and_links_move_through_the_slides(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "present", "?slide=3&township=大箕镇"), ready=STAGE) as (
        page,
        seen,
    ):
        now, count = shown_number(page)
        assert now == 3
        for key, expected in (
            ("ArrowRight", 4),
            ("ArrowLeft", 3),
            ("PageDown", 4),
            ("PageUp", 3),
            ("End", count),
            ("Home", 1),
        ):
            page.keyboard.press(key)
            expect(page.locator(STAGE)).to_have_text(f"{expected} / {count}")
        page.get_by_role("button", name="下一页").click()
        expect(page.locator(STAGE)).to_have_text(f"2 / {count}")
        assert "slide=2" in page.url
        expect(page.locator(".zb-stage section:not([hidden]) .source")).to_contain_text("大箕镇")
        page.keyboard.press("Escape")
        page.wait_for_selector(".zb-matrix")
        assert "township=" in page.url
        assert seen.troubles == []
