"""What a passport says of units, and whether the registry says the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from footprint.errors import MismatchError, Problem, RegistryError
from footprint.passport.claims import Claims
from footprint.registry.acts import Take
from footprint.registry.books import Books, known, touching
from footprint.registry.claims import Disclosed, OnProduct
from footprint.registry.rules import Rule
from footprint.registry.units import Units
from footprint.result import Removal

_CLAIMED = {"on_product": OnProduct, "disclosed": Disclosed}
_TOLD = {"sold": ("sold", "retired"), "retired": ("retired",)}


@dataclass(frozen=True, slots=True)
class Statement:
    """One removals entry of a passport that names units."""

    units: Units
    removal: Removal
    claimed_kg: Decimal  # by the whole lot
    gtin: str
    lot: str
    serial: str | None

    def act(self, by: str, at: str) -> Take | None:
        """The claim that the passport makes; `None` when it only tells what became of the units."""
        made = _CLAIMED.get(self.removal.status)
        if made is None:
            return None
        claim = made(gtin=self.gtin, lot=self.lot, serial=self.serial)
        return Take(
            at=at, by=by, batch=self.units.batch, first=self.units.first, stop=self.units.stop, claim=claim
        )

    def check(self, books: Books) -> None:
        """Raises `RegistryError` when the registry says something else of these units."""
        if problems := (*self._unlike(books), *self._untold(books)):
            raise RegistryError(*problems)

    def _unlike(self, books: Books) -> Iterator[Problem]:
        terms = known(books, self.units.batch).terms
        for name in ("kind", "method", "horizon_years", "permanence_class"):
            said, registered = getattr(self.removal, name), getattr(terms, name)
            if said != registered:
                what = f"is {said}; batch {self.units.batch} is {registered}"
                yield Rule.TOLD.broken(f"removals.{name}", what, "name units of the removal that is meant")
        if self.claimed_kg > terms.covers_kg(self.units.kg):
            what = f"are {self.units.kg} for {self.claimed_kg.normalize():f} kg of CO2"
            yield Rule.TOLD.broken("removals.units", what, "name enough units for the lot, rounded up")

    def _untold(self, books: Books) -> Iterator[Problem]:
        told = _TOLD.get(self.removal.status)
        if told is None:
            return
        units, end_kg = self.units, known(books, self.units.batch).end_kg
        if units.stop > end_kg:
            what = f"{units.first}-{units.stop} goes beyond the batch, which ends at {end_kg}"
            yield Rule.WITHIN.broken("removals.units", what, "name units that are there")
        spans, too_many = touching(books, units.batch, units.first, units.stop)
        yield from too_many
        for span in spans:
            if span.status not in told:
                cut = span.cut(units.first, units.stop)
                what = f"says {self.removal.status}; {cut.first}-{cut.stop} are {span.status}"
                yield Rule.TOLD.broken("removals.status", what, "sell or retire them in the registry first")


def statements(claims: Claims, gtin: str, lot: str, serial: str | None) -> tuple[Statement, ...]:
    """The entries of a passport that name units; raises `MismatchError` when they cannot be what they say."""
    named = [removal for removal in claims.removals if removal.units is not None]
    if named and claims.lot_quantity is None:
        why = "units are kilograms of a whole lot"
        raise MismatchError(
            Problem("lot_quantity", "is missing beside units", why, "sign with --lot-quantity")
        )
    of_lot = claims.lot_quantity.amount / claims.declared_unit.amount if claims.lot_quantity else Decimal(0)
    found = tuple(
        Statement(Units.parse(one.units or ""), one, one.claimable_kg_co2 * of_lot, gtin, lot, serial)
        for one in named
    )
    if problems := tuple(_shared(found)):
        raise MismatchError(*problems)
    return found


def _shared(found: tuple[Statement, ...]) -> Iterator[Problem]:
    units = sorted((one.units.batch, one.units.first, one.units.stop) for one in found)
    for (batch, _, stop), (other, first, _) in pairwise(units):
        if batch == other and first < stop:
            what = f"unit {first} of {batch} is in two entries"
            yield Rule.ONE_CLAIM.broken("removals.units", what, "name each unit in one entry")
