"""roles.toml: one person has one role, whoever is not named has none, and a mistake is named."""

import os
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from dashboard.guard.roles import Person, RefusedError, person, read_roles
from queries.checked import DefinitionError
from queries.scope import Scope
from tests.dashboard.guard.conftest import DAJI, LEADER, OFFICE, ROLES, UNKNOWN

GROUP = "养老服务和儿童福利科"


def test_an_email_has_its_role(roles: Path) -> None:
    known = read_roles(roles)
    assert person(known, {"email": LEADER}) == Person(LEADER, "leader")
    assert person(known, {"email": OFFICE}) == Person(OFFICE, "office")
    assert person(known, {"email": DAJI}) == Person(DAJI, "township", Scope(township="大箕镇"))


def test_the_example_of_the_readme_can_be_used(roles: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", Path("README.md").read_text(encoding="utf-8"), re.DOTALL)
    [example] = [textwrap.dedent(block) for block in blocks if "[[roles]]" in block]
    roles.write_text(example, encoding="utf-8")
    town = person(read_roles(roles), {"email": "daji@example.gov.cn"})
    assert town.scope == Scope(township="大箕镇")


def test_the_case_of_an_email_does_not_matter(roles: Path) -> None:
    assert person(read_roles(roles), {"email": DAJI.upper()}).scope.township == "大箕镇"


@pytest.mark.parametrize("groups", [[GROUP], GROUP, ["其他科", GROUP]])
def test_a_group_has_its_role(roles: Path, groups: object) -> None:
    claims = {"preferred_username": "zhangmou", "groups": groups}
    assert person(read_roles(roles), claims) == Person("zhangmou", "office")


def test_the_groups_are_looked_for_where_the_file_says(roles: Path) -> None:
    roles.write_text(f'group_claim = "departments"\n{ROLES}', encoding="utf-8")
    assert person(read_roles(roles), {"sub": "7", "departments": [GROUP]}) == Person("7", "office")
    with pytest.raises(RefusedError):
        person(read_roles(roles), {"sub": "7", "groups": [GROUP]})


def test_an_email_goes_before_groups(roles: Path) -> None:
    assert person(read_roles(roles), {"email": DAJI, "groups": [GROUP]}).role == "township"


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": UNKNOWN},
        {"email": None, "groups": None},
        {"email": LEADER, "email_verified": False},
        {"email": LEADER, "email_verified": "false"},
        {"email": f" {LEADER}"},
        {"email": "", "groups": ["科"]},
        {"groups": {GROUP: True}},
    ],
)
def test_whoever_is_not_named_is_refused_in_chinese(roles: Path, claims: dict[str, Any]) -> None:
    with pytest.raises(RefusedError, match="不在可以看本系统的名单里"):
        person(read_roles(roles), claims)


def test_two_roles_are_none(roles: Path) -> None:
    more = f'{ROLES}\n[[roles]]\nrole = "township"\ntownship = "大阳镇"\ngroups = ["大阳"]'
    roles.write_text(more, encoding="utf-8")
    with pytest.raises(RefusedError, match="不止一种身份"):
        person(read_roles(roles), {"sub": "7", "groups": [GROUP, "大阳"]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("roles = [", "无法读取"),
        ("", "缺少键 roles"),
        ('[[roles]]\nrole = "king"\nemails = ["a"]', "不认识 'king'"),
        ('[[roles]]\nrole = "leader"', "没有写 emails 或 groups"),
        ('[[roles]]\nrole = "township"\nemails = ["a"]', "role = township 要写 township"),
        ('[[roles]]\nrole = "leader"\ntownship = "大箕镇"\nemails = ["a"]', "role = leader 不能写 township"),
        ('[[roles]]\nrole = "county"\nemails = ["a"]', "role = county 要写 county"),
        ('[[roles]]\nrole = "county"\ncounty = "140525"\nemails = ["a"]', "county"),
        (
            '[[roles]]\nrole = "county"\ncounty = 140525\ntownship = "大箕镇"\nemails = ["a"]',
            "role = county 不能写 township",
        ),
        ('[[roles]]\nrole = "township"\ncounty = 0\ntownship = "a"\nemails = ["a"]', "六位行政区划代码"),
        ('[[roles]]\nrole = "office"\ncounty = 140525\nemails = ["a"]', "role = office 不能写 county"),
        ('[[roles]]\nrole = "leader"\nemails = [7]', "应当都是文字"),
        ('[[roles]]\nrole = "leader"\nemail = ["a"]', "不认识的键 email"),
        (f'{ROLES}\n[[roles]]\nrole = "leader"\nemails = ["{DAJI.upper()}"]', f"{DAJI} 出现 2 次"),
    ],
)
def test_a_mistake_in_the_file_is_named(roles: Path, text: str, said: str) -> None:
    roles.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        read_roles(roles)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"没有名单 .*roles\.toml"):
        read_roles(tmp_path / "roles.toml")


def test_a_change_of_the_file_holds_at_the_next_look(roles: Path) -> None:
    assert person(read_roles(roles), {"email": LEADER})
    roles.write_text(ROLES.replace(LEADER, "another@county.example"), encoding="utf-8")
    os.utime(roles, ns=(1, 1))
    with pytest.raises(RefusedError):
        person(read_roles(roles), {"email": LEADER})
