"""The address of a lake's catalogue as somebody wrote it: libpq's, by keywords or as a URI."""

import os
import re
from urllib.parse import unquote

from queries.lake import Lake

KEYWORD = re.compile(r"\bpassword\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S+))")
OF_USER = re.compile(r"(?<=://)([^:/@]*):([^@/]*)(?=@)")
OF_QUERY = re.compile(r"(?<=[?&])password=([^&]*)&?")
PASSWORD_VARIABLE = "PGPASSWORD"  # noqa: S105 - what libpq calls it


def lake_at(address: str, county: int | None = None) -> Lake:
    """The lake at an address; a password in it goes where libpq looks for one: into the environment.

    So it stands in no error's message, and in nobody's log.
    """
    left, password = _of_uri(address) if "://" in address else _of_keywords(address)
    if password is not None:
        os.environ[PASSWORD_VARIABLE] = password
    return Lake(left, county)


def _of_keywords(address: str) -> tuple[str, str | None]:
    """What is left of an address, and the password that was in it."""
    found = KEYWORD.search(address)
    if found is None:
        return address, None
    word = found[2] if found[1] is None else found[1]
    return KEYWORD.sub("", address).strip(), re.sub(r"\\(.)", r"\1", word)


def _of_uri(address: str) -> tuple[str, str | None]:
    if found := OF_USER.search(address):
        return OF_USER.sub(r"\1", address), unquote(found[2])
    if found := OF_QUERY.search(address):
        return OF_QUERY.sub("", address).rstrip("?&"), unquote(found[1])
    return address, None
