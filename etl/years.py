"""The year or month a title, a sheet's or a file's name speaks of, which supplies a year to 3月5日."""

import re
import unicodedata
from datetime import date

DOCUMENT = re.compile(r"[〔\[【(]\s*20\d\d\s*[〕\]】)]\s*第?\s*\d+\s*号")
"""泽民发〔2024〕7号 says when a document was issued, not what the ledger is of."""

PERIOD = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?:\s*(?:年度?|[-./_])\s*(\d{1,2})\s*月)?")


def period_in(text: str) -> date | None:
    """The middle of the one year, or of the one month, a text names; None where it names none or several."""
    said = DOCUMENT.sub("", unicodedata.normalize("NFKC", text))
    named = {(int(year), int(month or 0)) for year, month in PERIOD.findall(said)}
    years, months = {year for year, _ in named}, {month for _, month in named if 1 <= month <= 12}
    if len(years) != 1:
        return None
    (year,) = years
    return date(year, months.pop(), 15) if len(months) == 1 else date(year, 7, 2)
