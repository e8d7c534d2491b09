"""Names as written, matched to the register: by credit code, by name, by former and by shortened name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.misplaced import is_no_name
from etl.names import is_shortened, key, nearest, without_area
from etl.townships import Townships


class Match(NamedTuple):
    """An institution, and the rule to warn by; or none, the rule that refuses, and names to choose from."""

    institution_id: int | None
    rule: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Entry:
    """One institution of the register with every name it is known by."""

    institution_id: int
    name: str
    township_id: int
    credit_codes: frozenset[str]
    names: frozenset[str]
    former_names: frozenset[str]


Index = defaultdict[str, set[int]]


@dataclass
class Register:
    """The institutions, indexed by what people may write for them. decided: key to the one meant by it."""

    townships: Townships
    entries: dict[int, Entry] = field(default_factory=dict)
    codes: Index = field(default_factory=lambda: defaultdict(set))
    names: Index = field(default_factory=lambda: defaultdict(set))
    former: Index = field(default_factory=lambda: defaultdict(set))
    rests: Index = field(default_factory=lambda: defaultdict(set))
    decided: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        self.entries[entry.institution_id] = entry
        for code in entry.credit_codes:
            self.codes[key(code)].add(entry.institution_id)
        for index, names in ((self.names, entry.names), (self.former, entry.former_names)):
            for name in names:
                for spelling in self._spellings(name):
                    index[spelling].add(entry.institution_id)
        for name in entry.names:
            self.rests[self._spellings(name)[-1]].add(entry.institution_id)

    def match(self, code: str | None, text: str | None, town: int | None) -> Match:
        """Find the institution of a row; `town` is the town that sent it, which decides between namesakes."""
        by_code = self.codes.get(key(code or ""), set())
        if len(by_code) == 1:
            return self._agreed(next(iter(by_code)), text)
        if text is None:
            return Match(None, "institution_not_found" if code else "missing", self.nearest(code or ""))
        decided = self._decided(text)
        return self._unlike(Match(decided) if decided else self._by_name(text, town), code)

    def _agreed(self, by_code: int, text: str | None) -> Match:
        """The institution of a code, unless the name is another's: then nobody may guess which is meant."""
        if text is None:
            return Match(by_code)
        entry = self.entries[by_code]
        named = self._decided(text) or self._by_name(text, entry.township_id).institution_id
        if named is None:
            return Match(by_code, "name_differs", entry.name)
        if named != by_code:
            return Match(None, "code_and_name_differ", f"{entry.name}、{self.entries[named].name}")
        return Match(by_code)

    def _unlike(self, found: Match, code: str | None) -> Match:
        """A match by name; a code the register lacks is told where the institution has another."""
        is_known = found.institution_id is not None and self.entries[found.institution_id].credit_codes
        return (
            found._replace(rule="unknown_code", detail=code)
            if code and is_known and not found.rule
            else found
        )

    def is_decided(self, text: str) -> bool:
        """Whether somebody has decided who is meant by a name."""
        return self._decided(text) is not None

    def known_as(self, name: str) -> int | None:
        """The institution a person names: by its whole name, a namesake's town included, or its code."""
        whole = (number for number, entry in self.entries.items() if key(entry.name) == key(name))
        return next(whole, self.match(name, name, None).institution_id)

    def _decided(self, text: str) -> int | None:
        return self.decided.get(without_area(key(text), self.townships.county))

    def _by_name(self, text: str, town: int | None) -> Match:
        for index, rule in ((self.names, None), (self.former, "former_name")):
            found = self._narrowed(self._listed(index, text), text, town)
            if found:
                return self._chosen(found, rule, text, town)
        found = self._narrowed(self._shortened(text), text, town)
        if found:
            return self._chosen(found, "shortened_name", text, town)
        rule = "not_a_name" if is_no_name(text) else "institution_not_found"
        return Match(None, rule, self.nearest(text))

    def _listed(self, index: Index, text: str) -> set[int]:
        """Institutions of the name as written; the more of the name is compared, the more it counts."""
        for spelling in self._spellings(text):
            if found := index.get(spelling):
                return found
        return set()

    def _spellings(self, name: str) -> list[str]:
        """A name whole, without the county, and without the town in front, in this order."""
        bare = without_area(key(name), self.townships.county)
        town, rest = self.townships.leading(bare)
        return list(dict.fromkeys([key(name), bare, *([rest] if town and rest else [])]))

    def _shortened(self, text: str) -> set[int]:
        *longer, written = self._spellings(text)
        is_town_known = self.townships.leading(longer[-1])[0] is not None if longer else False
        fitting = (ids for full, ids in self.rests.items() if is_shortened(written, full, is_town_known))
        return set().union(*fitting)

    def _narrowed(self, found: set[int], text: str, town: int | None) -> set[int]:
        """Those the town in the written name allows; among several, those of the town that sent the row."""
        bare = without_area(key(text), self.townships.county)
        written, rest = self.townships.leading(bare)
        if written and rest:
            whole = {number for number in found if self._is_whole(number, bare)}
            found = whole or self._of_town(found, written)
        if len(found) < 2:
            return found
        whole = {number for number in found if self._is_whole(number, bare)}
        return self._of_town(found, town) or whole or found

    def _is_whole(self, institution_id: int, bare: str) -> bool:
        entry = self.entries[institution_id]
        names = (key(name) for name in entry.names | entry.former_names)
        return any(bare in (name, without_area(name, self.townships.county)) for name in names)

    def _of_town(self, found: set[int], town: int | None) -> set[int]:
        return {number for number in found if self.entries[number].township_id == town}

    def _chosen(self, found: set[int], rule: str | None, text: str, town: int | None) -> Match:
        """The one found; with its town left out it is a short name, and not meant by another town."""
        names = [self.entries[number].name for number in sorted(found)]
        if len(found) > 1:
            return Match(None, "institution_ambiguous", "、".join(names))
        number = next(iter(found))
        if self._is_short(number, text):
            if town not in (None, self.entries[number].township_id):
                return Match(None, "institution_not_found", self.nearest(text))
            rule = rule or "shortened_name"
        return Match(number, rule, names[0] if rule else None)

    def _is_short(self, institution_id: int, text: str) -> bool:
        """Whether a text is neither a whole name of an institution nor says its town."""
        bare = without_area(key(text), self.townships.county)
        return not self._is_whole(institution_id, bare) and self.townships.leading(bare)[0] is None

    def nearest(self, text: str) -> str:
        """The names of the register most like a text."""
        return nearest(text, (entry.name for entry in self.entries.values()))


def register_of(entries: Iterable[Entry], townships: Townships) -> Register:
    """A register of these institutions."""
    register = Register(townships)
    for entry in entries:
        register.add(entry)
    return register
