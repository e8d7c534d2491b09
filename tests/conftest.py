"""What all tests share: a folder for warehouses built once, the second campaign's, the province's."""

from pathlib import Path

import pytest

from tests.campaigns import ledgers
from tests.dashboard import warehouses


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder all workers of one run share; alone, the run's own, as the one above outlives the run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def example(shared: Path) -> Path:
    """The warehouse of the example's workbooks."""
    return warehouses.example(shared)


@pytest.fixture(scope="session")
def second(shared: Path) -> Path:
    """The warehouse of the made-up second campaign."""
    return ledgers.warehouse(shared)


@pytest.fixture(scope="session")
def province(shared: Path) -> Path:
    """The warehouse of the invented province."""
    return warehouses.province(shared)
