"""The invented county: its true records, and the workbooks its offices would have sent."""

from etl.example.files import planted, write
from etl.example.story import Scale
from etl.example.truth import frames

__all__ = ["Scale", "frames", "planted", "write"]
