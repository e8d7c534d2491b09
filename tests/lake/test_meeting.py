"""A meeting over several counties: what its slides and documents name, and what they say of the data."""

from contextlib import closing
from io import BytesIO
from pathlib import Path

import docx

from dashboard import outside
from dashboard.export.kinds import KINDS
from dashboard.slides.deck import deck
from dashboard.slides.parts import Cover, Table
from dashboard.view import View
from etl import lake as lakes
from queries import sources
from queries.filters import Filters
from queries.lake import Lake
from tests.lake.counties import AS_OF, EARLIER, GAOPING, ZEZHOU, warehouse

LAGGING = "示例市的数据没有更新到这一天，最早的到 09-30"
MAJORS = "select count(*) from hazards_as_of($1) where is_overdue and is_major"


def seen(lake: Lake) -> View:
    return outside.view(lake, None, None, Filters())


def test_a_county_known_up_to_an_earlier_day_is_named_on_the_cover_and_in_documents(
    lake: Lake, shared: Path
) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    lakes.push(lake, GAOPING.code, warehouse(shared, GAOPING, EARLIER))
    look = seen(lake)
    (body,) = deck(look)[0].bodies
    assert isinstance(body, Cover)
    assert LAGGING in body.lines
    for kind in ("bulletin", "assessment"):
        paragraphs = docx.Document(BytesIO(KINDS[kind].make(look))).paragraphs
        assert any(f"其中{LAGGING}，各数按已有台账计算。" in each.text for each in paragraphs)


def test_where_counties_stand_side_by_side_a_deck_names_overdue_major_hazards_alone(both: Lake) -> None:
    slides = [slide for slide in deck(seen(both)) if slide.code == "overdue"]
    with closing(sources.opened(both, str(sources.current(both)))) as con:
        ((majors,),) = con.execute(MAJORS, [AS_OF]).fetchall()
    tables = [body for slide in slides for body in slide.bodies if isinstance(body, Table)]
    late = [row for table in tables for row in table.rows if row[5].text != "未到期"]
    assert len(late) == majors > 0
    assert "由各县区逐项督办，不列" in slides[0].source
