"""A lake with two counties in it, made once a process; a lake of a test's own."""

from pathlib import Path

import pytest

from dashboard import session
from dashboard.folders import WAREHOUSE_VARIABLE
from etl import lake as lakes
from queries.lake import Lake
from tests.lake.catalogue import server
from tests.lake.counties import GAOPING, ZEZHOU, warehouse


@pytest.fixture(autouse=True)
def nothing_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command says it is to be shown is so no longer after its test."""
    for name in (session.LAKE_VARIABLE, session.COUNTY_VARIABLE, WAREHOUSE_VARIABLE):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def both(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake that two counties have loaded into."""
    lake = server().lake()
    lakes.init(lake, str(tmp_path_factory.mktemp("both")))
    for county in (ZEZHOU, GAOPING):
        lakes.push(lake, county.code, warehouse(shared, county))
    return lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty lake, its files in the test's folder."""
    made = server().lake()
    lakes.init(made, str(tmp_path / "lake"))
    return made
