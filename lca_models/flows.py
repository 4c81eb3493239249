"""What a process exchanges with the world and with other processes. Amounts only: kg, MJ, kWh, t·km.

Nothing here knows a warming potential. Gases leave a process under their own name and are characterised in
`footprint`, last of all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lca_models.errors import NetworkError, Problem
from lca_models.real import Real

Allocation = Literal["mass", "economic", "energy", "exergy", "biophysical", "substitution"]
"""How the products of one process share it: ISO 14044:2006, 4.3.4, and ISO 14067:2018, 6.4.6."""

Unit = Literal["kg", "MJ"]
"""What products of a network are counted in."""


@dataclass(frozen=True, slots=True)
class Emission:
    """A gas that leaves this process, kg.

    `answers` and `factors` name what the amount was computed from: they carry data quality and sources.
    """

    substance: str
    kg: Real
    label: str
    answers: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Purchase:
    """Something bought, burnt or used whose making is not modelled here, in the unit its factor is per."""

    product: str
    amount: Real
    label: str
    answers: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A product of another process of the same system, in the unit that process counts it in."""

    product: str
    amount: Real
    unit: Unit = "kg"

    @property
    def kg(self) -> Real:
        """Its mass.

        Raises:
            NetworkError: it is energy.
        """
        return _mass_kg(self)


@dataclass(frozen=True, slots=True)
class Char:
    """What the laboratory, the kiln's log and the soil say of a biochar: all that a method may ask."""

    h_to_corg: Real
    soil_temperature_c: Real
    made_at_c: Real | None = None
    """Highest temperature while it was made; `None` when nobody knows."""
    temperature_logged: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    """The answers behind `h_to_corg` and `temperature`: part of the evidence where a method asks for them."""
    soil_answer: str | None = None
    """The answer behind `soil_temperature_c`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a record says by one word of a list, and an amount rests on: which kiln, how dry the wood."""

    name: str
    question: str
    word: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What would have become of the feedstock: what a removal is measured against."""

    fate: Literal["left", "burnt", "fuel"]
    stored_carbon_kg: Real = 0.0
    """Carbon that would still be there at the horizon anyway."""
    caused: tuple["Emission | Purchase", ...] = ()
    """What others emit because the feedstock is gone: charged to the removal."""
    avoided: tuple["Emission | Purchase", ...] = ()
    """What is not emitted because of it: told, and never a removal."""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Storage:
    """Biogenic carbon put where it stays: the physical side of a removal, kg C.

    How long it stays is for a method to say (`footprint.removals`), from what was measured of it.
    """

    kind: Literal["biochar", "geological", "biomass", "land", "soil", "marine"]
    carbon_kg: Real
    label: str
    quantified_by: str | None = None
    """Of a temporary store: the model that found the amount, such as `ipcc-2019-tier-1`."""
    char: Char | None = None
    answers: tuple[str, ...] = ()
    """Whence the amount is known: the evidence."""
    choices: tuple[Choice, ...] = ()
    """What was chosen of how it was made: evidence too, of what was emitted on the way."""
    factors: tuple[str, ...] = ()
    baseline: str | None = None
    """Of a temporary store: what would have been without it, in words; unsaid, nobody may claim it."""
    otherwise: Otherwise | None = None

    @property
    def lasts(self) -> bool:
        """Whether it outlasts the next clearing, ploughing or meal."""
        return self.kind in ("biochar", "geological")


@dataclass(frozen=True, slots=True)
class Output:
    """A product that leaves the process, with what each way of allocation needs to know of it."""

    product: str
    amount: Real
    price: Real | None = None
    """Money per unit."""
    unit: Unit = "kg"
    heating_value_mj_per_kg: Real | None = None
    """Lower heating value as it leaves; energy needs none."""
    displaces: Purchase | None = None
    """What is not bought elsewhere because of it: under substitution it carries nothing of the process."""

    @property
    def kg(self) -> Real:
        """Its mass.

        Raises:
            NetworkError: it is energy.
        """
        return _mass_kg(self)

    @property
    def energy_mj(self) -> Real | None:
        """Its energy by lower heating value; `None` when nobody said what that is."""
        if self.unit == "MJ":
            return self.amount
        return None if self.heating_value_mj_per_kg is None else self.amount * self.heating_value_mj_per_kg


def _mass_kg(flow: Link | Output) -> Real:
    if flow.unit != "kg":
        why, fix = "energy has no mass", "count it apart from what is weighed"
        raise NetworkError(Problem(flow.product, f"is counted in {flow.unit}", why, fix))
    return flow.amount


@dataclass(frozen=True, slots=True)
class Balance:
    """What of a conserved thing went in and came out, kg: no process makes mass, carbon or nitrogen.

    More out than in by `tolerance` is refused; `None` where soil or air may give what no record counts.
    """

    of: Literal["mass", "carbon", "nitrogen"]
    where: str
    taken_in_kg: Real
    came_out_kg: Real
    fix: str
    tolerance: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Process:
    """One activity of one season with everything that goes in and comes out."""

    name: str
    stage: str
    outputs: tuple[Output, ...]
    links: tuple[Link, ...] = ()
    exchanges: Sequence[Emission | Purchase] = field(default_factory=tuple)
    storages: tuple[Storage, ...] = ()
    allocation: Allocation = "mass"
    keys: Mapping[Allocation, tuple[Real, ...]] = field(default_factory=dict)
    """Weights of its outputs by ways that only the activity knows, such as `biophysical`."""
    balances: tuple[Balance, ...] = ()

    @property
    def reference(self) -> Output:
        """The first output: what the process is run for."""
        return self.outputs[0]
