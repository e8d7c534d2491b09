"""The catalogue and the manual written from it."""

from pathlib import Path

import pytest

from queries.catalog import METRICS, catalog, read_metric
from queries.checked import DefinitionError
from queries.manual import MANUAL, manual

GOOD = """/*
name        = "整改率"
topic       = "隐患"
unit        = "percent"
summary     = "share"
numerator   = "已整改"
denominator = "发现"
grain       = "一处隐患一行"
explain     = "比例"
clause      = "四（二）"
good        = "high"
*/
select 1;
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "some_rate.sql"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_metric_is_its_files_header(tmp_path: Path) -> None:
    metric = read_metric(written(tmp_path, GOOD))
    assert (metric.code, metric.name, metric.good, metric.stock, metric.unit_name) == (
        "some_rate",
        "整改率",
        "high",
        False,
        "%",
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("good        =", "god =", "some_rate.sql：不认识的键 god"),
        ('good        = "high"', "", "some_rate.sql：缺少键 good"),
        ('good        = "high"', 'good = "up"', "good：不认识 'up'；可用：high、low、neither"),
        ('summary     = "share"', 'summary = "mean"', "summary：不认识 'mean'"),
        ('denominator = "发现"', "", "计数没有 denominator，其余都要有"),
        ('summary     = "share"', 'summary = "count"', "计数没有 denominator，其余都要有"),
        ('explain     = "比例"', "explain = 比例", "说明无法读取"),
        ("/*", "--", "应以 /* … */ 中的说明开头"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        read_metric(written(tmp_path, GOOD.replace(old, new)))
    assert says in str(raised.value)


@pytest.mark.parametrize("code", sorted(catalog()))
def test_a_metrics_file_defines_the_macro_it_is_named_after(code: str) -> None:
    text = (METRICS / f"{code}.sql").read_text(encoding="utf-8")
    assert f"create or replace macro {code}(as_of) as table" in text


def test_the_manual_is_the_one_the_headers_give() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run: python -m queries.manual"


def test_the_manual_names_every_metric_once() -> None:
    text = manual()
    assert all(text.count(f"### {metric.name} `{metric.code}`") == 1 for metric in catalog().values())
