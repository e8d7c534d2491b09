"""A mapping file proposed for an unknown workbook: what is guessed is marked, for a person to confirm."""

import re
from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.around import Patterns
from etl.columns import Columns, Levels
from etl.days import COUNTED_FROM
from etl.find import Found, find_headings, heading_at
from etl.ledgers import LEDGERS, Field
from etl.mapping_checks import MappingError
from etl.mapping_words import FLAGS
from etl.propose_guess import Column, Guess, Guessed, guess
from etl.read import read_file
from etl.sheet import Sheet, UnreadableError
from etl.toml_text import quoted
from etl.words import plain, read_choices, words

SEARCHED = 20
LOOKED_AT = 200
WIDEST = 200
SHOWN = 3
FEWEST = 2
"""A heading is found by two of its columns: with fewer guesses there is nothing to read by."""

VALUE = re.compile(r"[-\d\s./年月日:%]+")
NEARLY = 0.8
LIKELY = 50
MOST_WORDS = 40
MARK = "  # 请确认："
INTRO = """\
# 映射文件草稿，由 zhiben mapping 依据“{file}”拟出。
# 带“请确认”的是猜测：逐行核对，不对的改正或删去，再用 zhiben load --mapping 交给加载。"""


def propose_mapping(path: Path) -> str:
    """Propose a mapping file (TOML) for a workbook or CSV whose headings words.toml does not know.

    Every sheet is spoken of; guesses bear 请确认, columns without a guess are listed as comments. Raises
    MappingError where the file cannot be read.
    """
    try:
        sheets = read_file(path)
    except UnreadableError as error:
        raise MappingError(f"{path.name}：{error}") from error
    patterns = Patterns(words().around)
    drafted = [
        "\n".join(_drafted(sheet, path.name))
        for sheet in sheets
        if not sheet.is_blank and not patterns.is_ours(sheet)
    ]
    return "\n\n".join([INTRO.format(file=_line(path.name)), *drafted]) + "\n"


def _drafted(sheet: Sheet, file: str) -> Iterator[str]:
    found = find_headings(sheet, file, words(), None)
    if found:
        for heading in found:
            yield from _known(heading, sheet)
        return
    columns, title = _columns(sheet)
    guessed = guess(columns, [title, sheet.name or "", file])
    if len(guessed.guesses) < FEWEST:
        yield f"# {_place(sheet)}：看不出是哪种台账，表头有：{_names(columns)}。"
        return
    yield from _rule(sheet, file, guessed)
    yield from _left(columns, guessed)
    for one in guessed.guesses:
        yield from _values(one)


def _known(found: Found, sheet: Sheet) -> Iterator[str]:
    """Say of a heading that words.toml knows it, and which of its columns stay open."""
    kinds = "、".join(LEDGERS[columns.kind].name for columns in found.columns)
    yield f"# {_place(sheet)}第 {found.heading.top + 1} 行起：认得是{kinds}，不需要映射。"
    if len(found.columns) == 1:
        yield from _open(found.columns[0], found.heading.paths)


def _open(columns: Columns, paths: dict[int, Levels]) -> Iterator[str]:
    for column in columns.unclear:
        name = " › ".join(map(_line, paths[column]))
        yield f"#   {quoted(name)} 可以是几个意思：要读入就写 [headings.{columns.kind}] 字段 = {quoted(name)}"


def _columns(sheet: Sheet) -> tuple[list[Column], str]:
    """The columns under what is most like a heading row, and the titles above it."""
    top = _likely_top(sheet)
    return _columns_at(sheet, top), " ".join(text for row in range(top) for text in sheet.texts(row))


def _likely_top(sheet: Sheet) -> int:
    """The first row nearly as full as any that holds words only."""
    texts = {row: sheet.texts(row) for row in range(min(sheet.grid.height, SEARCHED))}
    worded = {row: said for row, said in texts.items() if said and not any(map(VALUE.fullmatch, said))}
    full = max(map(len, (worded or texts).values()))
    return next(row for row, said in (worded or texts).items() if len(said) >= full * NEARLY)


