"""Run one part of the benchmark, print its table, write .bench.json (contract.md)."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from tests.bench import browser, export, load, queries, script
from tests.bench.timing import Result, table

PARTS: dict[str, Callable[[str], list[Result]]] = {
    "queries": queries.measure,
    "script": script.measure,
    "browser": browser.measure,
    "export": export.measure,
    "load": load.measure,
}
SCALES = ("county", "province", "nation")
TARGET = Path(".bench.json")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--part", choices=PARTS, default="queries")
    parser.add_argument("--scale", choices=SCALES, default="county")
    chosen = parser.parse_args()
    results = PARTS[chosen.part](chosen.scale)
    TARGET.write_text(json.dumps([result.as_dict() for result in results], indent=1), encoding="utf-8")
    print(table(results))


if __name__ == "__main__":
    main()
