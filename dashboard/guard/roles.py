"""roles.toml: who may see what, by e-mail or by a group the identity provider tells of."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from queries.checked import DefinitionError, take, take_all
from queries.lake import CODES
from queries.scope import ALL, Scope

Role = Literal["leader", "office", "county", "township"]
NEEDS: dict[Role, set[str]] = {
    "leader": set(),
    "office": set(),
    "county": {"county"},
    "township": {"township"},
}
"""What a rule says beside its role and its people."""

MAY_SAY: dict[Role, set[str]] = NEEDS | {"township": {"county", "township"}}


class RefusedError(Exception):
    """Somebody who may see nothing; the message is Chinese, and for him."""


@dataclass(frozen=True)
class Rule:
    """Who has a role: leader (all), office (all, and the ledgers), county, township (its own rows alone).

    `county`: its code, where a lake of many is looked at.
    """

    role: Role
    county: int | None = None
    township: str | None = None
    emails: list[Any] = field(default_factory=list)
    groups: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """roles.toml as it stands; `group_claim`: where the provider tells of a person's groups."""

    roles: list[Any]
    group_claim: str = "groups"


@dataclass(frozen=True)
class Roles:
    """The rules, by what they go by: e-mails in small letters, and groups."""

    by_email: Mapping[str, Rule]
    by_group: Mapping[str, Rule]
    group_claim: str


@dataclass(frozen=True)
class Person:
    """Somebody who may look: what he is called in the log, his role, and whose rows he sees."""

    name: str
    role: Role
    scope: Scope = ALL

    @property
    def is_office(self) -> bool:
        return self.role == "office"


def read_roles(path: Path) -> Roles:
    """The file as it stands now; raises DefinitionError, in Chinese, where it cannot be used."""
    if not path.exists():
        raise DefinitionError(f"没有名单 {path}")
    try:
        changed = path.stat()
        return _read(path, changed.st_mtime_ns, changed.st_size)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DefinitionError(f"{path.name} 无法读取：{problem}") from problem


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Roles:
    file = take(File, tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    rules = take_all(Rule, file.roles, f"{path.name} 的 [[roles]]")
    problems = [problem for rule in rules for problem in _wrong(rule)]
    emails = [(str(email).lower(), rule) for rule in rules for email in rule.emails]
    groups = [(str(group), rule) for rule in rules for group in rule.groups]
    problems += [*_twice(name for name, _ in emails), *_twice(name for name, _ in groups)]
    if problems:
        raise DefinitionError("；".join(f"{path.name}：{problem}" for problem in problems))
    return Roles(dict(emails), dict(groups), file.group_claim)


def _wrong(rule: Rule) -> Iterator[str]:
    said = {key for key in ("county", "township") if getattr(rule, key)}
    yield from (f"role = {rule.role} 要写 {key}" for key in sorted(NEEDS[rule.role] - said))
    yield from (f"role = {rule.role} 不能写 {key}" for key in sorted(said - MAY_SAY[rule.role]))
    if rule.county is not None and rule.county not in CODES:
        yield f"county 应是六位行政区划代码（如 140525），不是 {rule.county}"
    if not rule.emails and not rule.groups:
        yield f"role = {rule.role} 没有写 emails 或 groups"
    if not all(isinstance(name, str) and name.strip() for name in (*rule.emails, *rule.groups)):
        yield "emails、groups 里应当都是文字"


def _twice(names: Iterator[str]) -> Iterator[str]:
    yield from (f"{name} 出现 {count} 次" for name, count in Counter(names).items() if count > 1)


def person(roles: Roles, claims: Mapping[str, Any]) -> Person:
    """Who somebody is by what the provider says of him; raises RefusedError where that is nobody, or unclear.

    An e-mail goes before groups. One that the provider says it has not verified counts for nothing.
    """
    name = called(claims)
    found = [rule for rule in [roles.by_email.get(_email(claims))] if rule] or [
        roles.by_group[group] for group in _groups(roles, claims) if group in roles.by_group
    ]
    meant = {(rule.role, Scope(rule.county, rule.township)) for rule in found}
    if not meant:
        raise RefusedError(f"“{name}”不在可以看本系统的名单里。需要查看，请与县民政局管理员联系。")
    if len(meant) > 1:
        raise RefusedError(f"“{name}”在名单里有不止一种身份，无法确定能看什么。请管理员改正名单。")
    return Person(name, *meant.pop())


def called(claims: Mapping[str, Any]) -> str:
    """What somebody is called where it is written down: his e-mail, else what the provider calls him."""
    return str(claims.get("email") or claims.get("preferred_username") or claims.get("sub") or "未知")


def _email(claims: Mapping[str, Any]) -> str:
    verified = claims.get("email_verified", True)
    return str(claims.get("email") or "").lower() if verified in (True, "true") else ""


def _groups(roles: Roles, claims: Mapping[str, Any]) -> list[str]:
    told = claims.get(roles.group_claim) or []
    return (
        [told] if isinstance(told, str) else [str(group) for group in told] if isinstance(told, list) else []
    )
