"""Every command is found under its name, whichever file it stands in, and waits for no other's imports."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from dashboard import cli
from dashboard.cli.commands import FILES, read

SERVERS_OWN = {"streamlit", "uvicorn", "pptx", "docx"}
WHAT_IS_READ = """
import json, sys
from dashboard.cli.commands import read
from dashboard import cli
read(sys.argv[1])
print(json.dumps([*sys.modules]))
"""


def test_every_command_of_every_file_is_offered_once() -> None:
    with_commands = {path.stem for path in Path(cli.__file__).parent.glob("*.py") if _has_commands(path)}
    assert with_commands == {*FILES}
    for file, names in FILES.items():
        assert {*get_group(read(file)).commands} == {*names}


def _has_commands(path: Path) -> bool:
    return path.stem != "__init__" and "\napp = Application(" in path.read_text(encoding="utf-8")


def told(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, [*words], prog_name="zhiben", env={"COLUMNS": "60"})
    return result.exit_code, result.output


@pytest.mark.parametrize("name", [name for names in FILES.values() for name in names])
def test_each_command_explains_itself_in_chinese(name: str) -> None:
    """Each option and argument on a line of its own, with what it is for, nothing cut off."""
    code, text = told(name, "--help")
    assert code == 0
    assert text.startswith(f"用法：zhiben {name} ")
    assert not re.search(r"[A-Z][a-z]+ [a-z]+|[a-z]+ [a-z]+ [a-z]+|…$", re.sub(r"（.*?）", "", text))
    options = text.partition("选项：\n")[2].partition("\n\n")[0].rstrip().split("\n")
    assert all(re.match(r"  -\S.*? {2,}.*[\u4e00-\u9fff]", line) for line in options), text


def test_all_are_listed_in_order() -> None:
    code, listed = told("--help")
    names = re.findall(r"^  ([a-z]+) ", listed.partition("命令：")[2], re.MULTILINE)
    assert (code, names) == (0, [name for names in FILES.values() for name in names])
    assert told() == (2, listed)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["metrcs"], "没有“metrcs”这个命令。是不是 'metrics'？"),
        (["lake", "expir"], "没有“expir”这个命令。是不是 'expire'？"),
        (["metrics", "--asof", "2026-01-01"], "没有 --asof 这个选项。是不是 --as-of？"),
        (["--nope"], "没有 --nope 这个选项。"),
        (["metrics", "--as-of"], "选项 --as-of 后面要写值。"),
        (["load", "--dry-run=3"], "选项 --dry-run 后面不写值。"),
        (["metrics", "--as-of", "11月"], "--as-of 的值不对：“11月”不是日期，要写成 2026-11-23 这样。"),
        (["metrics", "--format", "x"], "--format 的值不对：“x”不在可选之列：'table', 'json', 'csv'。"),
        (["serve", "--port", "x"], "--port 的值不对：要写整数。"),
        (["serve", "--processes", "0"], "--processes 的值不对：不能小于 1。"),
        (["serve", "--processes", "99"], "--processes 的值不对：不能大于 9。"),
        (["export", "bulletin"], "缺少选项 --out。"),
        (["export"], "缺少参数“种类”。"),
        (["metrics", "a", "b"], "多写了“a b”。"),
    ],
)
def test_a_command_called_wrongly_is_answered_in_chinese(words: list[str], said: str) -> None:
    code, text = told(*words)
    assert code == 2
    assert text.split("\n")[0] == f"用法有误：{said}"


@pytest.mark.parametrize("file", [file for file in FILES if file not in {"opening", "exporting"}])
def test_what_needs_no_server_and_no_document_does_not_wait_for_them(file: str) -> None:
    done = subprocess.run([sys.executable, "-c", WHAT_IS_READ, file], capture_output=True, check=True)
    assert not SERVERS_OWN & {*json.loads(done.stdout)}
