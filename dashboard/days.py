"""Series of days at which figures are evaluated anew."""

from datetime import date, timedelta


def month_ends(first: date, last: date, most: int) -> tuple[date, ...]:
    """The last days of the months before `last`, then `last` itself; at most `most`, none before `first`."""
    ends = [last]
    cursor = last.replace(day=1) - timedelta(days=1)
    while cursor >= first and len(ends) < most:
        ends.append(cursor)
        cursor = cursor.replace(day=1) - timedelta(days=1)
    return tuple(reversed(ends))
