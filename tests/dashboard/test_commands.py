"""Every command is found under its name, whichever file it stands in, and waits for no other's imports."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import cli
from dashboard.cli.commands import FILES, commands

SERVERS_OWN = {"streamlit", "uvicorn", "pptx", "docx"}
WHAT_IS_READ = """
import json, sys
from dashboard.cli.commands import commands
from dashboard import cli
commands(sys.argv[1])
print(json.dumps([*sys.modules]))
"""


def test_every_command_of_every_file_is_offered_once() -> None:
    with_commands = {path.stem for path in Path(cli.__file__).parent.glob("*.py") if _has_commands(path)}
    assert with_commands == {*FILES}
    for file, names in FILES.items():
        assert {*commands(file)} == {*names}


def _has_commands(path: Path) -> bool:
    return path.stem != "__init__" and "\napp = Application(" in path.read_text(encoding="utf-8")


def told(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        cli.app, [*words], prog_name="zhiben", env={"COLUMNS": "60", "ZHIBEN_LAKE": ""}
    )
    return result.exit_code, result.output


ALL = [
    *([name] for names in FILES.values() for name in names),
    *(["lake", name] for name in commands("gathering")["lake"].commands),
]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_each_command_explains_itself_in_chinese(words: list[str]) -> None:
    """Each option and argument on a line of its own, with a name for its value and what it is for."""
    code, text = told(*words, "--help")
    assert code == 0
    assert text.startswith(f"用法：zhiben {' '.join(words)} ")
    body = text.partition("\n\n")[2]
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+|<[a-z ]+>|x[<>]|\.\.\.$|; ", body, re.MULTILINE)
    blocks = [block for block in body.split("\n\n") if block.startswith(("参数：", "选项："))]
    rows = [line for block in blocks for line in block.rstrip().split("\n")[1:]]
    assert rows
    assert all(re.match(r"  \S.*? {2,}.*[\u4e00-\u9fff]", line) for line in rows), text


@pytest.mark.parametrize("file", FILES)
def test_each_value_an_option_takes_has_a_name(file: str) -> None:
    groups = [
        commands(file),
        *(each.commands for each in commands(file).values() if hasattr(each, "commands")),
    ]
    takes = [each for group in groups for command in group.values() for each in command.params]
    nameless = [each.name for each in takes if not each.metavar and not getattr(each, "is_flag", False)]
    assert set(nameless) <= {"format", "scale"}


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
        (["it's"], "没有“it's”这个命令。"),
        (["--no pe"], "没有 --no pe 这个选项。"),
        (["metrics", "--as-of", "1'1"], "--as-of 的值不对：“1'1”不是日期，要写成 2026-11-23 这样。"),
        (["lake", "init", "--data", "甲"], "缺少参数“地址”。"),
        (["lake", "expire", "甲", "--keep", "0"], "--keep 的值不对：不能小于 1。"),
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
