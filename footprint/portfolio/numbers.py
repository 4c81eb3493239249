"""The numbers of many products at once: their answers along the first axis, the draws along the last."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from lca_models.factors import Factor, FactorSet
from lca_models.numbers import Numbers
from lca_models.real import Array, Real
from lca_models.units import Quantity


class Draws:
    """The draws of one run, made once: each factor and each answer moves alike in all products.

    Args:
        probabilities: of each uncertain number, by its name.
        draws: how many of each.
    """

    def __init__(self, probabilities: Callable[[str], Array], draws: int) -> None:
        self.count = draws
        self.probabilities = cache(probabilities)
        self.factors: dict[str, Real] = {}
        self.noise: dict[tuple[str, float], Array] = {}


class SideBySide(Numbers):
    """The numbers of products of one shape; each answer is a column with a row for each product.

    Args:
        factors: published numbers.
        answers: of each amount of the first product, that amount in all of them.
        draws: shared by all products of the run; central values when not given.
    """

    def __init__(
        self, factors: FactorSet, answers: Sequence[tuple[Quantity, ...]], draws: Draws | None = None
    ) -> None:
        super().__init__(factors, draws.probabilities if draws else None)
        self._draws = draws
        # An amount is known by which object it is: two answers of "2 t" are two answers.
        self._answers = {id(amounts[0]): amounts for amounts in answers}
        self._columns: dict[tuple[int, str], Real] = {}

    def take(self, factor: Factor) -> Real:
        """As of one product; its draws are made once for all."""
        if self._draws is None:
            return super().take(factor)
        self.reading.factors[factor.id] = factor
        if factor.id not in self._draws.factors:
            self._draws.factors[factor.id] = super().take(factor)
        return self._draws.factors[factor.id]

    def central(self, amount: Quantity, unit: str) -> Real:
        """The amount of every product, one below the other; one number where all say the same.

        What all products answer alike is then computed once for all: the same operations, hence the same digits.
        """
        key = (id(amount), unit)
        if key not in self._columns:
            self._columns[key] = _column(self._answers[id(amount)], unit)
        return self._columns[key]

    def spread(self, name: str, sigma: float) -> Array:
        """The factor by which an answer strays at each draw, made once for all."""
        if self._draws is None:
            return super().spread(name, sigma)
        if (name, sigma) not in self._draws.noise:
            self._draws.noise[name, sigma] = super().spread(name, sigma)
        return self._draws.noise[name, sigma]


def _column(amounts: Sequence[Quantity], unit: str) -> Real:
    first = amounts[0]
    if all(amount is first or amount == first for amount in amounts):
        return first.to(unit)
    return np.array([amount.to(unit) for amount in amounts])[:, None]
