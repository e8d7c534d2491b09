"""Any metric on the county's map: a square a town in its rough place, coloured as the matrix beside it."""

from collections.abc import Mapping

from dashboard import answers, charts, heat, markup
from dashboard.picking import Picks
from dashboard.view import View
from queries.catalog import Metric

GRID = """
select township, grid_row, grid_column, from townships
where grid_row is not null and grid_column is not null
order by township_id
"""


def has_places(view: View) -> bool:
    """Whether the townships' places are known: a list of names alone has none."""
    return not answers.ask(view.code, GRID).is_empty()


def draw(picks: Picks, code: str) -> None:
    """A metric of each town as squares; a click narrows the rest of the page."""
    view = picks.beside("township")
    metric = answers.metric(code)
    frame = answers.figures(view.code, (code,), view.as_of, ("township",), view.filters)
    cells = {row["township"]: row for row in frame.iter_rows(named=True) if row["township"] in view.towns}
    highest = max((row["value"] or 0 for row in cells.values()), default=0)
    places = answers.ask(view.code, GRID).rows_by_key("township", named=True, unique=True)
    towns = {
        town: (place["grid_row"], place["grid_column"], _tile(metric, cells, town, highest))
        for town, place in places.items()
        if town in cells
    }
    markup.title("各镇合计", "一格一镇，按大致方位；颜色同右图；点一格只看这个镇")
    spoken = "，".join(tile.hover for _, _, tile in towns.values())
    charts.draw(charts.tile_map(towns), f"{code}-township", f"{metric.name}：{spoken}", clickable=True)


def _tile(metric: Metric, cells: Mapping[str, heat.Row], town: str, highest: float) -> charts.Tile:
    return heat.tile(metric, {**cells[town], "is_running": False, "names": None}, town, highest)
