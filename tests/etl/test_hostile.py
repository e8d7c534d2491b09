"""Files that would harm: each costs one clear message, or is read, and the others load."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.blocks import Block, Unread
from etl.child import MOST_ROWS, read_files
from etl.load import load
from etl.mapping import read_mapping
from etl.report import Report
from tests.etl import hostile

IS_LONG = bool(os.environ.get("ZHIBEN_TEST_ALL"))
BIG = 1 << 30 if IS_LONG else 528 << 20
COLUMNS = 16_384 if IS_LONG else 2_000
REGISTER = "机构名称,所属乡镇\n大箕镇敬老院,大箕镇\n"
GOOD = "机构名称,发现日期,隐患描述,隐患等级,整改时限\n大箕镇敬老院,2026-03-05,通道堆物,一般,2026-03-20\n"
AS_OF = date(2026, 11, 23)

Maker = Callable[[Path], object]


def holding(data: bytes) -> Maker:
    return lambda path: path.write_bytes(data)


def sheet_of_rows(count: int) -> Maker:
    return lambda path: hostile.write_raw(path, hostile.sheet_of(hostile.ledger(count)))


def nested(path: Path) -> None:
    inner = hostile.write_raw(path.with_suffix(".inner"), hostile.zeros(1 << 26))
    holding(b"PK\x03\x04" + inner.read_bytes())(path)
    inner.unlink()


def cut_short(path: Path) -> None:
    sheet_of_rows(1_000)(path)
    path.write_bytes(path.read_bytes()[:-2_000])


MAKERS: dict[str, tuple[Maker, str]] = {
    "七KB空阔.xlsx": (hostile.far_apart, "内存不够"),
    "零之炸弹.xlsx": (lambda path: hostile.write_raw(path, hostile.zeros(BIG)), "解压后过大"),
    "谎报大小.xlsx": (lambda path: hostile.lying(hostile.write_raw(path, hostile.zeros(BIG))), "已损坏"),
    "层层套叠.xlsx": (nested, "已损坏"),
    "截断.xlsx": (cut_short, "已损坏"),
    "加密.xls": (holding(hostile.locked_old()), "打开密码"),
    "网页.xls": (holding(b"<html><table><tr><td>1</td></tr></table></html>"), "网页"),
    "图片.xlsx": (holding(b"\x89PNG\r\n\x1a\n" + bytes(100)), "不是 Excel 表格"),
    "文本.xlsx": (holding(GOOD.encode()), "不是 Excel 表格"),
    "空.xlsx": (holding(b""), "空的"),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What one load says of all of them in one folder, a good ledger last among them."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in MAKERS.items():
        make(folder / name)
    (folder / "机构台账.csv").write_text(REGISTER, "utf-8")
    (folder / "隐患台账.csv").write_text(GOOD, "utf-8")
    return load([folder], folder / "warehouse", AS_OF)


@pytest.mark.parametrize(("name", "said"), [(name, said) for name, (_, said) in MAKERS.items()])
def test_a_hostile_file_gets_one_clear_message(report: Report, name: str, said: str) -> None:
    (reason,) = report.files.filter(path=name)["reason"]
    assert said in reason
    assert "报送" in reason or "另存为 xlsx" in reason


def test_the_good_files_among_hostile_ones_load(report: Report) -> None:
    assert report.is_published
    assert report.counts()["taken"] == 2


def read(path: Path) -> list[Block | Unread]:
    return list(read_files({path.name: path}, read_mapping([])))


def test_a_hundred_sheets_are_read(tmp_path: Path) -> None:
    blocks = read(hostile.many_sheets(tmp_path / "百页.xlsx"))
    assert [block.rows.height for block in blocks if isinstance(block, Block)] == [1] * 100


def test_columns_without_end_are_read_past(tmp_path: Path) -> None:
    others = range(COLUMNS - len(hostile.HEADINGS))
    lines = [
        [*hostile.HEADINGS, *(f"列{number}" for number in others)],
        ["大箕镇敬老院", "2026-03-05", "灭火器过期", *("无" for _ in others)],
    ]
    path = hostile.write_raw(tmp_path / "极宽.xlsx", hostile.sheet_of(lines))
    (block,) = read(path)
    assert isinstance(block, Block)
    assert block.rows.rows() == [(2, "大箕镇敬老院", "2026-03-05", "灭火器过期")]


def test_a_cell_that_came_to_an_error_is_blank_and_a_link_counts_by_its_last_value(tmp_path: Path) -> None:
    (block,) = read(hostile.linked(tmp_path / "公式.xlsx"))
    assert isinstance(block, Block)
    assert block.rows.select("institution", "description", "deadline_on", "responsible_person").rows() == [
        ("大箕镇敬老院", "灭火器过期", None, None),
        ("大箕镇敬老院", None, None, None),
    ]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#NAME?", "#DIV/0!"])
def test_an_error_saved_as_text_is_no_value(tmp_path: Path, error: str) -> None:
    (tmp_path / "机构台账.csv").write_text(REGISTER, "utf-8")
    ledger = GOOD.replace("2026-03-20", error) + f"大箕镇敬老院,2026-03-06,{error},一般,2026-03-20\n"
    (tmp_path / "隐患台账.csv").write_text(ledger, "utf-8")
    told = load([tmp_path], tmp_path / "warehouse", AS_OF, dry_run=True)
    assert [(issue["row"], issue["rule"]) for issue in told.refusals()] == [(3, "missing")]
    assert [(issue["row"], issue["rule"]) for issue in told.warnings()] == [(2, "deadline_missing")]


def test_a_folder_named_like_a_workbook_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").mkdir()
    (tmp_path / "x.xlsx" / "机构台账.csv").write_text(REGISTER, "utf-8")
    told = load([tmp_path], tmp_path / "warehouse", AS_OF, dry_run=True)
    assert told.files["path"].to_list() == ["x.xlsx/机构台账.csv"]
    assert told.counts()["taken"] == 1


ODD_NAMES = ["换\n行.csv", "引'号\".csv", "🔥台账.csv", "a;b|c&d.csv", "=1+1.csv", "长" * 80 + ".csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="there such names cannot be")
@pytest.mark.parametrize(
    ("name", "encoding"), [*((name, "utf-8") for name in ODD_NAMES), ("台账.csv", "gbk")]
)
def test_a_file_of_an_odd_name_loads(tmp_path: Path, name: str, encoding: str) -> None:
    folder = tmp_path / "ledgers"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder / "x")[:-1] + name.encode(encoding))).write_text(REGISTER, "utf-8")
    told = load([folder], tmp_path / "warehouse", AS_OF)
    assert told.is_published
    assert told.files["path"].to_list() == [name]


@pytest.fixture
def unopenable(tmp_path: Path) -> Iterator[Path]:
    """A file nobody may read; the superuser, who may read all, gets one that gives an error."""
    path = tmp_path / "机构无权.xlsx"
    if os.access("/proc/self/mem", os.R_OK) and os.geteuid() == 0:
        path.symlink_to("/proc/self/mem")
    else:
        path.touch(mode=0)
    yield path
    path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_a_file_without_permission_is_told_and_the_others_load(tmp_path: Path, unopenable: Path) -> None:
    (tmp_path / "机构台账.csv").write_text(REGISTER, "utf-8")
    told = load([tmp_path], tmp_path / "warehouse", AS_OF)
    assert "打不开" in told.files.filter(path=unopenable.name)["reason"][0]
    assert told.is_published


def test_more_rows_than_a_county_has_are_refused_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.child.MOST_ROWS", 1_000)
    files = {"多.xlsx": tmp_path / "多.xlsx", "少.xlsx": tmp_path / "少.xlsx"}
    sheet_of_rows(1_001)(files["多.xlsx"])
    sheet_of_rows(1_000)(files["少.xlsx"])
    many, few = read_files(files, read_mapping([]))
    assert isinstance(many, Unread)
    assert "有 1001 行，一次加载最多 1000 行" in many.reason
    assert isinstance(few, Block)


SCRIPT = """
import re, sys
from datetime import date
from pathlib import Path
from etl.load import load
report = load([Path(sys.argv[1])], Path(sys.argv[2]), date(2026, 11, 23))
# the peak of this process alone: getrusage also remembers the one it was started from
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(report.counts()["taken"], int(peak[1]) >> 10)
"""


@pytest.mark.skipif(not IS_LONG or sys.platform != "linux", reason="takes minutes")
@pytest.mark.parametrize(("rows", "taken"), [(1_000_000, 1), (MOST_ROWS - 1, MOST_ROWS)])
def test_the_process_that_loads_a_million_rows_stays_under_a_gigabyte(
    tmp_path: Path, rows: int, taken: int
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "机构台账.csv").write_text(REGISTER, "utf-8")
    sheet_of_rows(rows)(tmp_path / "in" / "隐患台账.xlsx")
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")  # a file: with -c DuckDB believes it is at a prompt
    command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "in"), str(tmp_path / "warehouse")]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    assert int(said[0]) == taken
    assert int(said[1]) < 1_000
