"""Institutions and what they and others did, drawn at random as rows of the base tables."""

from datetime import date, timedelta
from typing import cast

from hypothesis import strategies as st

from tests.oracle.days import PLAN, after, days
from tests.oracle.drawing import AUTHORITIES, COUNTIES, HOMES, TOWNS, WORDS, Draw, Row, Rows, Towns, maybe

numbers = st.sampled_from([None, 0, 1, 3, 3, 5])
"""How many people: few, so that a cap is often met, or nobody wrote it down."""
AREAS = ("fire", "electricity", "gas", "construction", "building")


@st.composite
def institutions(draw: Draw, as_of: date, number: int, towns: Towns) -> Row:
    """One institution; with luck it opens and closes within the campaign."""
    opened_on = draw(st.none() | maybe(days(as_of)))
    closed_on = draw(st.none() | maybe(after((opened_on or PLAN.first) + timedelta(days=1), as_of)))
    return {
        "institution_id": number,
        "institution": HOMES[number - 1],
        "township_id": draw(st.integers(1, len(towns))),
        "former_names": [],
        "opened_on": opened_on,
        "closed_on": closed_on,
        "responsibility_on": draw(maybe(days(as_of))),
        "emergency_plan_on": draw(maybe(days(as_of))),
        "staff": draw(numbers),
        "mobile_residents": draw(numbers),
    }


@st.composite
def inspections(draw: Draw, as_of: date, homes: int, number: int) -> Row:
    code = draw(st.sampled_from(["self_check"] * 4 + ["appraisal"] * 2 + sorted(AUTHORITIES)))
    areas = draw(st.lists(st.sampled_from(AREAS), unique=True))
    amiss = draw(st.sampled_from([*[None] * 4, "is_led_by_principal", "is_signed", "is_filed"]))
    flags: dict[str, bool | None] = dict.fromkeys(("is_led_by_principal", "is_signed", "is_filed"), True)
    if amiss is not None:
        flags[amiss] = draw(st.sampled_from([False, None]))
    return {
        "inspection_id": number,
        "institution_id": draw(st.integers(1, homes)),
        "inspected_on": draw(st.sampled_from(days(as_of))),
        "inspection_type": WORDS["inspection_type"][code],
        "inspection_code": code,
        "is_authority": code in AUTHORITIES,
        "is_unannounced": code in {"surprise", "covert"},
        "areas": [WORDS["area"][area] for area in areas],
        "area_codes": areas,
        **flags,
    }


@st.composite
def trainings(draw: Draw, as_of: date, homes: int, number: int) -> Row:
    groups = ("principals", "safety_managers", "frontline_staff", "care_staff", "mobile_residents")
    return {
        "training_id": number,
        "institution_id": draw(st.integers(1, homes)),
        "trained_on": draw(st.sampled_from(days(as_of))),
        "organiser": "组织单位",
        "organiser_code": draw(
            st.sampled_from(["institution", "institution", "county", "township", "other"])
        ),
        **{f"{word}_{group}": draw(numbers) for group in groups for word in ("expected", "attended")},
    }


@st.composite
def drills(draw: Draw, as_of: date, homes: int, number: int) -> Row:
    code = draw(st.sampled_from(["evacuation", "evacuation", "firefighting"]))
    return {
        "drill_id": number,
        "institution_id": draw(st.integers(1, homes)),
        "drilled_on": draw(st.sampled_from(days(as_of))),
        "drill_type": WORDS["drill_type"][code],
        "is_evacuation": code == "evacuation",
        "staff_attending": draw(numbers),
        "residents_attending": draw(numbers),
    }


@st.composite
def complaints(draw: Draw, as_of: date, homes: int, number: int) -> Row:
    received_on = draw(st.sampled_from(days(as_of)))
    checked_on = draw(maybe(after(received_on, as_of)))
    return {
        "complaint_id": number,
        "institution_id": draw(st.integers(1, homes)),
        "received_on": received_on,
        "content": "反映",
        "due_on": draw(maybe(after(received_on, as_of))),
        "checked_on": checked_on,
        "settled_on": draw(maybe(after(checked_on or received_on, as_of))),
    }


@st.composite
def units(draw: Draw, homes: Rows, towns: Towns) -> Row:
    """Who did or reported something: a county's bureau, a township, an institution."""
    code = draw(st.sampled_from(["county", "township", *(["institution"] * 2 if homes else [])]))
    county = draw(st.sampled_from(towns))
    row: Row = {"unit": COUNTIES[county - 1]["bureau"], "unit_code": code, "county_id": county}
    row |= {"township_id": None, "institution_id": None}
    if code == "township":
        town = draw(st.integers(1, len(towns)))
        row |= {"unit": TOWNS[town - 1], "county_id": towns[town - 1], "township_id": town}
    if code == "institution":
        home = draw(st.sampled_from(homes))
        town = cast("int", home["township_id"])
        row |= {"unit": home["institution"], "county_id": towns[town - 1], "township_id": town}
        row["institution_id"] = home["institution_id"]
    return row


@st.composite
def activities(draw: Draw, as_of: date, homes: Rows, towns: Towns, number: int) -> Row:
    told = [
        "standard_briefing",
        "standard_briefing",
        "mobilisation_meeting",
        "joint_consultation",
        "safety_month",
        "safety_month",
        "fire_month",
        "staff_education",
        "other",
    ]
    code = draw(st.sampled_from(told))
    return {
        "activity_id": number,
        "held_on": draw(st.sampled_from(days(as_of))),
        "activity_type": WORDS["activity_type"][code],
        "activity_code": code,
        **draw(units(homes, towns)),
    }


@st.composite
def measures(draw: Draw, as_of: date, homes: Rows, towns: Towns, number: int) -> Row:
    return {
        "measure_id": number,
        "measure": f"制度{number}",
        "issued_on": draw(st.sampled_from(days(as_of))),
        **draw(units(homes, towns)),
    }


@st.composite
def task_progress(draw: Draw, as_of: date, homes: Rows, towns: Towns) -> Rows:
    """What units report done, one report a task and unit, as intake leaves it."""
    told = draw(
        st.lists(
            _reports(homes, towns),
            min_size=draw(st.sampled_from([0, 6, 10])),
            max_size=12,
            unique_by=lambda one: (one[0], str(one[1])),
        )
    )
    return [
        {
            "task_progress_id": number,
            "task": task,
            "done_on": draw(st.sampled_from([None, None, *days(as_of)])),
            **unit,
        }
        for number, (task, unit) in enumerate(told, 1)
    ]


@st.composite
def _reports(draw: Draw, homes: Rows, towns: Towns) -> tuple[str, Row]:
    """A task and who reports it: with luck somebody of whom it is not asked."""
    unit, is_astray = draw(units(homes, towns)), draw(st.sampled_from([False] * 7 + [True]))
    tasks = [task for task in PLAN.tasks if is_astray or task.unit_code == unit["unit_code"]]
    measured = [task for task in tasks if task.evidence != "none"]
    return draw(st.sampled_from([*tasks, *measured, *measured])).code, unit
