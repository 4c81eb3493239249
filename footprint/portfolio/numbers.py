"""The numbers of many products at once: their answers along the first axis, the draws along the last."""

from collections.abc import Sequence

import numpy as np

from footprint.uncertainty.shared import DrawnOnce, Draws
from lca_models.factors import FactorSet
from lca_models.real import Real
from lca_models.units import Quantity


class SideBySide(DrawnOnce):
    """The numbers of products of one shape; each answer is a column with a row for each product.

    Args:
        factors: published numbers.
        answers: of each amount of the first product, that amount in all of them.
        draws: shared by all products of the run; central values when not given.
    """

    def __init__(
        self, factors: FactorSet, answers: Sequence[tuple[Quantity, ...]], draws: Draws | None = None
    ) -> None:
        super().__init__(factors, draws)
        # An amount is known by which object it is: two answers of "2 t" are two answers.
        self._answers = {id(amounts[0]): amounts for amounts in answers}
        self._columns: dict[tuple[int, str], Real] = {}

    def central(self, amount: Quantity, unit: str) -> Real:
        """The amount of every product, one below the other; one number where all say the same.

        What all products answer alike is then computed once for all: the same operations, hence the same digits.
        """
        key = (id(amount), unit)
        if key not in self._columns:
            self._columns[key] = _column(self._answers[id(amount)], unit)
        return self._columns[key]


def _column(amounts: Sequence[Quantity], unit: str) -> Real:
    first = amounts[0]
    if all(amount is first or amount == first for amount in amounts):
        return first.to(unit)
    return np.array([amount.to(unit) for amount in amounts])[:, None]
