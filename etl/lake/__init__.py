"""The lake many counties load into: made, loaded into, looked back on, cleared, checked."""

from etl.lake.checking import Damage, verify
from etl.lake.keeping import Entry, expire, history, rollback
from etl.lake.loading import push
from etl.lake.making import init

__all__ = ["Damage", "Entry", "expire", "history", "init", "push", "rollback", "verify"]
