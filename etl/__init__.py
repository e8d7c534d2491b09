"""Intake: ledgers in, a published warehouse out. What other folders may call stands here."""

from etl.example import write as write_example
from etl.history import history, rollback
from etl.ledgers import LEDGERS
from etl.load import load
from etl.mapping_checks import MappingError
from etl.office import Office, accept, accepted_files, preview, withdraw
from etl.publish import LoadError
from etl.report import Report
from etl.returned import write_returned
from etl.summary import summary

__all__ = [
    "LEDGERS",
    "LoadError",
    "MappingError",
    "Office",
    "Report",
    "accept",
    "accepted_files",
    "history",
    "load",
    "preview",
    "rollback",
    "summary",
    "withdraw",
    "write_example",
    "write_returned",
]
