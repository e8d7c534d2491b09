"""Which kinds of hazard homes share, by loops over hazards, homes and measures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from queries.filters import Filters
from tests.oracle.facts import Institution, Measure, is_by
from tests.oracle.hazards import Seen, seen
from tests.oracle.known import Known
from tests.oracle.tasks import place_of, units

COUNTY = "county"


@dataclass(frozen=True)
class Sharing:
    """The kinds under a choice of the reader's; `unnamed`: words that name no kind."""

    known: Known
    chosen: Filters
    unnamed: tuple[str, ...]

    @property
    def named(self) -> set[str]:
        """Every kind that anybody has reported by the day."""
        kinds = {one.hazard.kind for one in seen(self.known)}
        return {kind for kind in kinds if kind is not None and kind not in self.unnamed}

    @property
    def asked(self) -> list[Institution]:
        return [one for one in self.known.open_institutions if self._is_here(one)]

    def had(self) -> dict[tuple[str, int], list[Seen]]:
        """The hazards by kind and open home."""
        grouped: dict[tuple[str, int], list[Seen]] = defaultdict(list)
        homes = {one.institution_id for one in self.asked}
        for one in seen(self.known):
            kind, home = one.hazard.kind, one.hazard.institution_id
            if kind in self.named and home in homes and self._is_chosen(one):
                grouped[str(kind), home].append(one)
        return grouped

    def kinds(self) -> dict[str, tuple[int, int, int, int]]:
        """By kind: homes that have had it, homes asked, homes where it came back, those without a rule."""
        told: dict[str, tuple[int, int, int, int]] = {}
        for kind in {kind for kind, _ in self.had()}:
            homes = {home: hazards for (one, home), hazards in self.had().items() if one == kind}
            back = [home for home, hazards in homes.items() if any(each.is_recurrence for each in hazards)]
            bare = [home for home in back if not self.own(kind, home)]
            told[kind] = (len(homes), len(self.asked), len(back), len(bare))
        return told

    def own(self, kind: str, home: int) -> int:
        """How many measures of its own a home has issued against a kind."""
        return sum(
            one.unit_code == "institution" and one.institution_id == home and kind in (one.problem or "")
            for one in self._issued
        )

    def rules(self) -> set[tuple[int, str | None]]:
        """The measures, each with every kind it is against, or with none."""
        pairs: set[tuple[int, str | None]] = set()
        for one in self._issued:
            if self._applies(one):
                against: list[str | None] = [kind for kind in self.named if kind in (one.problem or "")]
                pairs |= {(one.measure_id, kind) for kind in against or [None]}
        return pairs

    @property
    def _issued(self) -> list[Measure]:
        return [one for one in self.known.facts.measures if is_by(one.issued_on, self.known.as_of)]

    def _applies(self, one: Measure) -> bool:
        facts, chosen = self.known.facts, self.chosen
        if chosen.counties and facts.county[one.county_id] not in chosen.counties:
            return False
        if one.unit_code == COUNTY:
            return one.county_id in self._counties
        town = facts.township.get(one.township_id or 0)
        home = facts.institution.get(one.institution_id or 0)
        in_town = not chosen.townships or town in chosen.townships
        return in_town and (
            not chosen.institutions or (home is not None and home.institution in chosen.institutions)
        )

    @property
    def _counties(self) -> set[int]:
        """The counties of the units that the choice leaves."""
        chosen, places = self.chosen, [(unit, place_of(unit, self.known)) for unit in units(self.known)]
        return {
            unit.county_id
            for unit, place in places
            if (not chosen.townships or place["township"] in chosen.townships)
            and (not chosen.institutions or place["institution"] in chosen.institutions)
        }

    def _is_here(self, one: Institution) -> bool:
        place, chosen = self.known.facts.place(one.institution_id), self.chosen
        return (
            (not chosen.counties or place["county"] in chosen.counties)
            and (not chosen.townships or place["township"] in chosen.townships)
            and (not chosen.institutions or place["institution"] in chosen.institutions)
        )

    def _is_chosen(self, one: Seen) -> bool:
        hazard, chosen = one.hazard, self.chosen
        first: date = chosen.since or self.known.plan.first
        return (
            first <= hazard.found_on <= (chosen.until or self.known.as_of)
            and (not chosen.severities or hazard.severity in chosen.severities)
            and (not chosen.areas or hazard.area in chosen.areas)
        )
