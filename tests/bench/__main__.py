"""Run a part of the benchmark, or all, print the tables, keep them in .bench.json (contract.md).

`--readme` writes what .bench.json holds into the README, between its marks.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence

from streamlit import logger

from dashboard.folders import ROOT
from tests.bench import browser, export, lake, load, machine, people, queries, report, script, start
from tests.bench.scales import SCALES
from tests.bench.targets import Entry
from tests.bench.timing import Result

PARTS: dict[str, Callable[[str], list[Result]]] = {
    "queries": queries.measure,
    "script": script.measure,
    "browser": browser.measure,
    "people": people.measure,
    "load": load.measure,
    "start": start.measure,
    "export": export.measure,
    "lake": lake.measure,
}
ALL = "all"
KEPT = ROOT / ".bench.json"
README = ROOT / "README.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--part", choices=[*PARTS, ALL], default="queries")
    parser.add_argument("--scale", choices=SCALES, default="county")
    parser.add_argument("--readme", action="store_true")
    chosen = parser.parse_args()
    logger.set_log_level("ERROR")  # pages are drawn outside a server, which Streamlit warns of at each
    if chosen.part == ALL:
        _run_all()
    else:
        entries = [result.as_dict() for result in PARTS[chosen.part](chosen.scale)]
        _keep(chosen.part, chosen.scale, entries)
        print(f"\n{machine.described()}\n\n{report.table(entries)}", flush=True)
    if chosen.readme:
        report.write_into(README, _kept(), machine.described())


def _run_all() -> None:
    """All parts of the county, and the queries of the larger scales too, each as if it were the first."""
    for part, scale in [*((part, "county") for part in PARTS), *(("queries", scale) for scale in SCALES[1:])]:
        subprocess.run([sys.executable, "-m", "tests.bench", "--part", part, "--scale", scale], check=True)


def _kept() -> list[Entry]:
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else []


def _keep(part: str, scale: str, entries: Sequence[Entry]) -> None:
    """In the place of what was measured of the same part and scale before."""
    others = [each for each in _kept() if (each["part"], each["scale"]) != (part, scale)]
    KEPT.write_text(json.dumps([*others, *entries], ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
