"""The shared filters: the same on every page, in the sidebar and in the address."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard import answers, markup, registers
from dashboard.session import Build
from dashboard.words import short_day
from queries.filters import Filters

SEVERAL = ("county", "township", "institution", "severity", "area")
KEYS = ("as_of", "since", "until", "compare", *SEVERAL)
MOST_OFFERED = 2000
"""Of more homes than this a town is chosen first."""
MOST_SAID = 60
"""Signs of what a link asks in vain."""
WHOLE = "整个行动"
OWN = "自定日期"
WINDOW_HELP = "按发现、检查、培训等发生的日期选；未整改、逾期等存量数字不受影响。"


def draw(build: Build) -> tuple[date, date, Filters]:
    """The sidebar. Returns the as-of date, the date compared with, and the filters."""
    _say_what_is_unknown(build)
    _follow(build)
    with st.sidebar:
        as_of = _as_of(build)
        compare = _compare(build, as_of)
        since, until = _window(build, as_of)
        counties = _counties(build)
        townships, institutions = _units(build, counties)
        severities, areas = _hazards(build)
        st.button("清除全部筛选", on_click=_clear, width="stretch")
    filters = Filters(
        since=since,
        until=until,
        counties=counties or _only_county(build, townships, institutions),
        townships=townships,
        institutions=institutions,
        severities=severities,
        areas=areas,
    )
    return as_of, compare, filters


def drawn(build: Build) -> list[str]:
    """Those of KEYS that are asked for: no town of who sees one alone, no county where there is but one."""
    shown = {"township": not build.township, "county": registers.are_several(build.code)}
    return [key for key in KEYS if shown.get(key, True)]


def _follow(build: Build) -> None:
    """Who looked at the last day of the build before this one looks at the last day of this."""
    seen, day = st.session_state.get("view"), st.session_state.get("as_of")
    if seen and day and seen.code != build.code and (day == seen.build.as_of or day > build.as_of):
        st.session_state["as_of"] = build.as_of


def _as_of(build: Build) -> date:
    value: date | None = st.date_input(
        "统计截止日期",
        value=build.as_of,
        min_value=min(build.campaign_from, build.as_of),
        max_value=build.as_of,
        format="YYYY-MM-DD",
        key="as_of",
        bind="query-params",
        help="所有数字都是截至这一天已知的情况；选过去的一天，可重看当时的数字。",
    )
    return value or build.as_of


def _compare(build: Build, as_of: date) -> date:
    days = answers.setting(build.code, "compare_days")
    value: date | None = st.date_input(
        f"与哪一天相比（默认 {days:g} 天前）",
        value=None,
        max_value=as_of,
        format="YYYY-MM-DD",
        key="compare",
        bind="query-params",
        help="各数字的变化是与这一天相比；可选上次会议那天。",
    )
    return min(value or as_of - timedelta(days=days), as_of)


def _window(build: Build, as_of: date) -> tuple[date | None, date | None]:
    """The window of facts: a preset writes the two dates, the two dates are what counts."""
    presets = _presets(build)
    chosen = (st.session_state.get("since"), st.session_state.get("until"))
    names = [WHOLE, *presets, OWN]
    known = {dates: name for name, dates in presets.items()} | {(None, None): WHOLE}
    wants_own = st.session_state.get("window") == OWN and chosen == st.session_state.get("window_left")
    st.session_state["window"] = OWN if wants_own else known.get(chosen, OWN)
    st.selectbox("时间范围", names, key="window", on_change=_preset, args=(presets,), help=WINDOW_HELP)
    with st.expander("自定起止日期", expanded=st.session_state["window"] == OWN):
        since = st.date_input("自", None, key="since", format="YYYY-MM-DD", bind="query-params")
        until = st.date_input("至", None, key="until", format="YYYY-MM-DD", bind="query-params")
    if since and until and since > until:
        st.warning("起始日期晚于截止日期，时间范围未起作用。")
        return None, None
    return since, min(until, as_of) if until else None


def _presets(build: Build) -> dict[str, tuple[date, date]]:
    phases = {
        f"阶段：{row['phase_name']}": (row["from_on"], row["to_on"])
        for row in answers.phases(build.code, build.as_of).iter_rows(named=True)
    }
    years = range(build.campaign_from.year, build.campaign_to.year + 1)
    return phases | {f"{year} 年": (date(year, 1, 1), date(year, 12, 31)) for year in years}


def _preset(presets: dict[str, tuple[date, date]]) -> None:
    name = st.session_state["window"]
    if name == OWN:
        st.session_state["window_left"] = st.session_state.get("since"), st.session_state.get("until")
        return
    st.session_state["since"], st.session_state["until"] = presets.get(name, (None, None))


def _counties(build: Build) -> tuple[str, ...]:
    """Asked only where there are several; one that only towns or homes chosen lie in is not said here."""
    if not registers.are_several(build.code):
        return ()
    return _several("县区", "county", registers.counties(build.code), "全部县区")


def _only_county(build: Build, townships: Sequence[str], institutions: Sequence[str]) -> tuple[str, ...]:
    """Of several counties the one that all towns and homes chosen lie in: they are held against it."""
    county_of = registers.county_of(build.code)
    towns = {*townships, *registers.towns_of(build.code, tuple(institutions)).values()}
    held = {county_of[town] for town in towns}
    return tuple(held) if len(held) == 1 and len({*county_of.values()}) > 1 else ()


def towns_of(build: Build, counties: Sequence[str]) -> list[str]:
    """The towns of the counties chosen, or all."""
    county_of = registers.county_of(build.code)
    return [town for town, county in county_of.items() if not counties or county in counties]


def _units(build: Build, counties: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    townships = (build.township,) if build.township else _townships(build, counties)
    within = townships or (tuple(towns_of(build, counties)) if counties else ())
    options = offered_homes(build, within, st.session_state.get("institution", []))
    return townships, _several("机构", "institution", options, "全部机构")


def offered_homes(build: Build, townships: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """The homes to choose from: those of the towns chosen, of very many the first, and the one chosen."""
    offered = registers.homes(build.code, tuple(townships), MOST_OFFERED)
    known = registers.towns_of(build.code, tuple(home for home in chosen if home not in offered))
    return [*offered, *(home for home, town in known.items() if not townships or town in townships)]


def _townships(build: Build, counties: Sequence[str]) -> tuple[str, ...]:
    return _several("乡镇", "township", towns_of(build, counties), "全部乡镇")


def _hazards(build: Build) -> tuple[tuple[str, ...], tuple[str, ...]]:
    severities = _several("隐患等级", "severity", answers.options(build.code, "severity"), "全部等级")
    areas = _several("环节", "area", answers.options(build.code, "area"), "全部环节")
    return severities, areas


def _several(label: str, key: str, options: list[str], placeholder: str) -> tuple[str, ...]:
    kept = [value for value in st.session_state.get(key, []) if value in options]
    if key in st.session_state and kept != st.session_state[key]:
        st.session_state[key] = kept
    return tuple(
        st.multiselect(
            label, options, key=key, bind="query-params", placeholder=placeholder, select_all=False
        )
    )


def _clear() -> None:
    for key in KEYS:
        st.session_state[key] = [] if key in SEVERAL else None


def _say_what_is_unknown(build: Build) -> None:
    """A link may name what this build does not know; it is ignored, but not silently."""
    known = {
        "county": registers.counties(build.code),
        "township": registers.townships(build.code),
        "institution": registers.towns_of(build.code, tuple(st.query_params.get_all("institution"))),
        "severity": answers.options(build.code, "severity"),
        "area": answers.options(build.code, "area"),
    }
    strange = [
        value
        for key, values in known.items()
        for value in st.query_params.get_all(key)
        if value not in values
    ]
    strange += [value for key in KEYS[:4] for value in st.query_params.get_all(key) if not _is_day(value)]
    strange += [
        value for value in st.query_params.get_all("as_of") if _is_day(value) and not _is_known(build, value)
    ]
    if strange:
        named = "、".join(value[:MOST_SAID] for value in strange[:MOST_SAID])[:MOST_SAID]
        st.toast(f"链接中的“{markup.plain(named)}”不在当前数据里，已忽略。", duration="long")


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return not value
    return True


def _is_known(build: Build, value: str) -> bool:
    first = min(build.campaign_from, build.as_of)
    return not value or first <= date.fromisoformat(value) <= build.as_of


def described(build: Build, as_of: date, filters: Filters) -> str:
    """The filters in force, in words; empty where everything is shown."""
    places = [*filters.townships, *filters.institutions]
    parts = [*(places or filters.counties), *filters.severities, *filters.areas]
    if filters.since or filters.until:
        first = filters.since or build.campaign_from
        parts.append(f"{first.isoformat()} 至 {short_day(filters.until or as_of, first)}")
    return "、".join(parts)
