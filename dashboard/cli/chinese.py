"""What typer says in fixed English words, in Chinese: in its help, and where a command is used wrongly."""

import re
from itertools import groupby

from rich.cells import cell_len

HELP = [
    (r"^( {2}\S.*)\n {4,}(?=\S)", r"\1  "),
    (r"^Usage: ", "用法："),
    (r"^Options:$", "选项："),
    (r"^Arguments:$", "参数："),
    (r"^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"Show this message and exit\.", "显示这段说明。"),
    (r"\bdefault: ", "默认："),
    (r"\benv var: ", "环境变量："),
    (r"(; |\[)required\]", r"\1必填]"),
    (r"; (\d+)<=x<=(\d+)\]", r"; \1 至 \2]"),
    (r"; x>=(\d+)\]", r"; 至少 \1]"),
    (r"; (?=[^\[\]]*\]$)", "；"),
    (r"(\d{4}-\d\d-\d\d) 00:00:00", r"\1"),
    (r" <(?:str|int|path|list\[Path\])>", ""),
]
MISUSE = [
    (r"^No such command ['\"](.*?)['\"]\.(?= Did you mean|$)", r"没有“\1”这个命令。"),
    (r" ?Did you mean (.*)\?$", r"是不是 \1？"),
    (r"^No such option: (.+?)(?= \(Possible options: |$)", r"没有 \1 这个选项。"),
    (r" ?\(Possible options: (.*)\)$", r"是不是 \1？"),
    (r"^Missing option '(.*)'\.$", r"缺少选项 \1。"),
    (r"^Missing argument '(.*)'\.$", r"缺少参数“\1”。"),
    (r"^Option '(.*)' requires an argument\.$", r"选项 \1 后面要写值。"),
    (r"^Option '(.*)' does not take a value\.$", r"选项 \1 后面不写值。"),
    (r"^Got unexpected extra argument\(s\) \((.*)\)$", r"多写了“\1”。"),
    (r"^Invalid value for '(.*?)': (?:Value error, )?", r"\1 的值不对："),
    (r"['\"](.*)['\"] does not match the formats? '%Y-%m-%d'\.$", r"“\1”不是日期，要写成 2026-11-23 这样。"),
    (r"['\"](.*)['\"] is not one of (.*)\.$", r"“\1”不在可选之列：\2。"),
    (r"Input should be a valid integer(?s:.*)$", "要写整数。"),
    (r"Input should be greater than or equal to (\d+)$", r"不能小于 \1。"),
    (r"Input should be less than or equal to (\d+)$", r"不能大于 \1。"),
]


def in_help(text: str) -> str:
    """A command's help, not broken into lines: typer's own words in Chinese, a line each option."""
    return _aligned(_put(text, HELP))


def _aligned(text: str) -> str:
    """Names and what is said of them in two columns: a Chinese character is as wide as two Latin ones."""
    blocks = groupby(text.split("\n"), key=lambda line: bool(re.match(r"  \S+.*? {2,}\S", line)))
    return "\n".join("\n".join(_columns([*lines]) if is_table else lines) for is_table, lines in blocks)


def _columns(lines: list[str]) -> list[str]:
    rows = [re.split(r" {2,}", line.strip(), maxsplit=1) for line in lines]
    wide = max(cell_len(name) for name, _ in rows)
    return [f"  {name}{' ' * (wide - cell_len(name))}  {said}" for name, said in rows]


def of_misuse(message: str) -> str:
    """What was wrong with the way a command was called."""
    return _put(message, MISUSE)


def _put(text: str, patterns: list[tuple[str, str]]) -> str:
    for english, chinese in patterns:
        text = re.sub(english, chinese, text, flags=re.MULTILINE)
    return text
