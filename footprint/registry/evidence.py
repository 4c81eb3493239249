"""What a batch rests on: records by their digest, what each proves, how much it covers and how much is used.

A digest stops the same record from being used twice. It does not stop a forged one: that is what verifiers are for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal, Protocol

from pydantic import Field

from footprint.errors import Problem, RegistryError
from footprint.registry.rules import Rule
from footprint.registry.units import LARGEST_KG
from footprint.result import Model, RemovalKind, Whole

Proof = Literal[
    "application", "weighing", "laboratory", "injection", "measurement", "verification", "incident"
]
EXCLUSIVE: frozenset[Proof] = frozenset({"application", "weighing"})
"""Records of one act in one place: char is weighed and put into the ground once."""

CARBON_TO_CO2 = Fraction(44, 12)
OWN_RECORD: dict[RemovalKind, tuple[Proof, Fraction]] = {
    "biochar": ("application", CARBON_TO_CO2),  # if the char were nothing but carbon
    "geological": ("injection", Fraction(1)),
    "soil": ("measurement", Fraction(1)),
    "biomass": ("measurement", Fraction(1)),
    "land": ("measurement", Fraction(1)),
}
"""The record a batch of each kind cannot be without, and the most CO2 that a kilogram of it allows.

Not `marine`: harvested food carbon goes back to the air, so there is no unit of it.
"""

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the record")]
Kg = Annotated[Whole, Field(gt=0, le=LARGEST_KG)]


class Evidence(Model):
    """A record, and how much of what it covers is used: kg of dry char, or kg of CO2 injected, measured, lost."""

    proves: Proof
    sha256: Digest
    covers_kg: Kg
    used_kg: Kg


@dataclass(frozen=True, slots=True)
class Use:
    """A record as it stands in the registry: all that was ever used of it."""

    sha256: str
    proves: Proof
    covers_kg: int
    used_kg: int
    batch: str  # the first that used it; the only one, if it is exclusive


class Records(Protocol):
    """Where used records are found."""

    def evidence(self, sha256: str) -> Use | None:
        """A record that was used before."""
        ...


def used(records: Records, batch: str, items: Sequence[Evidence]) -> tuple[Use, ...]:
    """The records as they stand after a batch has used them; raises `RegistryError` with every problem."""
    before = {item.sha256: records.evidence(item.sha256) for item in items}
    problems = [*_twice(items), *(p for item in items for p in _problems(item, before[item.sha256], batch))]
    if problems:
        raise RegistryError(*problems)
    return tuple(_after(item, before[item.sha256], batch) for item in items)


def most_kg(kind: RemovalKind, items: Sequence[Evidence]) -> int:
    """The most CO2 that a kind's own records allow; 0 without one.

    >>> most_kg("biochar", [Evidence(proves="application", sha256="ab" * 32, covers_kg=300, used_kg=300)])
    1100
    """
    proof, per_kg = OWN_RECORD[kind]
    return int(per_kg * sum(item.used_kg for item in items if item.proves == proof))


def _after(item: Evidence, before: Use | None, batch: str) -> Use:
    so_far, first = (before.used_kg, before.batch) if before else (0, batch)
    return Use(item.sha256, item.proves, item.covers_kg, so_far + item.used_kg, first)


def _twice(items: Sequence[Evidence]) -> Iterator[Problem]:
    names = [item.sha256 for item in items]
    for name in {name for name in names if names.count(name) > 1}:
        yield Rule.EVIDENCE.broken(_place(name), "is named twice", "name each record once, with all it gives")


def _problems(item: Evidence, before: Use | None, batch: str) -> Iterator[Problem]:
    where = _place(item.sha256)
    if before is not None and (before.proves, before.covers_kg) != (item.proves, item.covers_kg):
        what = (
            f"was {before.proves} of {before.covers_kg} kg before, now {item.proves} of {item.covers_kg} kg"
        )
        yield Rule.EVIDENCE.broken(where, what, "a record covers what it covers: copy it from the record")
    elif before is not None and before.batch != batch and item.proves in EXCLUSIVE:
        what = f"is the {item.proves} of batch {before.batch}"
        yield Rule.EVIDENCE.broken(
            where, what, "give the record of this batch; the other has its units already"
        )
    else:
        left = item.covers_kg - (before.used_kg if before else 0)
        if item.used_kg > left:
            what = f"covers {item.covers_kg} kg, {left} kg of them unused: {item.used_kg} kg are too many"
            yield Rule.EVIDENCE.broken(where, what, "use what is left, or give another record")


def _place(sha256: str) -> str:
    return f"evidence {sha256[:16]}…"
