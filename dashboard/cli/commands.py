"""Which file holds which command; each is read when it is asked for, as what one needs takes others' time."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typer.main import get_group
from typer.models import CommandFunctionType

from dashboard import printing
from dashboard.cli import chinese

FILES = {
    "opening": ("run", "serve"),
    "filling": ("example", "load", "templates", "mapping"),
    "asking": ("metrics", "records"),
    "exporting": ("export",),
    "keeping": ("history", "rollback", "doctor", "backup", "restore"),
    "gathering": ("lake",),
}

FILE_OF = {name: file for file, names in FILES.items() for name in names}
MISUSED = "用法有误：{}"
READ_ON = "运行 {} -h 看怎么用。"
STOPPED = "没有做完就停下了。"


class Command(TyperCommand):
    """A command that explains itself in Chinese."""

    def get_help(self, ctx: Any) -> str:
        return chinese.in_help(super().get_help(ctx))


class Group(TyperGroup):
    """Several commands under one name."""

    def get_help(self, ctx: Any) -> str:
        return chinese.in_help(super().get_help(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args:
            printing.say(self.get_help(ctx))
            raise typer.Exit(2)
        return super().parse_args(ctx, args)


class Commands(Group):
    """The commands of all files, in the order of FILES: their names alone, until one is asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = dict.fromkeys(FILE_OF, TyperCommand("unread"))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return commands(FILE_OF[cmd_name])[cmd_name] if cmd_name in FILE_OF else None

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run what is asked for, and end; says in Chinese what was wrong with how it was called."""
        try:
            code = super().main(*args, **settings | {"standalone_mode": False})
        except TyperException as problem:
            _say(problem)
            sys.exit(problem.exit_code)
        except typer.Abort:
            printing.say(STOPPED)
            sys.exit(1)
        sys.exit(code or 0)


class Application(typer.Typer):
    """As typer's, in plain words: its boxes cut off Chinese lines that are too long for them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": Group, "rich_markup_mode": None} | settings)

    def command(
        self, name: str | None = None, **settings: Any
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        return super().command(name, **{"cls": Command} | settings)


def _say(problem: TyperException) -> None:
    """What was wrong, and where to read on."""
    printing.say(MISUSED.format(chinese.of_misuse(problem.format_message())))
    if (context := getattr(problem, "ctx", None)) is not None:
        printing.say(READ_ON.format(context.command_path))


def commands(file: str) -> Mapping[str, Any]:
    """The commands of one file, read now."""
    return get_group(import_module(f"dashboard.cli.{file}").app).commands
