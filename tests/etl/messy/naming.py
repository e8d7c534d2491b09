"""Institutions, towns and units under the names people give them."""

from tests.etl.messy.county import BUREAU, COUNTY, County, Home, Town
from tests.etl.messy.days import Written
from tests.etl.messy.dice import Dice
from tests.etl.messy.records import TASKS


def write_home(dice: Dice, county: County, home: Home, sender: Town | None) -> Written:
    """Write an institution's name. sender: the town whose ledger it is, which decides between namesakes."""
    if dice.random() < 0.4:
        return Written(home.name)
    ways = {
        "county in front": Written(COUNTY + _bare(home.name)),
        "province and county in front": Written(f"山西省晋城市{COUNTY}{_bare(home.name)}"),
        "blanks in a name": Written(" ".join(home.name)),
        "line break in a name": Written(f"{home.name[:-3]}\n{home.name[-3:]}"),
        "brackets in a name": Written(f"{home.name[:-3]}（{home.name[-3:]}）"),
        "full stop behind a name": Written(f"{home.name}。"),
        "town in front": Written(f"{home.town.name}{home.stem}{home.end}"),
        "county and town in front": Written(f"{COUNTY}{home.town.name}{home.stem}{home.end}"),
        "short town in front": Written(f"{home.town.name[:-1]}{home.stem}{home.end}"),
    }
    return dice.pick(ways | _looser(dice, county, home, sender))


def _looser(dice: Dice, county: County, home: Home, sender: Town | None) -> dict[str, Written]:
    """Ways that leave something out, where no other home could be meant."""
    if county.has_namesake(home):
        return {"sender's town decides": _without_town(home)} if sender == home.town else {}
    ways = {
        "without town or county": _without_town(home),
        "shortened name": Written(home.stem, "shortened_name"),
    }
    former = {"former name": Written(home.former[0], "former_name")} if home.former else {}
    former_town = {way: Written(f"{name}{home.stem}{home.end}") for way, name in _former(home.town).items()}
    return ways | former | former_town


def _without_town(home: Home) -> Written:
    """The name without the town it begins with, which makes it a shortened one."""
    is_shorter = home.name.startswith(home.town.name)
    return Written(f"{home.stem}{home.end}", "shortened_name" if is_shorter else None)


def _bare(name: str) -> str:
    return name.removeprefix(COUNTY)


def write_town(dice: Dice, town: Town) -> str:
    """Write a town as the register's column has it."""
    ways = {
        "town": town.name,
        "town without 镇": town.name.removesuffix("镇"),
        "county before a town": f"{COUNTY}{town.name}",
        "town and its village": f"{town.name}东村",
        "blank in a town": " ".join(town.name),
    }
    return dice.pick(ways | _former(town))


def _former(town: Town) -> dict[str, str]:
    return {"former town": town.former[0]} if town.former else {}


def write_unit(dice: Dice, county: County, unit: Home | Town | str, sender: Town | None) -> Written:
    if isinstance(unit, Home):
        return write_home(dice, county, unit, sender)
    if isinstance(unit, Town):
        offices = {"civil affairs office": f"{unit.name}民政办", "town government": f"{unit.name}人民政府"}
        places = {"town": unit.name, "county before a town": f"{COUNTY}{unit.name}"}
        return Written(dice.pick(offices | places | _former(unit)))
    bureaus = {"bureau": BUREAU, "short bureau": "县民政局", "shortest bureau": "民政局"}
    return Written(dice.pick(bureaus) if unit == BUREAU else unit)


def write_organiser(dice: Dice, county: County, organiser: Home | Town | str, sender: Town | None) -> Written:
    """Write who held a training; for the institution's own also 本院. No name of it is warned of."""
    if isinstance(organiser, Home) and dice.mess("本院", 0.3):
        return Written(dice.choice(("本院", "本机构")))
    return Written(write_unit(dice, county, organiser, sender).cell)


def write_task(dice: Dice, code: str) -> str:
    name: str = next(task["name"] for task in TASKS if task["code"] == code)
    return dice.pick({"task's code": code, "task's name": name, "task's code and name": f"{code} {name}"})
