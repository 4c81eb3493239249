"""Draws of a background, four from the same random words: drawn where they count, and nowhere larger than is told.

To draw a quarter of a million exchanges costs more than to solve what a product takes. But nearly all of them only
stand in the proof of that solution, and there it is enough to know what they do not exceed. The radius of a word of
Box and Muller (`normals`) says that of its four scores: one system, made of radii, is as large as each of the four
draws, and only the few hundred processes that count are drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from footprint.background.hashed import AnyArray
from footprint.background.normals import TOGETHER, fours, members, pair, turned, words
from footprint.background.pack import Pack
from footprint.background.part import Part
from footprint.background.spreads import Amounts, uncertain
from footprint.background.system import Structure, System
from lca_models.real import Array

Draw = tuple[Array, Array]
"""An amount for every exchange of the technosphere and of the emissions, in the order of the pack."""


class Tables:
    """The uncertain numbers of a background and their streams.

    Args:
        pack: the background.
        structure: of the pack.
        seed: of all streams.
    """

    def __init__(self, pack: Pack, structure: Structure, seed: int) -> None:
        self.structure, self._seed = structure, seed
        self.amounts = Amounts(pack.technosphere), Amounts(pack.emissions)
        own = pack.technosphere.taken(structure.own)
        self.own = Amounts(own)
        self.certain_net = None if len(uncertain(own)) else structure.net(own.amount)
        self._names = pack.stream("t"), pack.stream("b")

    def fours(self, *, draws: int, first: int = 0) -> "Iterator[Four]":
        """Some draws, up to four at a time.

        Args:
            draws: how many.
            first: number of the first one.
        """
        for number in fours(first, draws):
            technosphere, emissions = (
                words(name, count=len(amounts), seed=self._seed, four=number)
                for name, amounts in zip(self._names, self.amounts, strict=True)
            )
            yield Four(self, members(number, first, draws), technosphere, emissions)


@dataclass(frozen=True)
class Four:
    """Four draws of which some are asked for."""

    tables: Tables
    asked: range
    """Which of the four,"""
    technosphere: AnyArray
    """the words of its exchanges,"""
    emissions: AnyArray
    """and of its emissions."""

    @cached_property
    def at_most(self) -> System:
        """As large as each of the four.

        Raises:
            NetworkError: on one of them a process uses up its own product.
        """
        technosphere, emissions = (
            amounts.at_most(drawn)
            for amounts, drawn in zip(self.tables.amounts, (self.technosphere, self.emissions), strict=True)
        )
        return self.tables.structure.at_most(self._least_net(), technosphere, emissions)

    def _least_net(self) -> Array:
        """The least that each process makes on the four draws."""
        tables, structure = self.tables, self.tables.structure
        if tables.certain_net is not None:
            return tables.certain_net
        own = pair(self.technosphere[structure.own])
        nets = [structure.net(tables.own.at(turned(own, member))) for member in range(TOGETHER)]
        return np.asarray(np.sign(nets[0]) * np.abs(nets).min(axis=0))

    def of(self, part: Part) -> System:
        """The draws of a part, all four."""
        technosphere, emissions = (
            np.concatenate([turned(both, member) for member in range(TOGETHER)])
            for both in (
                pair(self.technosphere[part.technosphere_places]),
                pair(self.emissions[part.emission_places]),
            )
        )
        return part.drawn(technosphere, emissions)

    def amounts(self, member: int) -> Draw:
        """One of the four, whole."""
        technosphere, emissions = (
            amounts.at(turned(both, member))
            for amounts, both in zip(self.tables.amounts, self._pairs, strict=True)
        )
        return technosphere, emissions

    def whole(self, member: int) -> System:
        """One of the four."""
        return self.tables.structure.filled(*self.amounts(member))

    @cached_property
    def _pairs(self) -> tuple[Array, Array]:
        return pair(self.technosphere), pair(self.emissions)
