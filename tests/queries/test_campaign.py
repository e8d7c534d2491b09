"""The plan's file: read whole, and refused by name where it cannot be used."""

from datetime import date
from pathlib import Path

import pytest

from queries.campaign import PLAN, read_campaign
from queries.checked import DefinitionError
from queries.parts import Phase
from tests.queries.warehouses import lines


def edited(folder: Path, old: str, new: str) -> Path:
    """The plan's own file with one thing changed."""
    text = PLAN.read_text(encoding="utf-8")
    assert old in text
    path = folder / "campaign.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_plan_reads() -> None:
    campaign = read_campaign()
    assert campaign.phases[0] == Phase(
        "mobilise", "动员部署", date(2024, 1, 1), date(2024, 2, 29), "last_day", "五（一）"
    )
    assert campaign.settings.recurrence_days == 180
    assert campaign.outline.to_on == date(2026, 12, 31)


WRONG = """
    old                     | new                        | says
    prompt_days = 1         | prompt_day = 1             | [settings]：不认识的键 prompt_day；可用的键：
    few = 5                 |                            | [settings]：缺少键 few
    few = 5                 | few = "5"                  | few：应为整数，实为 '5'
    few = 5                 | few = true                 | few：应为整数，实为 True
    from = 2024-01-01       | from = 2024-01-01T08:00:00 | from：应为日期（如 2024-01-01）
    enabled = true          | enabled = 1                | 第 1 项 的 enabled：应为true 或 false，实为 1
    name = "动员部署"       | label = "动员部署"         | [[phases]] 第 1 项：不认识的键 label
    phase = "mobilise"      | phase = "mobilize"         | 任务 D01 的阶段 mobilize 不存在；可用：assess
    code = "self_check"     | code = "self_chek"         | code：不认识 'self_chek'；可用：self_check
    minimum = 1             | minimum = 0                | minimum 应为 1 以上，实为 0；不再要求请写 enabled
    frequency = "quarter"   | frequency = "month"        | 不认识 'month'；可用：quarter、half_year、year
    evidence = "appraisal"  | evidence = "apraisal"      | evidence：不认识 'apraisal'
    unit = "township"       | unit = "town"              | 不认识 'town'；可用：county、township、institution
    asked_on = "last_day"   | asked_on = "first_day"     | asked_on：不认识 'first_day'
    code = "due_soon"       | code = "someday"           | code：不认识 'someday'
    metric = "on_time_rate" | metric = "punctuality"     | 阈值的指标 punctuality 不存在；可用：
    metric = "on_time_rate" | metric = "overdue"         | 指标 overdue 是计数或没有好坏之分，不设阈值
    warn = 0.95             | warn = 0.7                 | warn、alarm 次序与 good = high 不符
    to = 2024-02-29         | to = 2023-02-28            | 阶段 mobilise 的首日 2024-01-01 晚于末日 2023-02-28
    code = "D02"            | code = "D01"               | 任务 D01 出现 2 次
    code = "staff_training" | code = "self_check"        | 职责 self_check（2024-01-01） 出现 2 次
    code = "due_soon"       | code = "duty_ending"       | 督办规则 duty_ending 出现 2 次
    code = "tackle"         | code = "mobilise"          | 阶段 mobilise 出现 2 次
    metric = "on_time_rate" | metric = "task_support"    | 阈值 task_support（2024-01-01） 出现 2 次
    [settings]              | [setting]                  | 不认识的键 setting；可用的键：campaign、phases
    [campaign]              | [campaign                  | campaign.toml 无法读取：
"""


@pytest.mark.parametrize(("old", "new", "says"), lines(WRONG))
def test_what_is_wrong_is_said_by_name(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        read_campaign(edited(tmp_path, old, new))
    assert says in str(raised.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"nowhere\.toml 无法读取"):
        read_campaign(tmp_path / "nowhere.toml")


def test_parts_that_are_not_tables_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "campaign.toml"
    lists = "\n".join(
        f"{name} = []" for name in ("phases", "duties", "tasks", "activities", "thresholds", "actions")
    )
    path.write_text(f"campaign = 1\nsettings = {{}}\n{lists}")
    with pytest.raises(DefinitionError, match="campaign：应为一个表，实为 1"):
        read_campaign(path)
    path.write_text(
        path.read_text().replace("campaign = 1", "campaign = {}").replace("phases = []", "phases = [1]")
    )
    with pytest.raises(DefinitionError, match=r"\[campaign\]：缺少键"):
        read_campaign(path)
