"""What tests of faults share: a small bureau that has published, and the command run in this process."""

import sys
from collections.abc import Callable

import pytest

from dashboard import cli
from tests.etl.bureau import Bureau, first, receive_next

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """A bureau that has published one ledger; to be copied."""
    return first(tmp_path_factory.mktemp("bureau") / "data")


@pytest.fixture(scope="session")
def published_twice(published: Bureau, tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """The same with another ledger, and so two builds; to be copied."""
    bureau = published.copy(tmp_path_factory.mktemp("twice") / "data")
    receive_next(bureau)
    bureau.load()
    return bureau


@pytest.fixture
def zhiben(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command here; returns its exit code and what it said."""

    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["zhiben", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), capsys.readouterr().err.strip()

    return run
