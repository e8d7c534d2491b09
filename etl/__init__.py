"""Intake: ledgers in, a published warehouse out. What other folders may call stands here."""

from etl.history import history, rollback
from etl.load import load
from etl.publish import LoadError
from etl.report import Report
from etl.summary import summary

__all__ = ["LoadError", "Report", "history", "load", "rollback", "summary"]
