"""The removals ledger of a product: what is stored and how much of it stays, beside the gross, never inside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from footprint.engine import Stored
from footprint.removals.card import usual_card
from footprint.removals.deductions import Deduction
from footprint.removals.kept import Kept, by_every_card
from footprint.removals.terms import Part, Terms
from footprint.result import ByCard, Disagreement, Interval, Removal
from footprint.rounding import CO2E
from footprint.run import Run
from footprint.uncertainty import interval


class Ledger:
    """Every store of carbon of an assessed product, per declared unit."""

    def __init__(self, central: Run, sampled: Run, terms: Terms, process_kg_co2e: dict[str, Decimal]) -> None:
        """Takes the stores of both runs.

        Args:
            central: at central values.
            sampled: over the draws.
            terms: whose they are, by which method, with what taken off.
            process_kg_co2e: gross emissions by stage, already counted in the gross ledger, named here beside.

        Raises:
            FootprintError: the method that was asked for does not apply.
        """
        self._terms, self._process = terms, process_kg_co2e
        self._stores = [
            _Store(one, by_every_card(one, draws, central.numbers, sampled.numbers), terms, central)
            for one, draws in zip(central.solution.stored, sampled.solution.stored, strict=True)
            # Land that loses carbon has a store of nothing: its draws may have one, its central value has not.
            if round(float(one.carbon_kg), 9)
        ]

    def entries(self) -> tuple[Removal, ...]:
        """One entry for each store and owner."""
        return tuple(
            entry
            for store in self._stores
            for entry in store.entries(self._process.get(store.stage, Decimal(0)))
        )

    def by_card(self) -> tuple[ByCard, ...]:
        """Every store by every published method; a store that only one is for is left out."""
        return tuple(
            one.told(store.label) for store in self._stores if len(store.kept) > 1 for one in store.kept
        )


class _Store:
    """One store by the method chosen, with what is taken off."""

    def __init__(self, stored: Stored, kept: Sequence[Kept], terms: Terms, run: Run) -> None:
        self.stage, self.label, self.kept = stored.stage, stored.storage.label, kept
        self._storage, self._terms = stored.storage, terms
        asked = terms.card if stored.storage.kind == "biochar" and terms.card else None
        name = asked or usual_card(stored.storage.kind).id
        self._chosen = next(one for one in kept if one.card.id == name).applied()
        self._deduction = Deduction.of(terms.deduction, self._chosen, stored.storage, run.numbers)

    def entries(self, process: Decimal) -> Iterator[Removal]:
        chosen, card = self._chosen, self._chosen.card
        kept = chosen.kept_kg_co2
        taken_off = (kept * self._deduction.share).quantize(CO2E)
        buffer = ((kept - taken_off) * self._terms.buffer).quantize(CO2E)
        whole: tuple[Decimal, ...] = (chosen.gross_kg_co2, kept, taken_off, buffer, process)
        left, parts = whole, self._parts()
        for number, part in enumerate(parts, start=1):
            # The last takes what rounding left, so that the parts are the whole to the last digit.
            own = left if number == len(parts) else tuple((one * part.share).quantize(CO2E) for one in whole)
            left = tuple(one - taken for one, taken in zip(left, own, strict=True))
            gross, stays, off, aside, emitted = own
            yield Removal(
                kind=self._storage.kind,
                method=self._storage.quantified_by or card.id,
                horizon_years=card.horizon_years,
                permanence_class=card.permanence_class,
                gross_kg_co2=gross,
                permanent_fraction=chosen.fraction,
                kept_kg_co2=stays,
                interval=_scaled(chosen.sample, part.share),
                disagreement=self._disagreement(part.share),
                deduction_kg_co2=off,
                deduction_rule=self._deduction.rule if off else None,
                buffer_kg_co2=aside,
                process_kg_co2e=emitted,
                status=part.status,
                part=part.share,
                owner=self._terms.owner,
                units=part.units,
                baseline=self._storage.baseline,
            )

    def _parts(self) -> tuple[Part, ...]:
        if self._storage.kind == "marine":
            return (Part("disclosed"),)
        if self._storage.lasts or self._storage.baseline is not None:
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
