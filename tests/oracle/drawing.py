"""What the drawn records have in common: words, names, days that may be blank."""

import tomllib
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

WORDS = tomllib.loads((Path(__file__).parents[2] / "etl" / "choices.toml").read_text(encoding="utf-8"))
TOWNS = ("丙镇", "甲镇", "乙镇")
HOMES = ("松院", "柏院", "兰院", "竹院")
AUTHORITIES = {"township", "county", "surprise", "covert", "joint"}

Row = dict[str, object]
Rows = list[Row]
Draw = st.DrawFn
Towns = tuple[int, ...]
"""The county of each town."""

COUNTIES: Rows = [
    {"county_id": 1, "county": "泽州县", "bureau": "泽州县民政局"},
    {"county_id": 2, "county": "示例市", "bureau": "示例市民政局"},
]


def maybe(days: list[date]) -> st.SearchStrategy[date | None]:
    return st.none() | st.sampled_from(days)
