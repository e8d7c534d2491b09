"""Known mistakes of the sources, corrected as data: one entry a mistake, with why and who decided.

A correction is made on the cells' text before anything is judged, and reported as a warning. What it corrects
must still be there: one that matches nothing any more, or finds something else written, stops the load.

corrections.toml, beside campaign.toml:
    [[corrections]]
    name = "巴公镇七月台账的年份"       # its own name, for the message
    file = "巴公镇*.xlsx"               # the file's name or path, * for anything
    sheet = "隐患*"                     # may be left out
    row = 7                             # as Excel counts; left out: every cell of the column that says so
    field = "发现日期"                  # the heading as written there, the official one, or its English name
    was = "2042-03-05"                  # what stands there; "" for a blank cell
    instead = "2024-03-05"              # "" to blank it
    why = "与检查记录核对"
    decided_by = "张三"
    decided_on = 2026-11-20

    [[corrections]]
    name = "松鹤院漏电的完成日期"
    kind = "hazards"
    record = { institution = "松鹤院", found_on = 2024-03-05, description = "漏电" }  # as written there
    field = "rectified_on"
    was = "2024-02-09"
    …
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from etl.ledgers import LEDGERS
from queries.checked import DefinitionError, take


@dataclass(frozen=True)
class Correction:
    """One mistake and its mending. record: field to a day, or to the text as written."""

    name: str
    field: str
    was: str
    instead: str
    why: str
    decided_by: str
    decided_on: date
    file: str = "*"
    sheet: str = "*"
    row: int | None = None
    kind: str | None = None
    record: dict[str, Any] = dataclasses.field(default_factory=dict)

    def fits(self, path: str, sheet: str | None, kind: str) -> bool:
        """Whether this may speak of a block of this file, sheet and kind."""
        is_file = any(fnmatchcase(name, self.file) for name in (path, PurePosixPath(path).name))
        return is_file and fnmatchcase(sheet or "", self.sheet) and self.kind in (None, kind)


def read_correction(table: object, place: str) -> Correction:
    """One correction out of a TOML table; DefinitionError where it cannot be used."""
    correction = take(Correction, table, place)
    told = f"{place}（{correction.name}）"
    if correction.kind not in (None, *LEDGERS):
        raise DefinitionError(f"{told} 的 kind：不认识 {correction.kind}；可用的有 {'、'.join(LEDGERS)}")
    if correction.record:
        _check_record(correction, told)
    elif correction.file == "*":
        raise DefinitionError(f"{told}：要写明 file，或写 kind 与 record")
    if correction.was.strip() == correction.instead.strip():
        raise DefinitionError(f"{told}：was 与 instead 相同")
    return correction


def _check_record(correction: Correction, place: str) -> None:
    """A record is of a kind, is not also a row, and is told by the kind's own fields."""
    if correction.row is not None:
        raise DefinitionError(f"{place}：row 与 record 只能写一个")
    if correction.kind is None:
        raise DefinitionError(f"{place}：写了 record 就要写 kind")
    types = {
        of.name: (date if of.type in ("date", "event") else str) for of in LEDGERS[correction.kind].fields
    }
    for name, value in correction.record.items():
        if name not in types:
            raise DefinitionError(f"{place} 的 record：不认识 {name}；可用的有 {'、'.join(types)}")
        if type(value) is not types[name]:
            wanted = "日期（如 2024-01-01）" if types[name] is date else "文字"
            raise DefinitionError(f"{place} 的 record 的 {name}：应为{wanted}，实为 {value!r}")
