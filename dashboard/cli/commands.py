"""Which file holds which command; each is read when it is asked for, as what one needs takes others' time."""

import sys
from collections import UserDict
from collections.abc import Callable
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


MISUSED = "用法有误：{}"
READ_ON = "运行 {} -h 看怎么用。"


class Filed(UserDict[str, Any]):
    """The command of each name, in the file that is written under it."""

    def __getitem__(self, name: str) -> Any:
        return get_group(read(super().__getitem__(name))).commands[name]


class Command(TyperCommand):
    """A command that explains itself in Chinese."""

    def get_help(self, ctx: Any) -> str:
        return chinese.in_help(super().get_help(ctx))


class Group(TyperGroup):
    """Several commands under one name."""

    def get_help(self, ctx: Any) -> str:
        return chinese.in_help(super().get_help(ctx))


class Commands(Group):
    """The commands of all files, in the order of FILES."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Filed({name: file for file, names in FILES.items() for name in names})

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run what is asked for, and end; says in Chinese what was wrong with how it was called."""
        try:
            code = super().main(*args, **settings | {"standalone_mode": False})
        except TyperException as problem:
            _say(problem)
            sys.exit(problem.exit_code)
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
    """What was wrong, and where to read on; the help itself where nothing was asked for."""
    message, context = problem.format_message(), getattr(problem, "ctx", None)
    if context is None:
        printing.say(MISUSED.format(chinese.of_misuse(message)))
    elif message == context.get_help():
        printing.say(message)
    else:
        printing.say(MISUSED.format(chinese.of_misuse(message)))
        printing.say(READ_ON.format(context.command_path))


def read(file: str) -> typer.Typer:
    """The commands of one file."""
    app: typer.Typer = import_module(f"dashboard.cli.{file}").app
    return app
