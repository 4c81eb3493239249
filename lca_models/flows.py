"""What a process exchanges with the world and with other processes. Amounts only: kg, kWh, t·km.

Nothing here knows a warming potential. Gases leave a process under their own name and are characterised in
`footprint`, last of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lca_models.real import Real

Allocation = Literal["mass", "economic"]


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
    """A product of another process of the same system, kg."""

    product: str
    kg: Real


@dataclass(frozen=True, slots=True)
class Storage:
    """Biogenic carbon put where it stays: the physical side of a removal, kg C."""

    kind: Literal["biochar", "geological"]
    carbon_kg: Real
    permanent_fraction: Real
    method: str
    horizon_years: int
    permanence_class: Literal["temporary", "100", "200", "1000"]
    label: str
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A product that leaves the process, kg, with its price when value decides the allocation."""

    product: str
    kg: Real
    price_per_kg: Real | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What of a conserved thing went in and came out, kg: no process makes mass, carbon or nitrogen."""

    of: Literal["mass", "carbon", "nitrogen"]
    where: str
    taken_in_kg: Real
    came_out_kg: Real
    fix: str
    tolerance: float = 0.0


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
    balances: tuple[Balance, ...] = ()

    @property
    def reference(self) -> Output:
        """The first output: what the process is run for."""
        return self.outputs[0]
