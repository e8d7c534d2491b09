"""The files for the meeting as LibreOffice draws them: all words on the page, none over the line below.

Needs LibreOffice and pdftotext; where they are missing only `make test-all` is told so, by its skips.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest

from dashboard import outside
from dashboard.export.kinds import KINDS
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.view import View
from queries.filters import Filters

pytestmark = [
    pytest.mark.skipif(not os.environ.get("ZHIBEN_TEST_ALL"), reason="takes minutes"),
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="no LibreOffice or pdftotext"
    ),
]
DAY, LONG_AGO = date(2026, 11, 23), date(2024, 1, 1)
WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')
PAGE = re.compile(r'<page width="(.+?)" height="(.+?)">(.*?)</page>', re.DOTALL)
FOOT = 6.88
"""Inches from the top of a slide: where its source line begins (export/powerpoint/page.py)."""
SLACK = 2.0
"""Points."""


@dataclass(frozen=True)
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Printed:
    width: float
    height: float
    words: list[Word]

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)


@pytest.fixture(
    params=[
        ("crowded", DAY, Filters()),
        ("crowded", DAY, Filters(townships=("犁川镇",))),
        ("example", DAY, Filters(townships=("大箕镇",), areas=("施工",), until=date(2024, 1, 2))),
        ("example", LONG_AGO, Filters()),
    ],
    ids=["crowded", "small town", "nothing chosen", "nothing known"],
)
def view(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> View:
    name, day, filters = request.param
    warehouse = request.getfixturevalue(name)
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
    return outside.view(warehouse, day, None, filters)


def printed(folder: Path, suffix: str, content: bytes) -> list[Printed]:
    """The pages of a file as LibreOffice makes them a PDF."""
    source = folder / f"shown{suffix}"
    source.write_bytes(content)
    own = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    told = subprocess.run(
        ["pdftotext", "-bbox", str(source.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [
        Printed(float(width), float(height), [word(found) for found in WORD.findall(inner)])
        for width, height, inner in PAGE.findall(told)
    ]


def word(found: tuple[str, ...]) -> Word:
    left, top, right, bottom = map(float, found[:4])
    return Word(left, top, right, bottom, found[4])


def outside_of(page: Printed) -> list[str]:
    return [
        word.text
        for word in page.words
        if min(word.left, word.top) < -SLACK
        or word.right > page.width + SLACK
        or word.bottom > page.height + SLACK
    ]


def test_a_slide_holds_all_its_words_above_its_source_line(view: View, tmp_path: Path) -> None:
    content = KINDS["pptx"].make(view)
    pages = printed(tmp_path, ".pptx", content)
    slides = list(pptx.Presentation(BytesIO(content)).slides)
    assert len(pages) == len(slides)
    for number, (page, drawn) in enumerate(zip(pages, slides, strict=True), 1):
        assert outside_of(page) == [], number
        foot = FOOT * 72
        crossing = [
            word.text for word in page.words if word.top < foot - SLACK and word.bottom > foot + SLACK
        ]
        assert crossing == [], number
        assert lost(of_slide(drawn), [page]) == Counter(), number


def of_slide(drawn: Any) -> str:
    """The words of a slide's title, boxes and tables."""
    boxes = [shape.text_frame.text for shape in drawn.shapes if shape.has_text_frame]
    tables = [shape.table for shape in drawn.shapes if shape.has_table]
    return "".join([*boxes, *(cell.text for table in tables for row in table.rows for cell in row.cells)])


def lost(said: str, pages: list[Printed]) -> Counter[str]:
    """The characters that are in a file and not on its pages: words break anywhere, so order says nothing."""
    shown = Counter(unescape("".join(page.text for page in pages)))
    return Counter(re.sub(r"\s", "", said)) - shown


def of_document(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", ["bulletin", "assessment", "notices"])
def test_a_document_keeps_to_its_pages_and_has_no_box_for_a_letter(
    view: View, tmp_path: Path, kind: str
) -> None:
    content = KINDS[kind].make(view)
    pages = printed(tmp_path, ".docx", content)
    assert lost(of_document(content), pages) == Counter()
    for number, page in enumerate(pages, 1):
        assert outside_of(page) == [], number
        assert "\ufffd" not in page.text
        assert "□" not in page.text
