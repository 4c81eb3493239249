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
class Storage:
    """Biogenic carbon put where it stays: the physical side of a removal, kg C."""

    kind: Literal["biochar", "geological", "biomass", "land", "soil"]
    carbon_kg: Real
    permanent_fraction: Real
    method: str
    horizon_years: int
    permanence_class: Literal["temporary", "100", "200", "1000"]
    label: str
    factors: tuple[str, ...] = ()
    baseline: str | None = None
    """Of a temporary store: what would have been without it, in words; unsaid, nobody may claim it."""


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
