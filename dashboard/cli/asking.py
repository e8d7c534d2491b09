"""Ask for figures and records: metrics, records."""

from typing import Annotated

import typer

from dashboard import printing
from dashboard.cli.commands import Application
from dashboard.cli.opened import filters_of, opened
from dashboard.cli.options import (
    Areas,
    AsOf,
    Compare,
    CountyCode,
    Format,
    Homes,
    LakeAddress,
    Severities,
    Since,
    Townships,
    Until,
    Warehouse,
    source,
)
from dashboard.folders import DEFAULT_WAREHOUSE
from queries import answers as shaped
from queries import evaluate, records
from queries.catalog import catalog
from queries.compare import change

app = Application()


@app.command()
def metrics(
    as_of: AsOf = None,
    compare: Compare = None,
    since: Since = None,
    until: Until = None,
    township: Townships = [],
    institution: Homes = [],
    severity: Severities = [],
    area: Areas = [],
    by: Annotated[list[str], typer.Option(metavar="维度", help="按什么分组，可重复。")] = [],
    metric: Annotated[list[str], typer.Option(metavar="代码", help="哪个指标，可重复；默认全部。")] = [],
    format: Annotated[Format, typer.Option(help="输出格式。")] = Format.TABLE,  # noqa: A002
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    lake: LakeAddress = None,
    county: CountyCode = None,
) -> None:
    """算指标：截至某日、按维度、带筛选。"""
    connection, day = opened(source(warehouse, lake, county), as_of)
    filters = filters_of(since, until, township, institution, severity, area)
    answers: list[dict[str, object]] = []
    for code in _known_metrics(metric):
        allowed = evaluate.dimensions(connection, code)
        if wrong := [name for name in by if name not in allowed]:
            if metric:
                raise printing.misused(
                    f"{code} 不能按 {'、'.join(wrong)} 分组；可以按：{'、'.join(allowed)}。"
                )
            continue
        for name in evaluate.ignored(connection, code, filters):
            printing.say(f"{code}：筛选 {name} 对这个指标不适用，已忽略。")
        frame = (
            evaluate.evaluate(connection, code, day, by, filters)
            if compare is None
            else change(connection, code, day, compare.date(), by, filters)
        )
        answers += shaped.as_records(code, day, frame)
    print(printing.answers(answers, format.value))


@app.command("records")
def list_records(
    kind: Annotated[
        str, typer.Argument(help="哪一种记录，如 hazards、overdue、duties、refused。", metavar="种类")
    ],
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    township: Townships = [],
    institution: Homes = [],
    severity: Severities = [],
    area: Areas = [],
    format: Annotated[Format, typer.Option(help="输出格式。")] = Format.TABLE,  # noqa: A002
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    lake: LakeAddress = None,
    county: CountyCode = None,
) -> None:
    """列出一种记录。"""
    if kind not in records.kinds():
        raise printing.misused(f"没有“{kind}”这种记录；可以是：{'、'.join(records.kinds())}。")
    connection, day = opened(source(warehouse, lake, county), as_of)
    filters = filters_of(since, until, township, institution, severity, area)
    frame = records.records(connection, kind, day, filters)
    print(printing.frame(frame, format.value, records.titles(kind)))


def _known_metrics(codes: list[str]) -> list[str]:
    known = catalog()
    if strange := [code for code in codes if code not in known]:
        raise printing.misused(f"没有指标 {'、'.join(strange)}；有：{'、'.join(known)}。")
    return codes or list(known)
