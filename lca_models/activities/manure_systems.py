"""Where the manure goes before any field: the systems a record may name, and the gases of each.

IPCC names the same store differently in its tables of methane (10.17), nitrous oxide (10.21) and losses (10.22);
one name here stands for one row in each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import AfterValidator

from lca_models.activities.answers import Record
from lca_models.activities.livestock import TABLES, AnimalKind
from lca_models.activities.nitrogen import Climate
from lca_models.activities.shares import ShareAnswer
from lca_models.activities.table_rows import RowValue, row_value
from lca_models.equations import manure, n2o
from lca_models.faults import fault
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real, total

ClimateZone = Literal[
    "cool_temperate_moist",
    "cool_temperate_dry",
    "warm_temperate_moist",
    "warm_temperate_dry",
    "boreal_moist",
    "boreal_dry",
    "tropical_montane_moist",
    "tropical_montane_dry",
    "tropical_wet",
    "tropical_moist",
    "tropical_dry",
]
PASTURE = "pasture"


@dataclass(frozen=True, slots=True)
class System:
    """The row of one system in each table."""

    mcf: str
    ef3: str
    gas: str
    leach: str


def _everywhere(name: str) -> System:
    return System(name, name, name, name)


_SLURRIES = {
    f"slurry_{cover}_{months}_month{'s' if months > 1 else ''}": System(
        f"slurry_{months}_month{'s' if months > 1 else ''}", *(f"slurry_{cover}",) * 3
    )
    for cover in ("natural_crust", "no_crust", "cover")
    for months in (1, 3, 4, 6, 12)
}
_PITS = {
    f"pit_{months}_month{'s' if months > 1 else ''}": System(
        f"slurry_{months}_month{'s' if months > 1 else ''}", "pit", "pit", "pit"
    )
    for months in (1, 3, 4, 6, 12)
}
_BEDDINGS = {
    f"deep_bedding_{length}_{mixing}": System(
        f"deep_bedding_{length}", f"deep_bedding_{mixing}", "deep_bedding", "deep_bedding"
    )
    for length in ("under_1_month", "over_1_month")
    for mixing in ("mixed", "unmixed")
}
_DIGESTERS = {
    name: System(name, "digester", "digester", "digester")
    for name in (
        "digester_tight",
        "digester_low_leakage_open_storage",
        "digester_high_leakage_tight_storage",
        "digester_high_leakage_open_storage",
    )
}
_SAME_NAME = (
    "lagoon",
    "solid_storage",
    "solid_storage_covered",
    "solid_storage_bulking",
    "solid_storage_additives",
    "dry_lot",
    "daily_spread",
    "compost_vessel",
    "compost_static_pile",
    "compost_windrow_intensive",
    "compost_windrow_passive",
    "poultry_with_litter",
    "poultry_without_litter",
)
_AERATED = {"aerobic_forced": System("aerobic_treatment", *("aerobic_forced",) * 3)}
SYSTEMS: Mapping[str, System] = (
    {name: _everywhere(name) for name in _SAME_NAME} | _SLURRIES | _PITS | _BEDDINGS | _DIGESTERS | _AERATED
)


def _known(system: str) -> str:
    if system not in SYSTEMS and system != PASTURE:
        near = get_close_matches(system, [*SYSTEMS, PASTURE], n=4, cutoff=0.3)
        fix = f"nearest: {', '.join(near)}; all of them are in docs/methodology/animals-and-water.md"
        raise fault(f"the manure system {system[:40]!r} is not known", "its gases need a source", fix)
    return system


class ManureShare(Record):
    """One place the manure of a group goes, and how much of it."""

    system: Annotated[str, AfterValidator(_known)]
    share: ShareAnswer


def add_up(shares: tuple[ManureShare, ...]) -> tuple[ManureShare, ...]:
    """Refuse shares that are not all of the manure."""
    known = sum(s.share.amount.to("") for s in shares if s.share.amount)
    if abs(known - 1) > 0.005:
        fix = "name the system of the rest; what animals drop while grazing goes to 'pasture'"
        raise fault(f"the shares add up to {known:.0%}", "manure that is nowhere emits nothing", fix)
    return shares


ManureShares = Annotated[tuple[ManureShare, ...], AfterValidator(add_up)]


def rain(zone: ClimateZone) -> Climate:
    """Wet or dry, as chapter 11 divides climates: moist and wet zones have more rain than evaporation."""
    return "dry" if zone.endswith("_dry") else "wet"


def _table_zone(zone: ClimateZone) -> str:
    return "tropical_montane" if zone.startswith("tropical_montane") else zone


@dataclass(frozen=True, slots=True)
class Excreta:
    """What one group of animals leaves behind in the season, kg."""

    group: str
    where: str
    kind: AnimalKind
    volatile_solids_kg: Real
    nitrogen_kg: Real
    bo: RowValue
    answers: tuple[str, ...]
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """The excreta of one group in one system, with the rows that hold for it."""

    excreta: Excreta
    system: System
    share: Real
    mcf: RowValue
    ef3: RowValue
    gas: RowValue
    leach: RowValue

    @property
    def nitrogen_kg(self) -> Real:
        return self.excreta.nitrogen_kg * self.share


@dataclass(frozen=True, slots=True)
class Stores:
    """The manure of one group of animals, system by system, ready to be asked for its gases."""

    excreta: Excreta
    stored: tuple[_Part, ...]
    grazed: Real
    grazed_mcf: RowValue | None
    zone: ClimateZone
    answers: tuple[str, ...]

    @classmethod
    def of(
        cls, numbers: Numbers, excreta: Excreta, shares: Sequence[ManureShare], zone: ClimateZone
    ) -> "Stores":
        """Read the shares; drawn ones are scaled to all of the manure again."""
        names = [f"{excreta.where}.manure.{i}.share" for i in range(1, len(shares) + 1)]
        read = [
            share.share.read(numbers, name, "", f"manure of {excreta.group} to {share.system}")
            for share, name in zip(shares, names, strict=True)
        ]
        whole = total(read)
        known = [(share.system, part / whole) for share, part in zip(shares, read, strict=True)]
        grazed = total(part for system, part in known if system == PASTURE)
        mcf = None
        if any(system == PASTURE for system, _ in known):
            mcf = row_value(numbers, "manure.mcf", system=PASTURE, climate=_table_zone(zone))
        stored = tuple(
            _part(numbers, excreta, SYSTEMS[system], part, zone)
            for system, part in known
            if system != PASTURE
        )
        return cls(excreta, stored, grazed, mcf, zone, (*excreta.answers, *names))

    def emissions(self, numbers: Numbers) -> Iterator[Emission]:
        """Methane and nitrous oxide, direct and elsewhere."""
        yield self._methane()
        if self.stored:
            yield from self._stored_n2o(numbers)
        if self.grazed_mcf is not None:
            yield from self._grazed_n2o(numbers)

    def nitrogen_left_kg(self, numbers: Numbers) -> Real:
        """What of the nitrogen comes out of the stores again, for fields: not what was dropped on pasture."""
        n2_to_n2o = numbers.factor("manure.n2_to_n2o")
        return total(
            manure.nitrogen_left_kg(
                nitrogen_kg=part.nitrogen_kg,
                lost_frac=manure.lost_frac(
                    frac_gas=part.gas.value,
                    frac_leach=part.leach.value,
                    ef3=part.ef3.value,
                    n2_to_n2o=n2_to_n2o,
                ),
                bedding_nitrogen_kg=0.0,
            )
            for part in self.stored
        )

    def _methane(self) -> Emission:
        excreta = self.excreta
        places = [(part.share, part.mcf) for part in self.stored]
        if self.grazed_mcf is not None:
            places.append((self.grazed, self.grazed_mcf))
        kg = total(
            manure.methane_kg(
                volatile_solids_kg=excreta.volatile_solids_kg * share,
                bo_m3_per_kg=excreta.bo.value,
                mcf_frac=mcf.value,
            )
            for share, mcf in places
        )
        factors = (*excreta.factors, excreta.bo.id, *(mcf.id for _, mcf in places))
        return self._emission("ch4_biogenic", kg, "CH4 from the manure", factors)

    def _stored_n2o(self, numbers: Numbers) -> Iterator[Emission]:
        ef4, ef5 = f"n2o.ef4.{rain(self.zone)}", "n2o.ef5"
        direct = total(manure.direct_n2o_kg(nitrogen_kg=p.nitrogen_kg, ef3=p.ef3.value) for p in self.stored)
        risen = total(
            manure.volatilisation_n2o_kg(
                nitrogen_kg=p.nitrogen_kg, frac_gas=p.gas.value, ef4=numbers.factor(ef4)
            )
            for p in self.stored
        )
        leached = total(
            manure.leaching_n2o_kg(
                nitrogen_kg=p.nitrogen_kg, frac_leach=p.leach.value, ef5=numbers.factor(ef5)
            )
            for p in self.stored
        )
        yield self._n2o(direct, "N2O in the manure stores", *(p.ef3.id for p in self.stored))
        yield self._n2o(
            risen, "N2O from ammonia out of barn and store", ef4, *(p.gas.id for p in self.stored)
        )
        yield self._n2o(
            leached, "N2O from what ran out of the stores", ef5, *(p.leach.id for p in self.stored)
        )

    def _grazed_n2o(self, numbers: Numbers) -> Iterator[Emission]:
        climate, kilograms = rain(self.zone), self.excreta.nitrogen_kg * self.grazed
        grazing = TABLES[self.excreta.kind].grazing
        ef3 = f"n2o.ef3.prp.{grazing}" + (f".{climate}" if grazing == "cattle_poultry_pigs" else "")
        ef4 = f"n2o.ef4.{climate}"
        direct = n2o.grazing_kg(n_deposited_kg=kilograms, ef3=numbers.factor(ef3))
        volatilised = kilograms * numbers.factor("n2o.frac_gasm")
        risen = n2o.volatilisation_kg(n_volatilised_kg=volatilised, ef4=numbers.factor(ef4))
        yield self._n2o(direct, "N2O from dung and urine on pasture", ef3)
        yield self._n2o(risen, "N2O from ammonia off the pasture", ef4, "n2o.frac_gasm")
        if climate == "wet":
            leached = n2o.leaching_kg(
                n_applied_kg=kilograms,
                frac_leach=numbers.factor("n2o.frac_leach"),
                ef5=numbers.factor("n2o.ef5"),
            )
            yield self._n2o(leached, "N2O from what leached under pasture", "n2o.frac_leach", "n2o.ef5")

    def _n2o(self, kg: Real, label: str, *factors: str) -> Emission:
        return self._emission("n2o", kg, label, (*self.excreta.factors, *factors))

    def _emission(self, substance: str, kg: Real, label: str, factors: tuple[str, ...]) -> Emission:
        named = f"{label}, {self.excreta.group}"
        return Emission(substance, kg, named, self.answers, tuple(dict.fromkeys(factors)))


def _part(numbers: Numbers, excreta: Excreta, system: System, share: Real, zone: ClimateZone) -> _Part:
    return _Part(
        excreta,
        system,
        share,
        mcf=row_value(numbers, "manure.mcf", system=system.mcf, climate=_table_zone(zone)),
        ef3=row_value(numbers, "manure.ef3", system=system.ef3),
        gas=row_value(numbers, "manure.frac_gas", animal=TABLES[excreta.kind].gas, system=system.gas),
        leach=row_value(numbers, "manure.frac_leach", system=system.leach),
    )
