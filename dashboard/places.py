"""The storey a view looks at: the counties, where there are several to look at, else the towns."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Storey:
    """A storey by its dimension, and what its places are called.

    `whole`: all of them together; `opens`: what a click on one shows.
    """

    by: Literal["county", "township"]
    name: str
    word: str
    counted: str
    whole: str
    opens: str


COUNTIES = Storey("county", "县区", "县区", "个县区", "全部县区", "各镇")
TOWNS = Storey("township", "乡镇", "镇", "个镇", "全县", "画像")
