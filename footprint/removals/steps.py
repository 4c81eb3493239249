"""The steps from what was stored to what is left of it, at central values and over the draws."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from footprint.characterisation import Characterisation
from footprint.removals.chain import Way, chain, emitted
from footprint.removals.deductions import Deduction
from footprint.removals.kept import Kept
from footprint.removals.ledger import Store
from footprint.removals.statement import Said, SentenceName, Step, StepName
from footprint.result import Interval
from footprint.rounding import CO2E, decimal
from footprint.run import Run
from footprint.uncertainty import interval
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.flows import Otherwise
from lca_models.real import Array, Real


@dataclass(frozen=True, slots=True)
class Drawn:
    """An amount at central values and over the draws, kg CO2e."""

    central: float
    sample: Array

    def __neg__(self) -> "Drawn":
        """Taken off."""
        return Drawn(-self.central, -self.sample)

    def __add__(self, other: "Drawn") -> "Drawn":
        """Draw by draw."""
        return Drawn(self.central + other.central, self.sample + other.sample)

    def times(self, factor: float) -> "Drawn":
        """So much of it."""
        return Drawn(self.central * factor, self.sample * factor)

    def told(self, quantity: float) -> tuple[Decimal, Interval]:
        """For a quantity, rounded once."""
        ends = interval(self.sample * quantity, CO2E)
        # No minus sign in front of a nothing.
        plain = Interval(p5=ends.p5 + 0, p50=ends.p50 + 0, p95=ends.p95 + 0)
        return decimal(self.central * quantity, CO2E), plain


@dataclass(frozen=True, slots=True)
class Taken:
    """One step, per declared unit; what takes off is negative."""

    name: StepName
    amount: Drawn
    ground: Said
    stage: str | None = None

    def told(self, quantity: float) -> Step:
        """The step of a quantity."""
        kg, ends = self.amount.told(quantity)
        return Step(name=self.name, stage=self.stage, kg_co2e=kg, interval=ends, ground=self.ground)


@dataclass(frozen=True)
class Accounts:
    """Everything that is charged to one store, by both runs."""

    store: Store
    central: Run
    sampled: Run
    characterisation: Characterisation
    draws: int

    def after(self, kept: Kept, deduction: Deduction, buffer: Decimal) -> Iterator[Taken]:
        """What a method of permanence, the deduction and the buffer take off.

        Args:
            kept: the store by that method.
            deduction: what the rule takes off it.
            buffer: share set aside of what is left then.
        """
        still = self.still_there(kept)
        taken_off = still.times(float(deduction.share))
        yield Taken("decay", still + -self.gross(), self._decay_ground(kept))
        yield Taken("deduction", -taken_off, _deduction_ground(deduction))
        aside = (still + -taken_off).times(float(buffer))
        yield Taken("buffer", -aside, _buffer_ground(buffer))

    def before(self) -> Iterator[Taken]:
        """What no method of permanence changes: stored, what would be there anyway, what was emitted."""
        yield Taken("gross", self.gross(), self._gross_ground())
        otherwise = self.store.storage.otherwise
        if otherwise is not None:
            ground = Said(sentence="still_there", values={"fate": FATES[otherwise.fate]})
            yield Taken("baseline", -self._baseline(), ground)
            yield Taken("leakage", -self.leakage(), _way_ground(self._ways_beside("caused")[0]))
        yield from self.process()

    def gross(self) -> Drawn:
        """Carbon stored, as CO2."""
        return self._drawn(self.store.central.carbon_kg * CO2_PER_C, self.store.sampled.carbon_kg * CO2_PER_C)

    def process(self) -> Iterator[Taken]:
        """Emitted on the way, by stage; of stores that last, because nothing else is run for them."""
        if not self.store.storage.lasts:
            return
        central = chain(self.central, self.store.central.running, self.characterisation)
        sampled = chain(self.sampled, self.store.sampled.running, self.characterisation)
        for stage, way in central.items():
            amount = self._drawn(way.kg_co2e, sampled[stage].kg_co2e)
            yield Taken("process", -amount, _way_ground(way), stage)

    def leakage(self) -> Drawn:
        """What others emit because the feedstock is gone."""
        return self._beside("caused")

    def avoided(self) -> tuple[Drawn, Way]:
        """What is not emitted because of it, and by what causes."""
        return self._beside("avoided"), self._ways_beside("avoided")[0]

    def _beside(self, flows: str) -> Drawn:
        central, sampled = self._ways_beside(flows)
        return self._drawn(central.kg_co2e, sampled.kg_co2e)

    def _ways_beside(self, flows: str) -> tuple[Way, Way]:
        sides = ((self.central, self.store.central), (self.sampled, self.store.sampled))
        central, sampled = (
            emitted(
                getattr(_otherwise(stored.storage.otherwise), flows),
                run,
                stored.running,
                self.characterisation,
            )
            for run, stored in sides
        )
        return central, sampled

    def _baseline(self) -> Drawn:
        central, sampled = (
            _otherwise(stored.storage.otherwise).stored_carbon_kg * stored.running.activity * CO2_PER_C
            for stored in (self.store.central, self.store.sampled)
        )
        return self._drawn(central, sampled)

    def still_there(self, kept: Kept) -> Drawn:
        """What a method finds at its horizon."""
        return Drawn(self.gross().central * float(kept.fraction), self._over_draws(kept.sample))

    def _drawn(self, central: Real, sampled: Real) -> Drawn:
        return Drawn(float(central), self._over_draws(sampled))

    def _over_draws(self, amount: Real) -> Array:
        return np.broadcast_to(np.asarray(amount, dtype=float), (self.draws,))

    def _gross_ground(self) -> Said:
        storage = self.store.storage
        if storage.kind in _STORED:
            return Said(sentence=_STORED[storage.kind])
        return Said(sentence="stock_change", values={"model": str(storage.quantified_by)})

    def _decay_ground(self, kept: Kept) -> Said:
        card, char = kept.card, self.store.storage.char
        values = {
            "card": card.id,
            "left": f"{kept.fraction.normalize():f}",
            "years": str(card.horizon_years),
            "source": card.source,
        }
        if char is None or "soil_temperature" not in card.needs:
            return Said(sentence="decay", values=values)
        soil = {"soil_c": f"{float(char.soil_temperature_c):.4g}"}
        return Said(sentence="decay_in_soil", values=values | soil)


_STORED: Mapping[str, SentenceName] = {
    "biochar": "carbonised",
    "geological": "captured",
    "marine": "harvested",
}
FATES = {"left": "left to rot", "burnt": "burnt in the open", "fuel": "used as fuel"}


def _otherwise(given: Otherwise | None) -> Otherwise:
    assert given is not None, "asked by the caller"  # noqa: S101
    return given


def _way_ground(way: Way) -> Said:
    if not way.labels:
        return Said(sentence="nothing_emitted")
    return Said(sentence="emitted", causes=way.labels, factors=way.factors)


def _deduction_ground(deduction: Deduction) -> Said:
    values = {"rule": deduction.rule, "share": f"{deduction.share.normalize():f}"}
    return Said(sentence="rule", values=values)


def _buffer_ground(buffer: Decimal) -> Said:
    if not buffer:
        return Said(sentence="no_buffer")
    return Said(sentence="buffer", values={"share": f"{(buffer * 100).normalize():f}"})
