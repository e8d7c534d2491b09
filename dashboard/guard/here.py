"""Who is looking at the page."""

import logging
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.guard.policy import access, roles_path
from dashboard.guard.roles import Person, RefusedError, person, read_roles
from queries.checked import DefinitionError

AT_THE_MACHINE = Person("本机", "office")
ANYBODY = Person("未登录", "office")
NOT_LOGGED_IN = "还没有登录，或登录已过期。请刷新页面，重新登录。"
NO_LIST = "可以看本系统的名单（roles.toml）现在读不懂，暂时谁也不能看。请告诉管理员（详情已写入服务器日志）。"


def here() -> Person:
    """Whoever looks at the page being drawn; raises RefusedError for one who may not."""
    if access() == "machine":
        return AT_THE_MACHINE
    return known(told()) if access() == "login" else ANYBODY


def called_here() -> str:
    """What whoever looks is called in the log; nothing where a page is drawn ahead, for nobody."""
    try:
        return here().name
    except RefusedError:
        return ""


def told() -> Mapping[str, Any]:
    """What the provider told of whoever looks; nothing outside of a page."""
    return st.user.to_dict()


def known(claims: Mapping[str, Any]) -> Person:
    """Who somebody is by what the provider told of him; raises RefusedError for one who may see nothing."""
    if not claims.get("is_logged_in"):
        raise RefusedError(NOT_LOGGED_IN)
    try:
        return person(read_roles(roles_path()), claims)
    except DefinitionError as problem:
        logging.getLogger(__name__).error("%s", problem)
        raise RefusedError(NO_LIST) from problem
