"""Any metric on the county's map, coloured as the matrix beside it.

By the towns' outlines where the county has given them, else a square a town in its rough place.
"""

from collections.abc import Mapping

from dashboard import answers, charts, heat, markup
from dashboard.picking import Picks
from dashboard.view import View
from queries.catalog import Metric

PLACES = """
select township, grid_row, grid_column, outline, from towns
where county = $county and (outline is not null or (grid_row is not null and grid_column is not null))
order by township_id
"""


def has_places(view: View) -> bool:
    """Whether the places of one county's townships are known: a list of names alone has none."""
    return len(view.counties) == 1 and not answers.ask(view.code, PLACES, county=view.counties[0]).is_empty()


def draw(picks: Picks, code: str) -> None:
    """A metric of each town as squares; a click narrows the rest of the page."""
    view = picks.beside("township")
    metric = answers.metric(code)
    frame = answers.figures(view.code, (code,), view.as_of, ("township",), view.filters)
    cells = {row["township"]: row for row in frame.iter_rows(named=True) if row["township"] in view.towns}
    highest = max((row["value"] or 0 for row in cells.values()), default=0)
    places = answers.ask(view.code, PLACES, county=view.counties[0]).rows_by_key(
        "township", named=True, unique=True
    )
    tiles = {town: _tile(metric, cells, town, highest) for town in places if town in cells}
    has_outlines = bool(tiles) and all(places[town]["outline"] for town in tiles)
    kind = "按乡镇界" if has_outlines else "一格一镇，按大致方位"
    markup.title("各镇合计", f"{kind}；颜色同右图；点一{'镇' if has_outlines else '格'}只看这个镇")
    spoken = "，".join(tile.hover for tile in tiles.values())
    figure = (_outlines if has_outlines else _squares)(places, tiles)
    charts.draw(figure, f"{code}-township", f"{metric.name}：{spoken}", clickable=True)


def _outlines(places: Mapping[str, heat.Row], tiles: Mapping[str, charts.Tile]) -> charts.Figure:
    return charts.outline_map({town: (places[town]["outline"], tile) for town, tile in tiles.items()})


def _squares(places: Mapping[str, heat.Row], tiles: Mapping[str, charts.Tile]) -> charts.Figure:
    spots = {town: (places[town]["grid_row"], places[town]["grid_column"]) for town in tiles}
    return charts.tile_map({town: (*spots[town], tile) for town, tile in tiles.items()})


def _tile(metric: Metric, cells: Mapping[str, heat.Row], town: str, highest: float) -> charts.Tile:
    return heat.tile(metric, {**cells[town], "is_running": False, "names": None}, town, highest)
