"""A group of animals by head and days: methane, dung and urine by the tables of IPCC 2019 V4 Ch10, tier 1."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from lca_models.activities.answers import Answer, DurationAnswer, Estimable, Name, Record, positive
from lca_models.activities.heads import HeadsAnswer
from lca_models.activities.livestock import TABLES, AnimalKind, LivestockRegion, Productivity, Stock
from lca_models.activities.manure_systems import Excreta, ManureShares
from lca_models.equations import enteric, manure
from lca_models.faults import fault
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real
from lca_models.units import Duration, Mass

DAYS_PER_YEAR = 365.0
_LEAP = 366.0


def at_most_a_year(answer: Answer[Duration]) -> Answer[Duration]:
    """Refuse a stay longer than the season can be."""
    if answer.amount is not None and answer.amount.to("day") > _LEAP:
        fix = "enter the days each animal was kept in this season"
        raise fault(f"{str(answer.amount)!r} is more than a year", "a record is of one season", fix)
    return answer


DaysAnswer = Annotated[DurationAnswer, AfterValidator(positive), AfterValidator(at_most_a_year)]


class Animals(Record):
    """Animals of one kind that were kept and fed alike. `head` were kept for `days` each."""

    name: Name
    kind: AnimalKind
    productivity: Productivity
    head: HeadsAnswer
    days: DaysAnswer
    live_weight: Annotated[Estimable[Mass], AfterValidator(positive)]
    manure: Annotated[ManureShares, Field(min_length=1, strict=False)]

    def stock(self, region: LivestockRegion) -> Stock:
        """What picks their rows."""
        return Stock(self.kind, region, self.productivity)

    def enteric(self, numbers: Numbers, where: str, region: LivestockRegion) -> Iterator[Emission]:
        """Methane from their guts, Equation 10.19; poultry has no factor there, and the result says so."""
        tables = TABLES[self.kind]
        if tables.enteric is None:
            numbers.note(f"Methane from the guts of poultry ({self.name}): IPCC has no factor; not counted.")
            return
        factor = self.stock(region).row(numbers, *tables.enteric)
        head, days = self._head_days(numbers, where)
        kg = enteric.tier1_kg(animal_years=head * days / DAYS_PER_YEAR, ef_kg_per_year=factor.value)
        label = f"methane from the guts, {self.name}"
        yield Emission("ch4_biogenic", kg, label, (f"{where}.head", f"{where}.days"), (factor.id,))

    def excreta(self, numbers: Numbers, where: str, region: LivestockRegion) -> Excreta:
        """Dung and urine, Equations 10.22A and 10.30."""
        stock = self.stock(region)
        head, days = self._head_days(numbers, where)
        mass, mass_factors = self._live_weight(numbers, where, stock)
        solids, nitrogen = stock.row(numbers, "livestock.vs_rate"), stock.row(numbers, "livestock.n_rate")
        return Excreta(
            group=self.name,
            where=where,
            kind=self.kind,
            volatile_solids_kg=head
            * manure.volatile_solids_tier1_kg(rate_kg_per_t_day=solids.value, mass_kg=mass, days=days),
            nitrogen_kg=head
            * manure.nitrogen_excreted_tier1_kg(rate_kg_per_t_day=nitrogen.value, mass_kg=mass, days=days),
            bo=stock.row(numbers, "manure.bo"),
            answers=tuple(f"{where}.{field}" for field in ("head", "days", "live_weight")),
            factors=(solids.id, nitrogen.id, *mass_factors),
        )

    def _head_days(self, numbers: Numbers, where: str) -> tuple[Real, Real]:
        head = self.head.read(numbers, f"{where}.head", "head", f"number of {self.name}")
        return head, self.days.read(numbers, f"{where}.days", "day", f"days {self.name} were kept")

    def _live_weight(self, numbers: Numbers, where: str, stock: Stock) -> tuple[Real, tuple[str, ...]]:
        name, label = f"{where}.live_weight", f"live weight of {self.name}"
        if self.live_weight.amount is not None:
            return self.live_weight.read(numbers, name, "kg", label), ()
        typical = stock.row(numbers, "livestock.mass")
        numbers.reading.sources[name] = self.live_weight.source
        numbers.reading.labels[name] = label
        numbers.declare(label, typical.id)
        return typical.value, (typical.id,)
