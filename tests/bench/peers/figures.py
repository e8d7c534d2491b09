"""What the page shows, by pandas, from the workbook of hazards."""

import os
from dataclasses import dataclass
from typing import Any

import pandas as pd

WORKBOOK, AS_OF, FIRST_DAY = "BENCH_WORKBOOK", "BENCH_AS_OF", "BENCH_FIRST_DAY"
"""Environment variables: the workbook, the day the figures are of, the campaign's first."""
RECURRENCE_DAYS = 180
MOST_BARS = 12
ALL = "全部乡镇"
UNKNOWN = "未填写"
DAYS = ("found_on", "deadline_on", "extended_to", "extension_approved_on", "rectified_on", "verified_on")
SHOWN = (
    *("township", "institution", "severity", "description", "found_on", "due_on", "rectified_on"),
    *("responsible_person", "tracker", "area", "kind", "source", "cause", "hazard_number"),
)
GIVEN = (
    *("hazard_id", "is_comparable", "deadline_on", "extended_to", "extension_approved_on", "verified_on"),
    *(name for name in SHOWN if name != "due_on"),
)
"""The workbook's columns."""
NAMES = ("发现隐患", "整改率", "按期整改率", "未整改隐患", "复查销号率", "反复率")


@dataclass(frozen=True)
class Page:
    """All the page shows of one town, or of all.

    figures: NAMES to text; course: [month_end, found, rectified, open]; towns: township to share rectified;
    areas, kinds: word to count, largest first; rows: the hazards, SHOWN.
    """

    figures: dict[str, str]
    course: pd.DataFrame
    towns: "pd.Series[float]"
    areas: "pd.Series[int]"
    kinds: "pd.Series[int]"
    rows: pd.DataFrame


def day() -> pd.Timestamp:
    return pd.Timestamp(os.environ[AS_OF])


def read() -> pd.DataFrame:
    """The hazards found by the day, each judged: the columns that judged() adds."""
    return judged(pd.read_excel(os.environ[WORKBOOK], engine="openpyxl"), day())


def judged(hazards: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Adds due_on, is_rectified, is_overdue, is_on_time, is_recurrence; what is dated later is not seen."""
    hazards = hazards.assign(**{name: pd.to_datetime(hazards[name]) for name in DAYS})
    hazards = hazards[hazards["found_on"] <= as_of].reset_index(drop=True)
    seen = {name: hazards[name].where(hazards[name] <= as_of) for name in ("rectified_on", "verified_on")}
    extended = hazards["extended_to"].where(~(hazards["extension_approved_on"] > as_of))
    hazards = hazards.assign(**seen, due_on=pd.concat([hazards["deadline_on"], extended], axis=1).max(axis=1))
    is_rectified = hazards["rectified_on"].notna()
    return hazards.assign(
        is_rectified=is_rectified,
        is_overdue=~is_rectified & (hazards["due_on"] < as_of),
        is_on_time=hazards["rectified_on"] <= hazards["due_on"],
        is_recurrence=hazards["hazard_id"].isin(_recurrences(hazards)),
    )


def _recurrences(hazards: pd.DataFrame) -> "pd.Series[int]":
    """Found again at the same home, of the same area and kind, soon after one was put right."""
    same = hazards.loc[hazards["is_comparable"]]
    pairs = same.merge(same, on=["institution", "area", "kind"], suffixes=("", "_before"))
    after = (pairs["found_on"] - pairs["rectified_on_before"]).dt.days
    is_later = pairs["found_on"] > pairs["found_on_before"]
    found: pd.Series[int] = pairs.loc[is_later & (after >= 0) & (after <= RECURRENCE_DAYS), "hazard_id"]
    return found


def towns(hazards: pd.DataFrame) -> list[str]:
    return [ALL, *hazards["township"].unique()]


def page(hazards: pd.DataFrame, town: str = ALL) -> Page:
    rows = hazards if town == ALL else hazards[hazards["township"] == town]
    return Page(
        figures=_figures(rows),
        course=_course(rows),
        towns=rows.groupby("township", sort=False)["is_rectified"].mean().sort_values(),
        areas=rows["area"].fillna(UNKNOWN).value_counts().head(MOST_BARS),
        kinds=rows["kind"].fillna(UNKNOWN).value_counts().head(MOST_BARS),
        rows=rows.sort_values("found_on", ascending=False)[list(SHOWN)],
    )


def _figures(rows: pd.DataFrame) -> dict[str, str]:
    rectified = rows[rows["is_rectified"]]
    ended = rows[rows["due_on"].notna() & (rows["is_rectified"] | rows["is_overdue"])]
    texts = (
        f"{len(rows):,} 处",
        percent(len(rectified), len(rows)),
        percent(ended["is_on_time"].sum(), len(ended)),
        f"{len(rows) - len(rectified):,} 处",
        percent(rectified["verified_on"].notna().sum(), len(rectified)),
        percent(rows["is_recurrence"].sum(), len(rows)),
    )
    return dict(zip(NAMES, texts, strict=True))


def percent(part: Any, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


def _course(rows: pd.DataFrame) -> pd.DataFrame:
    """Month by month: found, put right, and still open at the end."""
    ends = pd.date_range(os.environ[FIRST_DAY], day(), freq="ME").union([day()])
    found = [(rows["found_on"] <= end).sum() for end in ends]
    rectified = [(rows["rectified_on"] <= end).sum() for end in ends]
    totals = pd.DataFrame({"month_end": ends, "found": found, "rectified": rectified})
    monthly = totals[["found", "rectified"]].diff().fillna(totals[["found", "rectified"]])
    return totals.assign(open=totals["found"] - totals["rectified"], **monthly)
