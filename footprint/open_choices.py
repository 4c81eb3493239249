r"""What the interval would be if choices of method were uncertain too: how co-products share, which method card.

A choice is a discrete number with equal weights. Each draw takes one way for every process that has several, with a
probability of its own by the process's name, and the same draws of everything else as the footprint:

$$ y_d = y\left(x_d, \, w_{p, \lfloor u_{p,d} \, n_p \rfloor}\right) $$

The share of a choice is the variance of the means of its ways (first order): what is left of the spread if the choice
is fixed. Nobody's footprint is this interval: ISO 14067 asks for one way, named. It says how much the naming matters.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from footprint.allocation_keys import ways
from footprint.assessment import Assessment
from footprint.causes import gross_draws
from footprint.engine import solve
from footprint.errors import InputError, Problem
from footprint.removals.kept import by_every_card
from footprint.result import Interval, Model, Share
from footprint.rounding import CO2E, SHARE, decimal
from footprint.uncertainty import interval, probabilities
from lca_models.flows import Allocation, Process
from lca_models.real import Array

MOST_COMBINATIONS = 64
"""Each is a network solved on all draws."""


class OpenChoice(Model):
    """One choice, the ways it may go, and what part of the spread comes from it."""

    of: str
    ways: tuple[str, ...]
    share: Share


class OpenChoices(Model):
    """The gross footprint and what each store keeps, with the choices of method drawn as well."""

    gross: Interval
    choices: tuple[OpenChoice, ...]
    kept: dict[str, Interval]
    """kg CO2 by store of carbon: the method card is drawn among those that apply."""
    cards: tuple[OpenChoice, ...]


def open_choices(assessment: Assessment) -> OpenChoices:
    """The intervals of an assessed product with its choices of method left open.

    Args:
        assessment: the product, solved on its draws.

    Raises:
        InputError: more combinations than can be solved.

    Example:
        >>> from footprint import Setting, load
        >>> from footprint.assess import solved
        >>> season = solved(load("examples/lychee/lychee.toml"), Setting(gwp="AR6-100", draws=256))
        >>> found = open_choices(season)
        >>> [(choice.of, choice.ways) for choice in found.choices]
        [('packhouse', ('mass', 'economic'))]
    """
    taken = _Taken(assessment)
    stores = [_Store(assessment, number) for number in range(len(assessment.central.solution.stored))]
    kept = [store for store in stores if store.samples]
    return OpenChoices(
        gross=interval(taken.gross, CO2E),
        choices=tuple(taken.choices()),
        kept={store.label: interval(store.kept, CO2E) for store in kept},
        cards=tuple(store.choice() for store in kept),
    )


class _Taken:
    """The gross footprint of every draw, each by the ways it drew."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment, run = assessment, assessment.sampled
        needed = run.solution.needed
        self._ways = {
            process.name: open_ways
            for process in run.processes
            if len(process.outputs) > 1 and (open_ways := _ways(process, needed))[1:]
        }
        combinations = prod(map(len, self._ways.values()))
        if combinations > MOST_COMBINATIONS:
            what = f"{combinations} combinations of allocation in {', '.join(self._ways)}"
            fix = "leave choices open in a part of the network"
            raise InputError(Problem("choices", what, f"at most {MOST_COMBINATIONS} are solved", fix))
        self._drawn = {
            name: _drawn(assessment, f"choice.{name}", len(found)) for name, found in self._ways.items()
        }
        self.gross = self._gross()

    def _gross(self) -> Array:
        found, gross = self._assessment, np.array(self._assessment.gross_draws, dtype=float)
        run = found.sampled
        for numbers in product(*(range(len(open_ways)) for open_ways in self._ways.values())):
            here = np.all(
                [self._drawn[name] == n for name, n in zip(self._ways, numbers, strict=True)], axis=0
            )
            if any(numbers) and np.any(here):
                chosen = {name: self._ways[name][n] for name, n in zip(self._ways, numbers, strict=True)}
                solution = solve(run.processes, run.demand, run.numbers, chosen)
                gross[here] = gross_draws(solution, found.characterisation, found.setting.draws)[here]
        return gross

    def choices(self) -> list[OpenChoice]:
        return [
            OpenChoice(of=name, ways=open_ways, share=_share(self._drawn[name], self.gross))
            for name, open_ways in self._ways.items()
        ]


class _Store:
    """One store of carbon, each draw by the card it drew."""

    def __init__(self, assessment: Assessment, number: int) -> None:
        central, sampled = assessment.central, assessment.sampled
        stored = central.solution.stored[number]
        every = by_every_card(stored, sampled.solution.stored[number], central.numbers, sampled.numbers)
        apply = [one for one in every if one.applies and not one.card.apart]
        self.label = stored.storage.label
        self.cards = tuple(one.card.id for one in apply)
        self.samples = (
            [np.broadcast_to(one.sample, assessment.setting.draws) for one in apply] if apply[1:] else []
        )
        self._drawn = _drawn(assessment, f"choice.{self.label}", len(apply))

    @property
    def kept(self) -> Array:
        return np.choose(self._drawn, self.samples)

    def choice(self) -> OpenChoice:
        return OpenChoice(of=self.label, ways=self.cards, share=_share(self._drawn, self.kept))


def _ways(process: Process, needed: Sequence[str]) -> tuple[Allocation, ...]:
    """Those the records allow; not substitution where what displaces something is taken here."""
    displacing = any(output.displaces and output.product in needed for output in process.outputs)
    return tuple(way for way in ways(process) if not (way == "substitution" and displacing))


def _drawn(assessment: Assessment, name: str, ways: int) -> NDArray[np.intp]:
    chance = probabilities(seed=assessment.setting.seed, draws=assessment.setting.draws)(name)
    return np.asarray(np.minimum(chance * ways, ways - 1), dtype=np.intp)


def _share(drawn: NDArray[np.intp], result: Array) -> Decimal:
    whole = float(np.var(result))
    if not whole:
        return decimal(0.0, SHARE)
    means = [(np.mean(drawn == way), np.mean(result[drawn == way])) for way in np.unique(drawn)]
    between = sum(weight * (mean - np.mean(result)) ** 2 for weight, mean in means)
    return decimal(min(float(between / whole), 1.0), SHARE)
