"""Which question a rapid appraisal should ask next, and by how much the answer would narrow it.

Each question is answered on trial and the footprint drawn again, with the same draws for everything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pydantic import Field

from footprint.appraisal_answers import Asked
from footprint.appraised_land import NITROGEN, Land, Sample
from footprint.result import Amount, Model, Share
from footprint.uncertainty import effects, width
from lca_models.activities.nitrogen import Climate
from lca_models.factors import FactorSet
from lca_models.real import Array

_SHARE = Decimal("0.0001")
_WORTH_ASKING = 0.001


class NextQuestion(Model):
    """A question not answered yet, or not surely, and what its answer would do to the width of the interval.

    `narrows_at_least` and `narrows_at_most` are shares of today's width. Where the answers are known (wet or
    dry) each is computed; where they are not, the least is zero and the most is the number held at its value.
    """

    question: str
    how: str
    variance_share: Share = Field(description="first order, of the numbers the answer would settle")
    narrows_at_least: Amount
    narrows_at_most: Amount


def next_questions(land: Land, sampled: Sample, drawn: Array, factors: FactorSet) -> list[NextQuestion]:
    """Every question whose answer would narrow the interval, the one that narrows it most first.

    Args:
        land: the answers so far.
        sampled: the draws.
        drawn: the footprints drawn with them.
        factors: published numbers.
    """
    shares, today = _shares(land, sampled, drawn, factors), width(drawn)
    found = []
    for one in _questions(land, sampled):
        narrowed = [1 - left / today for left in one.widths(factors)] if today else [0.0]
        if max(narrowed) >= _WORTH_ASKING:
            found.append(one.told(shares, narrowed))
    return sorted(found, key=lambda question: (-question.narrows_at_most, question.question))


def _shares(land: Land, sampled: Sample, drawn: Array, factors: FactorSet) -> dict[str, float]:
    numbers = sampled.numbers(factors)
    land.gross(numbers)
    published = [name for name in numbers.reading.factors if factors[name].distribution != "exact"]
    names = (*numbers.reading.sources, *published)
    return effects({name: sampled.source(name) for name in names}, drawn).first()


@dataclass(frozen=True)
class _Question:
    """What could be asked next: the numbers it settles, and the runs with it answered, one way or another."""

    question: str
    how: str
    settles: tuple[str, ...]
    better: list[tuple[Land, Sample]]
    up_to: bool = False

    def widths(self, factors: FactorSet) -> list[float]:
        """Of the interval, for each way it may be answered."""
        return [width(land.gross(sample.numbers(factors))) for land, sample in self.better]

    def told(self, shares: dict[str, float], narrowed: list[float]) -> NextQuestion:
        """The question with what its answer is worth."""
        settled = sum(share for name, share in shares.items() if name.startswith(self.settles))
        return NextQuestion(
            question=self.question,
            how=self.how,
            variance_share=_share(settled),
            narrows_at_least=_share(0.0 if self.up_to else min(narrowed)),
            narrows_at_most=_share(max(narrowed)),
        )


def _questions(land: Land, sampled: Sample) -> Iterator[_Question]:
    asked = land.answers
    if asked.climate == "unknown":
        climates: tuple[Climate, ...] = ("wet", "dry")
        yield _Question(
            "climate: wet or dry?",
            "wet: more rain than evaporation in a year; in the tropics and subtropics above 1000 mm. Say --climate",
            ("n2o.ef1.", "n2o.ef4.", "n2o.frac_leach"),
            [(replace(land, answers=replace(asked, climate=climate)), sampled) for climate in climates],
        )
    for question, how in _ON_PAPER.items():
        if question not in asked.on_paper:
            sure = replace(asked, on_paper=asked.on_paper | {question})
            yield _Question(
                f"{question}, read off paper", how, (question,), [(replace(land, answers=sure), sampled)]
            )
    yield _Question(
        "which nitrogen, from which factory?",
        "name the product in a record (urea, compound, ammonium bicarbonate …), or the maker's own number",
        ("fertiliser.",),
        [(land, sampled.holding(f"{NITROGEN}.manufacture"))],
        up_to=True,
    )
    yield _Question(
        "everything else: fuel, electricity, manure, phosphate, potash, sprays",
        "fill in a record (see examples/lychee/lychee.toml) and assess it",
        (land.rest,),
        [(land, sampled.holding(land.rest))],
        up_to=True,
    )


_ON_PAPER: dict[Asked, str] = {
    "area": "land contract or a map; say --on-paper area",
    "yield": "delivery notes of at least three seasons; say --on-paper yield",
    "nitrogen": "invoices × nitrogen on the bags; say --on-paper nitrogen",
}


def _share(share: float) -> Decimal:
    return Decimal(min(share, 1.0)).quantize(_SHARE) + 0
