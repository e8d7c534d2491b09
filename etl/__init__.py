"""Intake: ledgers in, a published warehouse out. What other folders may call stands here."""

from etl.backup import back_up, restore
from etl.decisions import HazardKey
from etl.decisions_written import add_alias, add_decision
from etl.disk import LoadError, told, write_bytes
from etl.doctor import Finding, examine
from etl.example import write as write_example
from etl.history import history, rollback
from etl.ledgers import LEDGERS
from etl.load import load
from etl.mapping_checks import MappingError
from etl.office import (
    Office,
    accept,
    accepted_files,
    is_up_to_date,
    preview,
    renew,
    republish,
    return_all,
    withdraw,
)
from etl.propose import propose_mapping
from etl.report import Report
from etl.returned import write_returned
from etl.summary import summary
from etl.templates import write_templates

__all__ = [
    "LEDGERS",
    "Finding",
    "HazardKey",
    "LoadError",
    "MappingError",
    "Office",
    "Report",
    "accept",
    "accepted_files",
    "add_alias",
    "add_decision",
    "back_up",
    "examine",
    "history",
    "is_up_to_date",
    "load",
    "preview",
    "propose_mapping",
    "renew",
    "republish",
    "restore",
    "return_all",
    "rollback",
    "summary",
    "told",
    "withdraw",
    "write_bytes",
    "write_example",
    "write_returned",
    "write_templates",
]