def _columns_at(sheet: Sheet, top: int) -> list[Column]:
    heading = heading_at(sheet, top)
    numbers = {plain(number) for number in words().around.numbers}
    below = sheet.grid.slice(heading.bottom + 1, LOOKED_AT)
    return [
        Column(" › ".join(map(_line, path)), below[str(column)].drop_nulls())
        for column, path in list(heading.paths.items())[:WIDEST]
        if plain(path[-1]) not in numbers
    ]


def _rule(sheet: Sheet, file: str, guessed: Guessed) -> Iterator[str]:
    kind = guessed.ledger
    yield "[[ledgers]]"
    yield f"file = {quoted(escape(file))}"
    if sheet.name is not None:
        yield f"sheet = {quoted(escape(sheet.name))}"
    yield f"kind = {quoted(kind.kind)}{MARK}看起来是{kind.name}"
    yield ""
    yield "[ledgers.columns]"
    named = {one.field.name for one in guessed.guesses}
    yield from (_column(one, named) for one in guessed.guesses)


def _column(one: Guess, named: set[str]) -> str:
    field, heading = one.field, quoted(one.column.heading)
    start = COUNTED_FROM.get(field.name)
    asked = "" if one.is_sure else f"{MARK}{field.heading}？{_such_as(one.column)}"
    if one.is_days and start in named:
        return f'{field.name} = {{ from = "{start}", days = {heading} }}{MARK}{field.heading}，按天数推算'
    return f"{field.name} = {heading}{asked}"


def _left(columns: Sequence[Column], guessed: Guessed) -> Iterator[str]:
    """Comments: the columns without a field, the required fields without a column."""
    used = {id(one.column) for one in guessed.guesses}
    named = {one.field.name for one in guessed.guesses}
    for column in columns:
        if id(column) not in used:
            yield f"# 字段 = {quoted(column.heading)}{MARK}没有用上{_such_as(column)}"
    for field in guessed.ledger.fields:
        if field.required and field.name not in named:
            yield f"# {field.name} = 列名{MARK}必填的“{field.heading}”没有找到；定值写进 constants"


def _values(one: Guess) -> Iterator[str]:
    """The words of a closed list as written there, each with the official word most like it."""
    official = _official(one.field)
    unknown = [] if official is None else _unknown(one)
    if official is None or not unknown:
        return
    yield ""
    yield f"[ledgers.values.{one.field.name}]{MARK}可选 {'、'.join(official)}"
    for text in unknown:
        likely = process.extractOne(text, official, scorer=fuzz.ratio, score_cutoff=LIKELY)
        yield f"{quoted(text)} = {quoted(likely[0])}{MARK[:-1]}" if likely else f'# {quoted(text)} = "…"'


def _official(field: Field) -> list[str] | None:
    if field.type == "flag":
        return list(FLAGS)
    return list(read_choices()[field.word_list].values()) if field.type in ("choice", "choices") else None


def _unknown(one: Guess) -> list[str]:
    """The distinct texts of a column nobody knows, blanks aside."""
    field, known = one.field, words()
    official = known.flags if field.type == "flag" else known.choices[field.word_list]
    texts = one.column.texts.unique(maintain_order=True)
    return [text for text in texts if plain(text) not in {*official, *known.placeholders}][:MOST_WORDS]


def _such_as(column: Column) -> str:
    texts = column.texts.unique(maintain_order=True).head(SHOWN)
    return f"（如 {'、'.join(_line(text)[:12] for text in texts)}）" if len(texts) else ""


def _names(columns: Sequence[Column]) -> str:
    return "、".join(quoted(column.heading) for column in columns)


def _place(sheet: Sheet) -> str:
    return f"工作表“{_line(sheet.name)}”" if sheet.name else "这份 CSV"


def _line(text: str) -> str:
    """A text in one line, fit for a comment."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
