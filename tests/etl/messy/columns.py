"""The columns of a block: which, in what order, under which headings, on how many levels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.ledgers import LEDGERS
from tests.etl.messy.dice import Dice
from tests.etl.messy.lines import Line
from tests.etl.messy.numerals import WIDE
from tests.etl.messy.wording import bare, group_levels, headings

FOREIGN = ("联系电话", "手机号码", "照片编号", "录入员工号", "天气", "经费（万元）")
UNCLEAR = {"hazards": ("整改时间", "上报时间"), "trainings": ("培训单位",), "drills": ("参加人数",)}
"""Headings that could be two fields: asked about, never read."""
RECTIFYING = {
    "responsible_unit": "责任单位",
    "responsible_person": "责任人",
    "measures": "措施",
    "deadline_on": "时限",
    "rectified_on": "完成日期",
}
PARTIES = ("建设", "设计", "施工", "监理")
UNITS = {"count": "（人）", "date": "（年月日）", "event": "（年/月/日）"}


@dataclass(frozen=True)
class Column:
    """field: None for a column of no ledger. levels: the heading, outermost first; sort: what fills it."""

    levels: tuple[str, ...]
    field: str | None = None
    sort: str = "field"
    part: int = 0

    @property
    def heading(self) -> str:
        """As the report shows it, blanks aside."""
        return "›".join("".join(level.split()) for level in self.levels)


def choose_columns(dice: Dice, kind: str, lines: Sequence[Line], has_merges: bool) -> list[Column]:
    """Every field somebody filled in or that is required, some empty ones, and what is no field."""
    fields = [
        field.name
        for field in LEDGERS[kind].fields
        if _is_written(lines, field.name) or _stands(field.name, lines, dice)
    ]
    if dice.mess("columns in any order", 0.5):
        dice.shuffle(fields)
    columns = _headed(dice, kind, fields)
    columns = _grouped(dice, kind, columns, has_merges)
    return _with_others(dice, kind, columns)


def _is_written(lines: Sequence[Line], field: str) -> bool:
    return any(line.cells[field] not in ("", None) for line in lines)


def _stands(field: str, lines: Sequence[Line], dice: Dice) -> bool:
    """Whether a column stands though nobody filled it in: credit codes may stand for names."""
    required = LEDGERS[lines[0].kind].field(field).required
    if field in ("institution", "unit"):
        return not _is_written(lines, "credit_code") or dice.random() < 0.5
    return required or (field != "credit_code" and dice.random() < 0.6)


def _headed(dice: Dice, kind: str, fields: list[str]) -> list[Column]:
    columns: list[Column] = []
    for field in fields:
        taken = {bare(column.levels[0]) for column in columns}
        named = [heading for heading in _known(dice, kind, field) if bare(heading) not in taken]
        columns.append(Column((_marred(dice, kind, field, dice.choice(named)),), field))
    return columns


def _known(dice: Dice, kind: str, field: str) -> list[str]:
    official = LEDGERS[kind].field(field).heading
    if not dice.mess("heading in other words", 0.5):
        return [official]
    levels = group_levels(field) if kind == "trainings" else None
    if levels:
        role, group = dice.choice(levels[0]), dice.choice(levels[1])
        return [role + group, group + role]
    return headings(kind, field)


def _marred(dice: Dice, kind: str, field: str, heading: str) -> str:
    if dice.random() < 0.6:
        return heading
    middle = len(heading) // 2
    unit = UNITS.get(LEDGERS[kind].field(field).type, "（必填）") if "（" not in heading else ""
    return dice.pick(
        {
            "line break in a heading": f"{heading[:middle]}\n{heading[middle:]}",
            "blanks in a heading": " ".join(heading),
            "full-width blank in a heading": f"{heading[:middle]}　{heading[middle:]}",
            "star before a heading": f"*{heading}",
            "colon behind a heading": f"{heading}：",
            "hint in brackets in a heading": f"{heading}{unit}",
            "full-width signs in a heading": heading.translate(WIDE),
        }
    )


def _grouped(dice: Dice, kind: str, columns: list[Column], has_merges: bool) -> list[Column]:
    """Put some columns under a common upper heading, side by side."""
    if kind == "trainings" and dice.mess("应训 and 实训 over the groups", 0.5):
        return _by_levels(dice, columns, has_merges)
    if kind == "task_progress" and dice.mess("a task's code and name in two columns", 0.4):
        return [split for column in columns for split in _by_code_and_name(column)]
    if kind == "hazards" and dice.mess("columns under 整改", 0.3):
        named = {
            name: Column(("整改", text), name)
            for name, text in RECTIFYING.items()
            if name in {column.field for column in columns}
        }
        return _side_by_side(dice, columns, named) if len(named) > 1 else columns
    if kind == "hazards" and dice.mess("a unit's column split into four", 0.2):
        return [split for column in columns for split in _split(column)]
    if len(columns) > 3 and dice.mess("columns under a common heading", 0.2):
        start = dice.randint(0, len(columns) - 2)
        return [
            replace(column, levels=("基本信息", *column.levels)) if place - start in (0, 1) else column
            for place, column in enumerate(columns)
        ]
    return columns


def _by_levels(dice: Dice, columns: list[Column], has_merges: bool) -> list[Column]:
    """应训 › 机构负责人, or 机构负责人 › 应训, or both under 参训情况."""
    rows = "three heading rows" if has_merges else "three heading rows without merges"
    turn, top = dice.random() < 0.5, dice.mess(rows, 0.4)
    named: dict[str, Column] = {}
    for column in columns:
        levels = group_levels(column.field or "")
        if levels and column.field:
            pair = (levels[0][0], levels[1][0])
            named[column.field] = Column(pair[::-1] if turn else pair, column.field)
    uppers = [column.levels[0] for column in named.values()]
    kept = {name: column for name, column in named.items() if uppers.count(column.levels[0]) > 1}
    ordered = dict(sorted(kept.items(), key=lambda item: item[1].levels[0]))
    over = {name: replace(column, levels=("参训情况", *column.levels)) for name, column in ordered.items()}
    return _side_by_side(dice, columns, over if top else ordered)


def _side_by_side(dice: Dice, columns: list[Column], named: dict[str, Column]) -> list[Column]:
    """The named columns together, among the others."""
    others = [column for column in columns if column.field not in named]
    place = dice.randint(0, len(others))
    return [*others[:place], *named.values(), *others[place:]]


def _split(column: Column) -> list[Column]:
    if column.field != "responsible_unit":
        return [column]
    return [Column(("整改责任单位", party), column.field, part=part) for part, party in enumerate(PARTIES)]


def _by_code_and_name(column: Column) -> list[Column]:
    if column.field != "task":
        return [column]
    return [Column((name,), "task", part=part) for part, name in enumerate(("任务编号", "任务名称"))]


def _with_others(dice: Dice, kind: str, columns: list[Column]) -> list[Column]:
    """Add 序号, empty and foreign columns, and one whose heading is unclear; never within a group."""
    columns = list(columns)
    if dice.mess("foreign column", 0.4):
        _insert(dice, columns, Column((dice.choice(FOREIGN),), sort="foreign"))
    if dice.mess("empty column", 0.3):
        _insert(dice, columns, Column((), sort="empty"))
    if kind in UNCLEAR and dice.mess("unclear heading", 0.15):
        _insert(dice, columns, Column((dice.choice(UNCLEAR[kind]),), sort="unclear"))
    serial = [Column(("序号",), sort="serial")] if dice.mess("序号", 0.6) else []
    behind = [Column((), sort="empty")] * dice.randint(0, 2)
    return [*serial, *columns, *behind]


def _insert(dice: Dice, columns: list[Column], column: Column) -> None:
    single = [place for place, other in enumerate(columns) if len(other.levels) == 1]
    place = dice.choice(single) if single else 0
    before = columns[place - 1].levels if place else ()
    columns.insert(place if len(before) < 2 else len(columns), column)
