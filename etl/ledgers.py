"""The contract: nine kinds of ledger, their columns, and what each column holds.

Headings are those of the official sheets (方案 四, 五); other words for them live in words.toml.
"""

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "date", "event", "count", "minutes", "flag", "choice", "choices", "names"]
"""How a cell is read.

date: any day. event: a day on which something is said to have happened, so never after the as-of
date. count: a whole number of at least 0. flag: yes or no. choice: one word of a list in words.toml;
choices: several, split at 、. names: several free words, split at 、.
"""


@dataclass(frozen=True)
class Field:
    """One column of a ledger: its name in the warehouse, its official heading, its type."""

    name: str
    heading: str
    type: Type = "text"
    required: bool = False
    words: str | None = None
    """The list of words.toml a choice is taken from; None where the field's own name is the list."""

    @property
    def word_list(self) -> str:
        return self.words or self.name


@dataclass(frozen=True)
class Ledger:
    """One kind of ledger: its code, its sheet name, its fields and the date that orders its records."""

    kind: str
    name: str
    fields: tuple[Field, ...]
    event: str | None
    """The field whose date is the record's own; None for a register."""

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


GROUPS = {
    "principals": "机构负责人",
    "safety_managers": "安全管理人员",
    "frontline_staff": "一线职工",
    "care_staff": "护理人员",
    "mobile_residents": "有行动能力老人",
}
"""The five groups of 方案 四（三）, code to heading."""

INSTITUTION = Field("institution", "机构名称", required=True)
CREDIT_CODE = Field("credit_code", "统一社会信用代码")


def _training_groups() -> tuple[Field, ...]:
    pairs = (("expected", "应训"), ("attended", "实训"))
    return tuple(
        Field(f"{code}_{group}", f"{word}{heading}", "count")
        for group, heading in GROUPS.items()
        for code, word in pairs
    )


INSTITUTIONS = Ledger(
    "institutions",
    "机构台账",
    (
        INSTITUTION,
        CREDIT_CODE,
        Field("township", "所属乡镇", required=True),
        Field("institution_type", "机构类型", "choice"),
        Field("former_names", "曾用名", "names"),
        Field("beds", "床位数", "count"),
        Field("residents", "入住老人数", "count"),
        Field("mobile_residents", "有行动能力老人数", "count"),
        Field("staff", "职工总数", "count"),
        Field("principal", "负责人"),
        Field("opened_on", "开办日期", "date"),
        Field("closed_on", "停办日期", "date"),
        Field("responsibility_on", "安全责任制落实日期", "event"),
        Field("emergency_plan_on", "应急预案日期", "event"),
    ),
    event=None,
)

INSPECTIONS = Ledger(
    "inspections",
    "检查记录",
    (
        INSTITUTION,
        CREDIT_CODE,
        Field("inspected_on", "检查日期", "event", required=True),
        Field("inspection_type", "检查类型", "choice", required=True),
        Field("areas", "检查环节", "choices", words="area"),
        Field("inspectors", "检查人"),
        Field("is_led_by_principal", "主要负责人带队", "flag"),
        Field("is_signed", "签字确认", "flag"),
        Field("is_filed", "存档备查", "flag"),
        Field("hazards_found", "发现隐患数", "count"),
        Field("conclusion", "结论"),
    ),
    event="inspected_on",
)

HAZARDS = Ledger(
    "hazards",
    "隐患台账",
    (
        Field("hazard_number", "隐患编号"),
        INSTITUTION,
        CREDIT_CODE,
        Field("found_on", "发现日期", "event", required=True),
        Field("source", "隐患来源", "choice"),
        Field("area", "环节", "choice"),
        Field("kind", "隐患类别", "choice"),
        Field("severity", "隐患等级", "choice"),
        Field("judgement_clause", "判定依据"),
        Field("description", "隐患描述", required=True),
        Field("responsible_unit", "责任单位"),
        Field("responsible_person", "责任人"),
        Field("measures", "整改措施"),
        Field("deadline_on", "整改时限", "date"),
        Field("extended_to", "延期至", "date"),
        Field("extension_approved_on", "延期批准日期", "event"),
        Field("extensions", "延期次数", "count"),
        Field("interim_control", "管控措施"),
        Field("tracker", "督办人"),
        Field("reported_on", "上报县局日期", "event"),
        Field("rectified_on", "整改完成日期", "event"),
        Field("verified_on", "复查销号日期", "event"),
        Field("cause", "成因", "choice"),
        Field("status", "整改状态", "choice"),
        Field("remark", "备注"),
    ),
    event="found_on",
)

TRAININGS = Ledger(
    "trainings",
    "培训记录",
    (
        Field("trained_on", "培训日期", "event", required=True),
        Field("organiser", "组织单位", required=True),
        INSTITUTION,
        CREDIT_CODE,
        Field("topic", "培训内容"),
        *_training_groups(),
    ),
    event="trained_on",
)

DRILLS = Ledger(
    "drills",
    "演练记录",
    (
        INSTITUTION,
        CREDIT_CODE,
        Field("drilled_on", "演练日期", "event", required=True),
        Field("drill_type", "演练类型", "choice", required=True),
        Field("staff_attending", "参演工作人员数", "count"),
        Field("residents_attending", "参演老人数", "count"),
        Field("evacuation_minutes", "疏散用时（分钟）", "minutes"),
        Field("problems_found", "发现问题数", "count"),
        Field("is_evaluated", "评估总结", "flag"),
    ),
    event="drilled_on",
)

COMPLAINTS = Ledger(
    "complaints",
    "举报投诉",
    (
        Field("received_on", "受理日期", "event", required=True),
        Field("channel", "渠道"),
        INSTITUTION,
        CREDIT_CODE,
        Field("content", "反映内容", required=True),
        Field("due_on", "办理期限", "date"),
        Field("checked_on", "核查日期", "event"),
        Field("finding", "是否属实", "choice"),
        Field("settled_on", "办结日期", "event"),
    ),
    event="received_on",
)

ACTIVITIES = Ledger(
    "activities",
    "宣传活动",
    (
        Field("held_on", "日期", "event", required=True),
        Field("activity_type", "活动类型", "choice", required=True),
        Field("unit", "单位", required=True),
        CREDIT_CODE,
        Field("participants", "参与人数", "count"),
    ),
    event="held_on",
)

TASK_PROGRESS = Ledger(
    "task_progress",
    "任务进展",
    (
        Field("task", "任务编号", required=True),
        Field("unit", "责任单位", required=True),
        CREDIT_CODE,
        Field("responsible_person", "责任人"),
        Field("planned_on", "计划完成日期", "date"),
        Field("done_on", "完成日期", "event"),
        Field("evidence", "佐证材料"),
    ),
    event="done_on",
)

MEASURES = Ledger(
    "measures",
    "制度成果",
    (
        Field("measure", "名称", required=True),
        Field("unit", "单位", required=True),
        CREDIT_CODE,
        Field("category", "类别", "choice"),
        Field("problem", "针对问题"),
        Field("issued_on", "印发日期", "event", required=True),
        Field("basis", "依据"),
    ),
    event="issued_on",
)

LEDGERS = {
    ledger.kind: ledger
    for ledger in (
        INSTITUTIONS,
        INSPECTIONS,
        HAZARDS,
        TRAININGS,
        DRILLS,
        COMPLAINTS,
        ACTIVITIES,
        TASK_PROGRESS,
        MEASURES,
    )
}
