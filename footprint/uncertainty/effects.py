r"""What each uncertain number does to the width of a result, read from draws that were made anyway.

The result is written as a sum of effects of one number and of two, each a polynomial in the standard normal
score $z_i = \Phi^{-1}(u_i)$ of the draw (a polynomial chaos expansion):

$$ y \approx \bar y + \sum_i \sum_{k \le 4} c_{ik} h_k(z_i) + \sum_{i<j} \sum_{k+l \le 3} c_{ijkl} h_k(z_i) h_l(z_j) $$

with $h_k = He_k / \sqrt{k!}$ orthonormal, so that squared coefficients are parts of the variance and the
number measured better is the same sum with a smaller $z_i$. No further run of the model is needed.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from footprint.uncertainty.draws import DEFAULT_DRAWS
from footprint.uncertainty.percentiles import width
from lca_models.real import Array

_DEGREE = 4
_FITTED_NUMBERS = 32
_DRAWS_PER_COEFFICIENT = 5
_SWEEPS = 3
_CLEAR = 4.0  # standard errors: of some thousand pairs, hardly one that is not there comes out as clear


@dataclass(frozen=True)
class Effects:
    """The result as a sum of effects of one number and of two.

    Of more than 32 numbers those are in it that move the result most.
    """

    names: tuple[str, ...]
    sample: Array
    basis: Array
    """Orthonormal polynomials of the scores: by number, degree and draw."""
    alone: Array
    """Coefficient of each number and degree."""
    linear_pairs: Array
    """Coefficient of h1 h1 for each two numbers: symmetric, each pair twice."""
    curved_pairs: Array
    """Coefficient of h1 of the number in the row and h2 of the one in the column."""

    def first(self) -> dict[str, float]:
        r"""Share of the variance each number explains alone, largest first.

        $$ S_i = \frac{\sum_k c_{ik}^2}{\mathrm{Var}(y)} $$
        """
        return self._shares(np.sum(self.alone**2, axis=1))

    def total(self) -> dict[str, float]:
        r"""Share of the variance each number has a part in, alone or with another, largest first.

        $$ T_i = S_i + \frac{\sum_{j \ne i} \sum_{kl} c_{ijkl}^2}{\mathrm{Var}(y)} $$
        """
        linear, curved = self.linear_pairs**2, self.curved_pairs**2
        pairs = linear.sum(axis=1) + curved.sum(axis=1) + curved.sum(axis=0)
        return self._shares(np.sum(self.alone**2, axis=1) + pairs)

    def narrowing(self, name: str, *, spread_left: float = 0.0) -> float:
        r"""How much narrower P5 to P95 would be if a number were known better.

        $$ 1 - \frac{W(y - \hat y(z) + \hat y(z'))}{W(y)}, \quad z'_i = s z_i, \quad z'_{j \ne i} = z_j $$

        Args:
            name: of the number.
            spread_left: s, the part of its spread that would stay; 0 when it would be known exactly.

        Returns:
            A share of today's width, never below zero; zero for a number that is not among those fitted.
        """
        today = width(self.sample)
        if not today or name not in self.names:
            return 0.0
        i = self.names.index(name)
        now = self.basis[i]
        change = _hermite(spread_left * now[0], len(now)) - now
        moved = self.alone[i] @ change[: self.alone.shape[1]]
        moved = moved + change[0] * (self.linear_pairs[i] @ self.basis[:, 0])
        moved += change[0] * (self.curved_pairs[i] @ self.basis[:, 1])
        moved += change[1] * (self.curved_pairs[:, i] @ self.basis[:, 0])
        return max(0.0, 1 - width(self.sample + moved) / today)

    def _shares(self, parts: Array) -> dict[str, float]:
        varies = np.ptp(self.sample) > 0
        shares = parts / np.var(self.sample) if varies else np.zeros(len(parts))
        found = {name: min(float(share), 1.0) for name, share in zip(self.names, shares, strict=True)}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def effects(drawn: Mapping[str, Array], sample: Array) -> Effects:
    """The effects of the numbers behind a sample, fitted to at most its first 4096 draws.

    Effects of one number are fitted one after the other, each to what the others leave, in three rounds
    (backfitting); effects of two to what then remains, and kept where they are clear of sampling noise. A
    number with a few values only (`discrete`) has steps that polynomials smooth: its share is understated, of
    two equally likely values by a quarter.

    Args:
        drawn: the probabilities each number was drawn with, by its name.
        sample: the results.

    Source:
        Sudret (2008), Reliability Engineering & System Safety 93:964, equations 27 to 39; Saltelli et al. (2008),
        Global Sensitivity Analysis: The Primer, section 1.2; Hastie, Tibshirani (1990), Generalized Additive
        Models, section 4.4.

    Example:
        >>> from footprint.uncertainty.draws import probabilities
        >>> u = probabilities(seed=1, draws=4096)
        >>> found = effects({"a": u("a"), "b": u("b")}, 3 * u("a") + u("b"))
        >>> {name: round(share, 1) for name, share in found.first().items()}
        {'a': 0.9, 'b': 0.1}
        >>> round(found.narrowing("a"), 1)  # b alone: 0.9 wide, of a and b 2.64
        0.7
    """
    sample = sample[:DEFAULT_DRAWS]
    rest = sample - sample.mean()
    drawn = {name: u[:DEFAULT_DRAWS] for name, u in drawn.items()}
    names = _moving_most(drawn, rest)
    scores = np.array([ndtri(drawn[name]) for name in names]).reshape(len(names), len(rest))
    basis = (
        np.stack([_hermite(score, _DEGREE) for score in scores])
        if names
        else np.empty((0, _DEGREE, len(rest)))
    )
    fitted = _DEGREE if len(rest) >= _DRAWS_PER_COEFFICIENT * _DEGREE * len(names) else 1
    alone, rest = _backfitted(basis[:, :fitted], rest)
    linear, curved = (_clear_pairs(basis[:, 0], basis[:, degree], rest) for degree in (0, 1))
    return Effects(names, sample, basis, alone, linear, curved)


def _moving_most(drawn: Mapping[str, Array], rest: Array) -> tuple[str, ...]:
    moved = {name: abs(float(np.dot(u - 0.5, rest))) for name, u in drawn.items()}
    return tuple(sorted(moved, key=lambda name: (-moved[name], name))[:_FITTED_NUMBERS])


def _hermite(score: Array, degree: int) -> Array:
    """Orthonormal Hermite polynomials of degree 1, 2, … along the first axis."""
    found = [np.ones_like(score), score]
    for k in range(1, degree):
        found.append((score * found[k] - math.sqrt(k) * found[k - 1]) / math.sqrt(k + 1))
    return np.array(found[1:])


def _backfitted(basis: Array, rest: Array) -> tuple[Array, Array]:
    """Coefficients by number and degree, and what they leave unexplained."""
    inverses = [np.linalg.pinv(np.einsum("kn,ln->kl", of_one, of_one)) for of_one in basis]
    found = np.zeros(basis.shape[:2])
    for _ in range(_SWEEPS):
        for i, of_one in enumerate(basis):
            change = inverses[i] @ np.einsum("kn,n->k", of_one, rest)
            found[i] += change
            rest = rest - np.einsum("k,kn->n", change, of_one)
    return found, rest


def _clear_pairs(one: Array, other: Array, rest: Array) -> Array:
    # Not a matrix product: its threads cost more than they give here, and may sum in another order.
    found = np.einsum("in,jn->ij", one * rest, other) / len(rest)
    np.fill_diagonal(found, 0.0)
    return np.where(np.abs(found) > _CLEAR * np.std(rest) / np.sqrt(len(rest)), found, 0.0)
