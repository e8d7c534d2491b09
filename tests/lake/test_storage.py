"""A lake whose files lie in an object storage: moto's, as a server of its own (`make test-all` has it)."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import duckdb
import pytest

from etl import lake as lakes
from queries import lake_open, sources, storage
from queries.evaluate import evaluate
from queries.lake import Lake, LakeError
from queries.snapshots import MOST_HAZARDS
from tests.dashboard.served import free_port
from tests.lake.catalogue import server
from tests.lake.counties import AS_OF, EARLIER, ZEZHOU, opened, warehouse

PROGRAM = Path(".venv/s3/bin/moto_server")
SECRET = "kept-to-itself"
SOMEBODY = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/s3/aws4_request, Signature=x"
}
PATIENCE = 30
pytestmark = pytest.mark.skipif(
    not os.environ.get("ZHIBEN_TEST_ALL"), reason="make test-all brings an object storage"
)


class Bucket:
    """An object storage with one bucket."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [PROGRAM, "-H", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._ask("PUT", "")

    def remove(self, path: str) -> None:
        self._ask("DELETE", path)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def _ask(self, method: str, path: str) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(URLError):
                urlopen(Request(f"{self.url}/bucket/{path}", headers=SOMEBODY, method=method)).close()
                return
            time.sleep(0.1)
        raise AssertionError(f"{method} {path}")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    found = Bucket(free_port())
    for name, value in zip(storage.SETTINGS, ("key", SECRET, "", found.url), strict=True):
        monkeypatch.setenv(name, value)
    yield found
    found.stop()


@pytest.fixture
def lake(bucket: Bucket, shared: Path) -> Lake:
    """One county's, with one build."""
    made = server().lake()
    lakes.init(made, "s3://bucket/lake/")
    lakes.push(made, ZEZHOU.code, warehouse(shared, ZEZHOU))
    return made


def read(lake: Lake) -> duckdb.DuckDBPyConnection:
    return sources.opened(lake, str(sources.current(lake)))


@pytest.mark.parametrize("most", [MOST_HAZARDS, 0], ids=["copied", "read where it lies"])
def test_figures_are_those_of_the_countys_own(
    lake: Lake, shared: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lake_open, "MOST_HAZARDS", most)
    with closing(read(lake)) as con, closing(opened(warehouse(shared, ZEZHOU))) as own:
        for by in ((), ("township",)):
            found = evaluate(con, "rectification_rate", AS_OF, by)
            assert found.equals(evaluate(own, "rectification_rate", AS_OF, by))


def test_a_reader_reaches_the_lakes_files_alone_and_is_not_told_the_secret(lake: Lake) -> None:
    with closing(read(lake)) as con:
        with pytest.raises(duckdb.PermissionException):
            con.execute("from read_parquet('s3://bucket/other/x.parquet')")
        told = con.execute("from duckdb_secrets()").fetchall()
        told += con.execute("select value from duckdb_settings()").fetchall()
        assert SECRET not in str(told)


def test_an_old_build_is_cleared_away_and_a_lost_file_is_named(
    lake: Lake, bucket: Bucket, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
    assert lakes.expire(lake, keep=1, days=0) == 1
    assert lakes.verify(lake) == []
    monkeypatch.setattr(lake_open, "MOST_HAZARDS", 0)  # a copy has let go of the lake
    with closing(read(lake)) as con:
        files = con.execute("select data_file from ducklake_list_files('lake', 'hazards')").fetchall()
    bucket.remove(files[0][0].removeprefix("s3://bucket/"))
    (damage,) = lakes.verify(lake)
    assert (damage.county, damage.is_current) == (ZEZHOU.name, True)
    assert damage.says.startswith("hazards 的文件丢失：s3://")


def test_a_storage_that_is_away_is_said_and_nothing_is_written(
    lake: Lake, bucket: Bucket, shared: Path
) -> None:
    bucket.stop()
    for does in (
        lambda: lakes.verify(lake),
        lambda: lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER)),
    ):
        with pytest.raises(LakeError, match="对象存储读写不了"):
            does()
    assert len(lakes.history(lake)) == 1


def test_without_the_settings_it_says_which(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(storage.KEY)
    with pytest.raises(LakeError, match=storage.KEY):
        lakes.verify(lake)
