"""The removals ledger of a product: what is stored and how much of it stays, beside the gross, never inside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from footprint.characterisation import Characterisation
from footprint.engine import Stored
from footprint.removals.card import usual_card
from footprint.removals.chain import chain
from footprint.removals.deductions import Deduction
from footprint.removals.kept import Kept, by_every_card
from footprint.removals.terms import Part, Terms
from footprint.result import ByCard, Disagreement, Interval, Removal
from footprint.rounding import CO2E, decimal
from footprint.run import Run
from footprint.uncertainty import interval


class Ledger:
    """Every store of carbon of an assessed product, per declared unit."""

    def __init__(self, central: Run, sampled: Run, terms: Terms, characterisation: Characterisation) -> None:
        """Takes the stores of both runs.

        Args:
            central: at central values.
            sampled: over the draws.
            terms: whose they are, by which method, with what taken off.
            characterisation: kg CO2e per kg of each gas, for what was emitted on the way.

        Raises:
            FootprintError: the method that was asked for does not apply.
        """
        self._run, self._characterisation = central, characterisation
        self.stores = tuple(
            Store(one, draws, by_every_card(one, draws, central.numbers, sampled.numbers), terms, central)
            for one, draws in zip(central.solution.stored, sampled.solution.stored, strict=True)
            # Land that loses carbon has a store of nothing: its draws may have one, its central value has not.
            if round(float(one.carbon_kg), 9)
        )

    def entries(self) -> tuple[Removal, ...]:
        """One entry for each store and owner."""
        return tuple(entry for store in self.stores for entry in store.entries(self._emitted(store)))

    def _emitted(self, store: "Store") -> Decimal:
        """On the way to the store: inside the gross ledger already, named beside it."""
        ways = chain(self._run, store.central.running, self._characterisation).values()
        return decimal(sum(float(way.kg_co2e) for way in ways), CO2E)

    def by_card(self) -> tuple[ByCard, ...]:
        """Every store by every published method; a store that only one is for is left out."""
        return tuple(
            one.told(store.label) for store in self.stores if len(store.kept) > 1 for one in store.kept
        )


class Store:
    """One store by the method chosen, with what is taken off."""

    def __init__(
        self, central: Stored, sampled: Stored, kept: Sequence[Kept], terms: Terms, run: Run
    ) -> None:
        """Takes the store of both runs, by every card.

        Raises:
            FootprintError: the method that was asked for does not apply.
        """
        self.central, self.sampled, self.kept = central, sampled, kept
        self.stage, self.label = central.stage, central.storage.label
        self.storage, self._terms = central.storage, terms
        asked = terms.card if central.storage.kind == "biochar" and terms.card else None
        name = asked or usual_card(central.storage.kind).id
        self.chosen = next(one for one in kept if one.card.id == name).applied()
        self.deduction = Deduction.of(terms.deduction, self.chosen, central.storage, run.numbers)

    def entries(self, process: Decimal) -> Iterator[Removal]:
        """One entry for each owner.

        Args:
            process: emitted on the way, kg CO2e; the owners share it.
        """
        chosen, card = self.chosen, self.chosen.card
        kept = chosen.kept_kg_co2
        taken_off = (kept * self.deduction.share).quantize(CO2E)
        buffer = ((kept - taken_off) * self._terms.buffer).quantize(CO2E)
        whole: tuple[Decimal, ...] = (chosen.gross_kg_co2, kept, taken_off, buffer, process)
        left, parts = whole, self.parts()
        for number, part in enumerate(parts, start=1):
            # The last takes what rounding left, so that the parts are the whole to the last digit.
            own = left if number == len(parts) else tuple((one * part.share).quantize(CO2E) for one in whole)
            left = tuple(one - taken for one, taken in zip(left, own, strict=True))
            gross, stays, off, aside, emitted = own
            yield Removal(
                kind=self.storage.kind,
                method=self.storage.quantified_by or card.id,
                horizon_years=card.horizon_years,
                permanence_class=card.permanence_class,
                gross_kg_co2=gross,
                permanent_fraction=chosen.fraction,
                kept_kg_co2=stays,
                interval=_scaled(chosen.sample, part.share),
                disagreement=self._disagreement(part.share),
                deduction_kg_co2=off,
                deduction_rule=self.deduction.rule if off else None,
                buffer_kg_co2=aside,
                process_kg_co2e=emitted,
                status=part.status,
                part=part.share,
                owner=self._terms.owner_of(part),
                units=None if part.units is None else str(part.units),
                baseline=self.storage.baseline,
            )

    def parts(self) -> tuple[Part, ...]:
        """Whose it is: by the terms, as far as it may be anybody's."""
        if self.storage.kind == "marine":
            return (Part("disclosed"),)
        if self.storage.lasts or self.storage.baseline is not None:
            return self._terms.parts
        # What goes back to the air with the next clearing or ploughing is told; a claim needs a stated baseline.
        return tuple(
            replace(part, status="disclosed") if part.status == "on_product" else part
            for part in self._terms.parts
        )

    def _disagreement(self, share: Decimal) -> Disagreement | None:
        found = [one.kept_kg_co2 for one in self.kept if one.applies and not one.card.apart]
        if len(found) < 2:
            return None
        low, high = ((one * share).quantize(CO2E) for one in (min(found), max(found)))
        return Disagreement(low_kg_co2=low, high_kg_co2=high, cards=len(found))


def _scaled(sample: np.ndarray, share: Decimal) -> Interval:
    return interval(sample * float(share), CO2E)
