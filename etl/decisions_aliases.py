"""Decided aliases put where names are matched: the townships, the register, the bureau's names."""

from collections.abc import Sequence
from dataclasses import replace

from etl.decisions import ALIASES, Alias
from etl.disk import LoadError
from etl.match import Register
from etl.names import key, without_area
from etl.townships import Townships
from etl.units import Units


def with_decided_towns(townships: Townships, aliases: Sequence[Alias]) -> Townships:
    """The townships, and every name decided to mean one of them."""
    meant = {name: townships.find(alias.means) for name, alias in _latest(aliases, townships.county).items()}
    return replace(townships, decided={name: town for name, town in meant.items() if town is not None})


def decided_units(register: Register, bureau: str, aliases: Sequence[Alias]) -> Units:
    """Everybody a ledger may name, and every name decided to mean an institution or the bureau.

    Raises LoadError where an alias means nobody: no institution of the register, no township, not the bureau.
    A register without institutions decides nothing: its ledger is not among the files.
    """
    plain = Units(register, bureau)
    others = {
        name: alias
        for name, alias in _latest(aliases, register.townships.county).items()
        if register.entries and register.townships.find(alias.means) is None
    }
    bureau_names = frozenset(name for name, alias in others.items() if plain.is_bureau(alias.means))
    decided = {
        name: _institution(alias, register) for name, alias in others.items() if name not in bureau_names
    }
    return Units(replace(register, decided=decided), bureau, bureau_names)


def _latest(aliases: Sequence[Alias], county: str) -> dict[str, Alias]:
    """Each name as it is compared, and the last that was decided of it."""
    return {without_area(key(alias.written), county): alias for alias in aliases}


def _institution(alias: Alias, register: Register) -> int:
    number = register.known_as(alias.means)
    if number is None:
        raise LoadError(
            f"{ALIASES}：“{alias.written}”所指的“{alias.means}”不在机构台账、乡镇名单里。"
            f"名称相近的有：{register.nearest(alias.means)}。请改正这一项，或先在机构台账登记。"
        )
    return number
