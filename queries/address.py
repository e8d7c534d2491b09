"""The address of a lake's catalogue as somebody wrote it: libpq's, by keywords or as a URI."""

import os
import re
from urllib.parse import unquote

from queries.lake import Lake

KEYWORD = re.compile(r"\bpassword\s*=\s*('(?:[^'\\]|\\.)*'|\S+)")
URI = re.compile(r"(?<=://)([^:/@]*):([^@/]*)(?=@)")
PASSWORD_VARIABLE = "PGPASSWORD"  # noqa: S105 - what libpq calls it


def lake_at(address: str, county: int | None = None) -> Lake:
    """The lake at an address; a password in it goes where libpq looks for one: into the environment.

    So it stands in no error's message, and in nobody's log.
    """
    if found := KEYWORD.search(address):
        os.environ[PASSWORD_VARIABLE] = re.sub(r"\\(.)", r"\1", found[1].strip("'"))
        return Lake(KEYWORD.sub("", address).strip(), county)
    if found := URI.search(address):
        os.environ[PASSWORD_VARIABLE] = unquote(found[2])
        return Lake(URI.sub(r"\1", address), county)
    return Lake(address, county)
