"""Makes the removal statement of an assessed product, for one unit of it or for a batch."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from footprint.errors import InputError, Problem
from footprint.provenance import ENGINE
from footprint.removals.card import card as find_card
from footprint.removals.deductions import Deduction
from footprint.removals.evidence import evidence
from footprint.removals.kept import Kept
from footprint.removals.ledger import Store
from footprint.removals.statement import (
    Avoided,
    CardRow,
    Owned,
    Said,
    Statement,
    Step,
    StepName,
    StoreStatement,
)
from footprint.removals.steps import FATES, Accounts, Drawn, Taken
from footprint.result import DeclaredUnit, Disagreement
from footprint.rounding import CO2E
from lca_models.numbers import Numbers
from lca_models.units import Quantity

if TYPE_CHECKING:
    from footprint.assessment import Assessment

CLAIMED: tuple[StepName, ...] = ("gross", "decay", "deduction", "buffer")
"""What a product claims: the emissions on the way are inside its gross footprint, and are not charged twice."""


def state(assessment: "Assessment", quantity: Quantity | None = None, shown: Sequence[str] = ()) -> Statement:
    """The statement of a product, per declared unit or for a quantity of it.

    Args:
        assessment: the product, solved.
        quantity: of the product; one declared unit when left out.
        shown: method cards to set side by side; all that are for the store when none is named.

    Raises:
        FootprintError: an unknown card, a quantity that is not of the product, a method that does not apply.
    """
    for name in shown:
        find_card(name)
    about, gross = assessment.system.product, assessment.gross_ledger()
    amount = _amount(quantity, assessment.central.unit)
    stores = assessment.removals.stores
    return Statement(
        engine=ENGINE,
        product=about.name,
        producer=about.producer,
        place=assessment.route.place,
        quantity=DeclaredUnit(amount=amount, unit=assessment.central.unit),
        period_start=about.season_start.isoformat(),
        period_end=about.season_end.isoformat(),
        gwp=assessment.characterisation.name,
        terms=str(assessment.setting.terms),
        gross_footprint_kg_co2e=(gross.total_kg_co2e * amount).quantize(CO2E),
        stores=tuple(_StoreTold(assessment, store, float(amount), shown).statement() for store in stores),
        draws=assessment.setting.draws,
        seed=assessment.setting.seed,
        digests=assessment.digests(),
    )


def _amount(quantity: Quantity | None, unit: str) -> Decimal:
    if quantity is None:
        return Decimal(1)
    amount = Decimal(repr(quantity.to(unit)))
    if amount <= 0:
        what, fix = f"is {quantity}", f"say how much of the product, e.g. 2600 {unit}"
        raise InputError(Problem("quantity", what, "a statement is of something", fix))
    return amount


class _StoreTold:
    """One store on its way into words and rounded numbers."""

    def __init__(self, assessment: "Assessment", store: Store, quantity: float, shown: Sequence[str]) -> None:
        self.store, self.terms, self.quantity, self.shown = store, assessment.setting.terms, quantity, shown
        self.numbers: Numbers = assessment.central.numbers
        self.accounts = Accounts(
            store,
            assessment.central,
            assessment.sampled,
            assessment.characterisation,
            assessment.setting.draws,
        )
        self.before = tuple(self.accounts.before())

    def statement(self) -> StoreStatement:
        store, card = self.store, self.store.chosen.card
        taken = self._taken(store.chosen, store.deduction)
        steps = tuple(one.told(self.quantity) for one in taken)
        rows = tuple(self._row(kept) for kept in store.kept)
        return StoreStatement(
            store=store.label,
            kind=store.storage.kind,
            method=store.storage.quantified_by or card.id,
            card=card.id,
            horizon_years=card.horizon_years,
            permanence_class=card.permanence_class,
            steps=steps,
            net_kg_co2e=_net(steps),
            net_interval=_sum(taken).told(self.quantity)[1],
            parts=tuple(self._parts(steps)),
            by_card=tuple(row for row in rows if not self.shown or row.card in self.shown),
            disagreement=_disagreement(rows, "kept_kg_co2"),
            net_disagreement=_disagreement(rows, "net_kg_co2e"),
            evidence=tuple(evidence(store.chosen, store.storage, self.numbers.reading)),
            counterfactual=self._counterfactual(),
            avoided=tuple(self._avoided()),
            notes=tuple(self._notes()),
        )

    def _taken(self, kept: Kept, deduction: Deduction) -> tuple[Taken, ...]:
        return (*self.before, *self.accounts.after(kept, deduction, self.terms.buffer))

    def _row(self, kept: Kept) -> CardRow:
        about = kept.told(self.store.label)
        told = about.model_dump(exclude={"kept_kg_co2", "interval"}) | {
            "name": kept.card.name,
            "apart": kept.card.apart,
        }
        if not kept.applies:
            return CardRow(**told, kept_kg_co2=None, interval=None, net_kg_co2e=None, net_interval=None)
        deduction = Deduction.of(self.terms.deduction, kept, self.store.storage, self.numbers)
        taken = self._taken(kept, deduction)
        still, ends = self.accounts.still_there(kept).told(self.quantity)
        return CardRow(
            **told,
            kept_kg_co2=still,
            interval=ends,
            net_kg_co2e=_net([one.told(self.quantity) for one in taken]),
            net_interval=_sum(taken).told(self.quantity)[1],
        )

    def _parts(self, steps: Sequence[Step]) -> Iterator[Owned]:
        """The last part takes what rounding left, so that the parts are the whole to the last digit."""
        claimable = sum((one.kg_co2e for one in steps if one.name in CLAIMED), Decimal(0))
        whole = (max(claimable, Decimal(0)), max(_net(steps), Decimal(0)))
        left, parts = whole, self.store.parts()
        for number, part in enumerate(parts, start=1):
            own = left if number == len(parts) else tuple((one * part.share).quantize(CO2E) for one in whole)
            left = (left[0] - own[0], left[1] - own[1])
            yield Owned(
                status=part.status,
                part=part.share,
                owner=self.terms.owner_of(part),
                units=None if part.units is None else str(part.units),
                on_product_kg_co2=own[0] if part.status == "on_product" else Decimal(0),
                as_units_kg_co2e=own[1] if part.status in ("sold", "retired") else Decimal(0),
            )

    def _counterfactual(self) -> Said:
        storage = self.store.storage
        if storage.otherwise is not None:
            return Said(sentence="would_have_been", values={"fate": FATES[storage.otherwise.fate]})
        if storage.baseline:
            return Said(sentence="compared_with", values={"baseline": storage.baseline})
        return Said(sentence="unstated" if storage.lasts else "no_baseline")

    def _avoided(self) -> Iterator[Avoided]:
        if self.store.storage.otherwise is None or not self.store.storage.otherwise.avoided:
            return
        amount, way = self.accounts.avoided()
        kg, ends = amount.told(self.quantity)
        yield Avoided(what=way.labels, kg_co2e=kg, interval=ends)

    def _notes(self) -> Iterator[Said]:
        if self.store.storage.kind == "marine":
            yield Said(sentence="marine")
        elif not self.store.storage.lasts:
            yield Said(sentence="temporary")


def _sum(taken: Sequence[Taken]) -> Drawn:
    first, *others = (one.amount for one in taken)
    return sum(others, first)


def _net(steps: Sequence[Step]) -> Decimal:
    return sum((step.kg_co2e for step in steps), Decimal(0))


def _disagreement(rows: Sequence[CardRow], of: Literal["kept_kg_co2", "net_kg_co2e"]) -> Disagreement | None:
    found = [getattr(row, of) for row in rows if row.refused is None and not row.apart]
    if len(found) < 2:
        return None
    return Disagreement(low_kg_co2=min(found), high_kg_co2=max(found), cards=len(found))
