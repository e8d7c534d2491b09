"""The meeting's slides, defined once: the screen (stage.py) and PowerPoint (export/powerpoint) draw them."""

from dashboard.slides.deck import deck
from dashboard.slides.parts import Slide

__all__ = ["Slide", "deck"]
