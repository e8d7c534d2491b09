"""The storey a view looks at: the counties, where there are several to look at, else the towns."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Storey:
    """A storey by its dimension, and what its places are called.

    `whole`: all of them together; `opens`: what a click on one shows; `addressed`: whom a bulletin goes to.
    """

    by: Literal["county", "township"]
    name: str
    word: str
    counted: str
    whole: str
    opens: str
    addressed: str


COUNTIES = Storey("county", "县区", "县区", "个县区", "全部县区", "各镇", "各县（市、区）民政局")
TOWNS = Storey("township", "乡镇", "镇", "个镇", "全县", "画像", "各镇民政办、各养老机构、局机关各科室")
