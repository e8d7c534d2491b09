"""What the tests of the benchmark share: the peers' hazards."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests.bench import contestants
from tests.bench.peers import figures


@pytest.fixture(scope="module")
def hazards(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pd.DataFrame]:
    """The example's hazards as the peers read and judge them."""
    data = contestants.peers_data(example, tmp_path_factory.mktemp("peers"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in data.items():
            patch.setenv(name, value)
        yield figures.read()
