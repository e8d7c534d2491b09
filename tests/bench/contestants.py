"""Who races: our server and the peers' on the same hazards, each in a process of its own."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from dashboard.folders import ROOT
from queries.warehouse import current_build, fetch, open_build
from tests.bench.peers import figures
from tests.dashboard import served
from tests.dashboard.front import front

ENVIRONMENT = Path(os.environ.get("ZHIBEN_PEERS", Path(sys.prefix) / "peers"))
"""Where the peers' packages are: requirements-peers.lock, installed by `make bench`."""
STREAMLIT = ("naive", "express", "usual")
HTTP = {"dash": "dash_page", "floor": "floor"}
PEERS = (*STREAMLIT, *HTTP)
PYTHON = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
HAZARDS = """
select hazards.*, township, institution, from hazards
inner join institutions using (institution_id) inner join townships using (township_id)
order by found_on, hazard_id
"""


@dataclass(frozen=True)
class Contestant:
    """A server that answers; `path`: the page raced, without a slash in front."""

    name: str
    url: str
    path: str
    process: int

    @property
    def address(self) -> str:
        return f"{self.url}/{self.path}"


def are_installed() -> bool:
    return PYTHON.exists()


@contextmanager
def all_serving(warehouse: Path, folder: Path, names: Sequence[str] = PEERS) -> Iterator[list[Contestant]]:
    """Ours first, then the peers named, all on the hazards of one warehouse."""
    data = peers_data(warehouse, folder)
    with ExitStack() as stack:
        ours = stack.enter_context(ours_serving(warehouse))
        yield [ours, *(stack.enter_context(peer_serving(name, data, folder)) for name in names)]


@contextmanager
def ours_serving(warehouse: Path, environment: Mapping[str, str] | None = None) -> Iterator[Contestant]:
    port = served.free_port()
    url = f"http://127.0.0.1:{port}"
    command = served.command(warehouse, port)
    surroundings = {**os.environ, **(environment or {})}
    with served.running(command, f"{url}/_stcore/health", surroundings) as server:
        yield Contestant("ours", url, "hazards", server.pid)


@contextmanager
def pair_serving(warehouse: Path, folder: Path) -> Iterator[Contestant]:
    """Two processes of ours behind nginx, as deploy/ has them."""
    folder.mkdir()
    with front(warehouse, folder) as both:
        yield Contestant("ours", both.url, "hazards", both.pid)


@contextmanager
def peer_serving(
    name: str, data: Mapping[str, str], folder: Path, options: Sequence[str] = ()
) -> Iterator[Contestant]:
    """A peer; it runs in another folder than ours, as Streamlit would read our settings there."""
    port = served.free_port()
    url = f"http://127.0.0.1:{port}"
    health = f"{url}/_stcore/health" if name in STREAMLIT else url
    environment = {**os.environ, **data, "PYTHONPATH": str(ROOT)}
    with served.running(_command(name, port, options), health, environment, folder) as server:
        yield Contestant(name, url, "", server.pid)


def _command(name: str, port: int, options: Sequence[str]) -> list[str]:
    if name in HTTP:
        return [str(PYTHON), "-m", f"tests.bench.peers.{HTTP[name]}", str(port)]
    script = ROOT / "tests" / "bench" / "peers" / f"{name}.py"
    quiet = ("--server.headless=true", "--browser.gatherUsageStats=false")
    address = ("--server.address=127.0.0.1", f"--server.port={port}")
    return [str(PYTHON), "-m", "streamlit", "run", str(script), *quiet, *address, *options]


def peers_data(warehouse: Path, folder: Path) -> dict[str, str]:
    """Write the warehouse's hazards as one workbook; returns the environment that names it to a peer."""
    build = current_build(warehouse)
    if build is None:
        raise ValueError(f"{warehouse} holds no build")
    connection = open_build(warehouse, build)
    as_of, first_day = fetch(connection, "select as_of, from_on from build, campaign").row(0)
    hazards = fetch(connection, HAZARDS).select(figures.GIVEN)
    path = folder / "hazards.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        hazards.write_excel(workbook)
    connection.close()
    return {
        figures.WORKBOOK: str(path),
        figures.AS_OF: as_of.isoformat(),
        figures.FIRST_DAY: first_day.isoformat(),
    }
