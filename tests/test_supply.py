"""The chain of supply: every package pinned by hash, from no host named, under a licence that is known."""

import re
from pathlib import Path

import pytest

from tests import licences

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
FREE = re.compile(r"MIT|BSD|Apache|ISC|PSF|MPL|Mozilla|Zlib|0BSD|CC0|LGPL|Unlicense", re.IGNORECASE)
"""Licences under which a bureau may use and hand on the program, whatever it is used with."""


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_by_hash_and_no_host_is_named(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    packages = [entry for entry in entries if entry.strip() and not entry.startswith("#")]
    assert len(packages) > 0
    for entry in packages:
        assert re.match(r"[\w.\[\],-]+==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]
    assert "://" not in text


def test_every_package_comes_under_a_known_free_licence() -> None:
    unknown = {name: licences.licence(name) for name in licences.pinned()}
    assert not [name for name, said in unknown.items() if said and not FREE.search(said)]
    assert [name for name, said in unknown.items() if said is None] == []


ROW = re.compile(r"^\| ([\w.-]+) \| (\d[\w.+-]*) \|", re.MULTILINE)


def test_the_list_of_licences_is_that_of_the_lock() -> None:
    written = (ROOT / "deploy" / "licences.md").read_text(encoding="utf-8")
    assert dict(ROW.findall(written)) == licences.pinned()
