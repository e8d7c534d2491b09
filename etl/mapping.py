"""A mapping file: how ledgers in other words than ours are read, without touching code.

    townships = ["东镇", "西镇"]              # in place of the county's own list

    [[ledgers]]                               # one for each sort of file; the first that fits a sheet holds
    file = "citations*.csv"                   # the file's name, * for anything
    sheet = "Sheet1"                          # may be left out: every sheet
    kind = "hazards"                          # a key of LEDGERS

    [ledgers.columns]                         # field = the heading there
    found_on = "survey_date"
    responsible_unit = "责任单位 › 施工"      # of a heading of several rows: its levels
    description = ["部位", "问题"]            # several columns, joined by a blank
    deadline_on = { from = "found_on", days = "整改天数" }   # a day counted from another field's

    [ledgers.constants]                       # for a column the sheet lacks
    source = "县局检查"

    [ledgers.values.severity]                 # as written there = the word of choices.toml (是, 否 for flags)
    J = "重大"

    [headings.hazards]                        # other headings, for every file without a [[ledgers]]
    found_on = ["查到日期"]

    [values.severity]                         # other words, for every file
    "Cat A" = "重大"

Columns not named are understood by words.toml as ever. A key nobody knows is refused here; a file, sheet or
heading that nothing read has is refused by etl.mapping_used. `zhiben mapping FILE` proposes one.
"""

import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from etl.ledgers import LEDGERS
from etl.mapping_checks import (
    MappingError,
    check_known,
    constants_of,
    table_of,
    tables_of,
    text_of,
    texts_of,
    words_of,
)
from etl.mapping_words import added_headings, fields_of, official_words, with_headings, with_values
from etl.words import Words, words

PARTS = {"file", "sheet", "kind", "columns", "constants", "values"}


@dataclass(frozen=True)
class Rule:
    """How one file is read: its kind, field to heading or headings, field to constant, field to values.

    counted: of the fields whose column holds a number of days, the field they count from. where: the mapping
    file and the rule's place in it, for messages.
    """

    file: str
    kind: str
    sheet: str = "*"
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    where: str = ""

    def fits(self, file: str, sheet: str | None) -> bool:
        return fnmatchcase(file, self.file) and fnmatchcase(sheet or "", self.sheet)


@dataclass(frozen=True)
class Mapping:
    """Every mapping file together. townships: None where the county's own list holds.

    headings: the headings added to words.toml's, and where each is added.
    """

    rules: tuple[Rule, ...]
    townships: tuple[str, ...] | None
    words: Words
    headings: dict[str, str] = field(default_factory=dict)

    @property
    def names_headings(self) -> bool:
        """Whether any heading is named, so that it matters which sheet has which."""
        return bool(self.rules or self.headings)

    def rule(self, file: str, sheet: str | None) -> Rule | None:
        """Find the first rule for a file's name and a sheet."""
        return next((rule for rule in self.rules if rule.fits(file, sheet)), None)


def read_mapping(paths: list[Path]) -> Mapping:
    """Read and check mapping files; a later one adds to the earlier. MappingError names what is wrong."""
    mapping = Mapping((), None, words())
    for path in paths:
        mapping = _extended(mapping, _table(path), path.name)
    return mapping


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise MappingError(f"映射文件 {path} 打不开：{error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"映射文件 {path.name} 不是合法的 TOML（UTF-8）：{error}") from error


def _extended(mapping: Mapping, table: dict[str, Any], file: str) -> Mapping:
    check_known(table, {"townships", "ledgers", "headings", "values"}, file)
    entries = tables_of(table.get("ledgers", []), f"{file} ledgers")
    rules = tuple(_rule(entry, f"{file} ledgers[{place}]") for place, entry in enumerate(entries))
    towns = texts_of(table["townships"], f"{file} townships") if "townships" in table else mapping.townships
    added = added_headings(table.get("headings", {}), f"{file} headings")
    told = {
        heading: f"{file} headings.{kind}.{name}"
        for kind, fields in added.items()
        for name, headings in fields.items()
        for heading in headings
    }
    known = mapping.words
    for kind, fields in added.items():
        known = with_headings(known, kind, fields)
    known = with_values(known, table.get("values", {}), f"{file} values")
    return Mapping(mapping.rules + rules, towns, known, mapping.headings | told)


def _rule(entry: object, where: str) -> Rule:
    table = table_of(entry, PARTS, where)
    file, kind = text_of(table, "file", where), text_of(table, "kind", where)
    check_known([kind], set(LEDGERS), where)
    columns = table_of(table.get("columns", {}), fields_of(kind), f"{where}.columns")
    counted = _counted(columns, kind, f"{where}.columns")
    named = {name: value["days"] if name in counted else value for name, value in columns.items()}
    values = table_of(table.get("values", {}), fields_of(kind), f"{where}.values")
    return Rule(
        file=file,
        kind=kind,
        sheet=text_of(table, "sheet", where, "*"),
        columns={name: texts_of(value, f"{where}.columns.{name}") for name, value in named.items()},
        counted=counted,
        constants=constants_of(table.get("constants", {}), fields_of(kind), f"{where}.constants"),
        values={name: _field_values(kind, name, written, where) for name, written in values.items()},
        where=where,
    )


def _counted(columns: dict[str, Any], kind: str, where: str) -> dict[str, str]:
    """Of the fields counted in days, the field they count from, which is not counted itself."""
    asked = {name: value for name, value in columns.items() if isinstance(value, dict)}
    days = {of.name for of in LEDGERS[kind].fields if of.type in ("date", "event")}
    check_known(asked, days, where)
    for name, value in asked.items():
        table_of(value, {"from", "days"}, f"{where}.{name}")
        text_of(value, "days", f"{where}.{name}")
        check_known([text_of(value, "from", f"{where}.{name}")], days - set(asked), f"{where}.{name}.from")
    return {name: value["from"] for name, value in asked.items()}


def _field_values(kind: str, name: str, written: object, where: str) -> dict[str, str]:
    of, place = LEDGERS[kind].field(name), f"{where}.values.{name}"
    if of.type in ("flag", "choice", "choices"):
        return official_words("flag" if of.type == "flag" else of.word_list, written, place)
    return words_of(written, place)
