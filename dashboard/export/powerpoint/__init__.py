"""The meeting's slides as PowerPoint: native charts and tables that the office can edit."""

from io import BytesIO

from dashboard.export.powerpoint import bodies, page
from dashboard.slides import deck
from dashboard.view import View


def presentation(view: View) -> bytes:
    """Every slide of the deck, 16:9, with its speaker notes."""
    shown = page.opened()
    slides = deck(view)
    for number, slide in enumerate(slides, 1):
        drawn = page.add(shown, slide, f"{number} / {len(slides)}")
        bodies.draw(drawn, slide)
    target = BytesIO()
    shown.save(target)
    return target.getvalue()
