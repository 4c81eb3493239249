"""One store of carbon by every published method: what is still there at the horizon of each."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from footprint.engine import Stored
from footprint.errors import FootprintError, InputError
from footprint.removals.card import Card, cards
from footprint.removals.rules import share_left
from footprint.result import ByCard
from footprint.rounding import CO2E, decimal
from footprint.uncertainty import interval
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.errors import ValidityError
from lca_models.numbers import Numbers
from lca_models.real import Array


@dataclass(frozen=True, slots=True)
class Kept:
    """One store by one card; `error` when the card does not apply."""

    card: Card
    gross_kg_co2: Decimal
    fraction: Decimal
    sample: Array
    """kg CO2 kept, of every draw."""
    error: FootprintError | None = None

    @property
    def applies(self) -> bool:
        """Whether the card says anything about this store."""
        return self.error is None

    @property
    def kept_kg_co2(self) -> Decimal:
        """Still there at the horizon."""
        return (self.gross_kg_co2 * self.fraction).quantize(CO2E)

    def applied(self) -> "Kept":
        """Itself.

        Raises:
            FootprintError: the card does not apply; its rule is cited.
        """
        if self.error is not None:
            raise self.error
        return self

    def told(self, store: str) -> ByCard:
        """As the result prints it."""
        about = {
            "store": store,
            "card": self.card.id,
            "horizon_years": self.card.horizon_years,
            "permanence_class": self.card.permanence_class,
        }
        if self.error is not None:
            why = "; ".join(f"{one.what}: {one.why}" if one.why else one.what for one in self.error.problems)
            return ByCard(**about, permanent_fraction=None, kept_kg_co2=None, interval=None, refused=why)
        return ByCard(
            **about,
            permanent_fraction=self.fraction,
            kept_kg_co2=self.kept_kg_co2,
            interval=interval(self.sample, CO2E),
        )


def by_every_card(central: Stored, sampled: Stored, middle: Numbers, draws: Numbers) -> tuple[Kept, ...]:
    """A store by each card that is for it, in the order of the cards.

    Args:
        central: the store at central values.
        sampled: the same store over the draws.
        middle: the central values.
        draws: the draws.
    """
    return tuple(_by(card, central, sampled, middle, draws) for card in cards(central.storage.kind))


def _by(card: Card, central: Stored, sampled: Stored, middle: Numbers, draws: Numbers) -> Kept:
    gross = decimal(float(central.carbon_kg) * CO2_PER_C, CO2E)
    try:
        fraction = share_left(card, central.storage, middle)
        drawn = share_left(card, sampled.storage, draws)
    except (InputError, ValidityError) as error:
        return Kept(card, gross, Decimal(0), np.zeros(1), error)
    sample = np.atleast_1d(np.asarray(sampled.carbon_kg * CO2_PER_C * drawn, dtype=float))
    return Kept(card, gross, decimal(float(fraction), CO2E), sample)
