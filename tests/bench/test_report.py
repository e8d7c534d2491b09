"""The tables say what was measured, and whether what was to be reached is."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.folders import ROOT
from tests.bench import report
from tests.bench.targets import Target, targets
from tests.bench.timing import Result

MEASURE = "隐患整改: new filter to last chart"
RESULT = Result("browser", "county", MEASURE, [10, 20, 30], {"usual": [40, 40, 40]})


def _entry(result: Result) -> dict[str, Any]:
    """As it comes back from .bench.json."""
    entry: dict[str, Any] = json.loads(json.dumps(result.as_dict()))
    return entry


def _target(**limits: float) -> Target:
    return Target("改了筛选", RESULT.part, MEASURE, peer="usual", **limits)  # type: ignore[arg-type]


def test_the_table_puts_the_ratio_before_the_times() -> None:
    cells = [cell.strip() for cell in report.table([_entry(RESULT)]).splitlines()[-1].split("|")]
    assert cells[3:7] == ["usual", "0.50 (0.25–0.75)", "20.0 (10.0–30.0)", "40.0 (40.0–40.0)"]


def test_a_target_is_reached_up_to_its_limit() -> None:
    entry = _entry(RESULT)
    assert _target(most=0.5).is_reached(entry)
    assert not _target(most=0.49).is_reached(entry)
    assert _target(least=0.5).is_reached(entry)
    assert not _target(least=0.51).is_reached(entry)


def test_every_target_has_one_limit_and_a_row_of_the_readme() -> None:
    assert all((target.most is None) != (target.least is None) for target in targets())
    table = report.readme_table([_entry(RESULT)])
    assert len(table.splitlines()) == len(targets()) + 2
    assert "| 0.50 (0.25–0.75) | ≤ 0.4 | **否** | 20.0 毫秒 | 40.0 毫秒 |" in table


def test_the_readme_keeps_what_is_written_around_the_table(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"前\n{report.BEGIN}\n旧\n{report.END}\n没达到的，为什么", encoding="utf-8")
    report.write_into(readme, [_entry(RESULT)], "两核")
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"前\n{report.BEGIN}\n两核\n")
    assert text.endswith(f"{report.END}\n没达到的，为什么")
    assert "旧" not in text


def test_a_readme_without_the_marks_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("手写的", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks"):
        report.write_into(readme, [], "两核")
    assert readme.read_text(encoding="utf-8") == "手写的"


def test_our_readme_has_a_place_for_the_table() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index(report.BEGIN) < text.index(report.END)
