"""Who is behind: counties, towns, or the homes of the one looked at; all key figures, then one rate."""

from collections.abc import Iterator, Sequence

from dashboard import answers, charts, home_figures, judging, most, rate_dots, sentences, town_figures
from dashboard.parts.town_matrix import Cell, Row
from dashboard.slides import paging, said
from dashboard.slides.parts import Dot, Dots, Entry, Slide, Table
from dashboard.tokens import INK, JUDGEMENT_COLOURS, JUDGEMENT_SIGNS, ink_on
from dashboard.view import View

RATE, HOME = "rectification_rate", "institution"
MOST = 16
MOST_DOTS = {"county": 16, "township": 16, "institution": 8}


def matrix(view: View) -> Iterator[Slide]:
    by = _by(view)
    columns, rows, count = home_figures.table(view) if by == HOME else town_figures.table(view)
    heads = [name for name, _ in columns]
    first = "机构" if by == HOME else view.storey.name
    widths = (2.6 if by == HOME else 1.35, *(1 for _ in heads))
    listed = most.said(count, "家机构" if by == HOME else view.storey.counted)
    how = "最差在上，深色为差，空心为进行中；格内为比率和分子分母"
    source = said.source(view, f"{how}；{listed}" if listed else how)
    notes = said.notes(view, RATE, "on_time_rate", "overdue", "major_open")
    title, lines = _title(view, by), [_line(row) for row in rows]
    table = Table((first, *heads), lines, widths, range(1, len(heads) + 1), "没有在营机构。")
    for part, shown in paging.tables(table, MOST, title, source):
        yield Slide("towns", f"{title}{part}", [shown], source, notes)


def rates(view: View) -> Iterator[Slide]:
    """The rectification rate with the intervals that say how much of a difference may be chance."""
    by = _by(view)
    rows = sorted(rate_dots.compared(view, RATE, by, view.filters), key=lambda row: row["standing"] == "few")
    few = answers.setting(view.code, "few")
    source = said.source(view, f"{rate_dots.legend(view)}；分母少于 {few:g} 的不参加排名，列在最后")
    title = _apart(view, rows, "机构" if by == HOME else view.storey.word)
    level = rows[0]["whole"] if rows else None
    for part, shown in paging.pages(rows, MOST_DOTS[by]):
        dots = [_dot(rate_dots.dot(view, RATE, row)) for row in shown]
        empty = "没有隐患，不能算整改率。"
        body = Dots("整改率和 95% 区间", dots, level, empty=empty, level_name=view.storey.whole)
        yield Slide("rates", f"{title}{part}", [body], source, said.notes(view, RATE))


def _apart(view: View, rows: Sequence[rate_dots.Row], word: str) -> str:
    """Who stands apart from the county by more than chance."""
    if not rows:
        return "没有隐患记录，不能比较整改率"
    ranked = rate_dots.ranked(rows)
    if not ranked:
        return f"各{word}的隐患都太少，整改率不排名"
    if not view.knows_county:
        return f"各{word}整改率"
    apart = sentences.apart(ranked, view.storey.whole)
    return f"整改率{apart}" if apart else f"各{word}整改率与{view.storey.whole}的差别都可能出于偶然"


def _by(view: View) -> str:
    return HOME if len(view.towns) == 1 else view.by


def _title(view: View, by: str) -> str:
    if by != HOME:
        good = judging.good_from(view, RATE)
        return sentences.ranking("整改率", town_figures.rates(view), good, by=view.storey.word)
    return rate_dots.message(view, RATE, by, rate_dots.compared(view, RATE, by, view.filters))


def _line(row: Row) -> list[Entry]:
    sign = JUDGEMENT_SIGNS.get(row.judgement or "", "")
    ink = JUDGEMENT_COLOURS.get(row.judgement or "", INK)
    name = Entry(f"{sign} {row.name}".strip(), ink=ink, is_bold=True)
    return [name, *(_cell(cell) for cell in row.cells)]


def _cell(cell: Cell) -> Entry:
    if cell.text is None:
        return Entry("—")
    if cell.is_running:
        return Entry(cell.text, cell.fraction, is_bold=True, is_hollow=True)
    return Entry(cell.text, cell.fraction, cell.colour, ink_on(cell.colour), is_bold=True)


def _dot(found: charts.Dot) -> Dot:
    reach = (found.value, found.low, found.high)
    return Dot(found.label, *reach, found.text, found.part, found.colour, found.is_ranked)
