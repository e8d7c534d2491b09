"""Intake: ledgers in, a published warehouse out. What other folders may call stands here."""

from etl.example import write as write_example
from etl.history import history, rollback
from etl.load import load
from etl.mapping import MappingError
from etl.publish import LoadError
from etl.report import Report
from etl.summary import summary

__all__ = [
    "LoadError",
    "MappingError",
    "Report",
    "history",
    "load",
    "rollback",
    "summary",
    "write_example",
]
