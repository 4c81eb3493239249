"""Rapid appraisal: a footprint at the farm gate from five questions, wide and honest about it.

Crop, region, area, yield, nitrogen. The nitrogen is computed as anywhere else (IPCC equations, manufacture at
the national average); everything else a farm does is one published number per hectare with a wide interval.
The result says which question to answer next, and by how much the answer would narrow it.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from footprint.appraisal_answers import Answers
from footprint.appraised_land import Land, Sample, kind_of
from footprint.characterisation import Characterisation
from footprint.engine import Entry
from footprint.next_questions import NextQuestion, next_questions
from footprint.provenance import ENGINE, used_factor
from footprint.result import Amount, Contribution, Interval, Model, Sampling, Share, UsedFactor
from footprint.uncertainty import DEFAULT_DRAWS, DEFAULT_SEED, interval, probabilities, sampling
from lca_models.factors import Factor, FactorSet, shipped_factors
from lca_models.numbers import Numbers

_CO2E = Decimal("0.000001")
_SHARE = Decimal("0.0001")
_NOTES = (
    "For choosing what to find out next; a label or a passport needs a record.",
    "Yield is what was sold, the mean of several seasons where trees bear in alternate years.",
    "Nitrogen is N, not product: 100 kg of urea hold 46.",
    "Land-use change, soil carbon, growth of the trees and everything after the farm gate are not in it.",
)


class Appraisal(Model):
    """A rough footprint of one kilogram at the farm gate."""

    schema_version: Literal["1"] = "1"
    engine: str
    crop: str
    kind: str
    region: str
    climate: str
    area_ha: Amount
    yield_kg_per_ha: Amount
    nitrogen_kg_per_ha: Amount
    gwp: str
    functional_unit: str
    boundary: Literal["cradle to farm gate"] = "cradle to farm gate"
    gross_kg_co2e: Amount
    interval: Interval
    gross_kg_co2e_per_ha: Amount
    causes: tuple[Contribution, ...]
    unverified_share: Share
    next_questions: tuple[NextQuestion, ...] = Field(description="largest variance share first")
    declared_defaults: tuple[str, ...]
    notes: tuple[str, ...]
    factors: tuple[UsedFactor, ...]
    factors_digest: str = Field(description="of all published numbers in force")
    sampling: Sampling

    @model_validator(mode="after")
    def _closes(self) -> Self:
        if sum(cause.kg_co2e for cause in self.causes) != self.gross_kg_co2e:
            raise ValueError("the causes do not add up to the footprint")
        return self


def appraise(
    answers: Answers,
    *,
    gwp: str | None,
    factors: FactorSet | None = None,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
) -> Appraisal:
    """The rough footprint, and which question to answer next.

    Args:
        answers: the five questions and the climate.
        gwp: warming potentials; there is no default.
        factors: published numbers; the shipped ones when not given.
        draws: Monte Carlo draws.
        seed: of the draws.

    Raises:
        FootprintError: a crop this appraisal does not know, or an answer that cannot be used.
    """
    factors = factors or shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    land = Land(answers, kind_of(answers.crop, factors), characterisation)
    central, sampled = Numbers(factors), Sample(probabilities(seed=seed, draws=draws))
    entries = land.entries(central)
    drawn = land.gross(sampled.numbers(factors))
    causes = tuple(_causes(entries, characterisation))
    gross = sum((cause.kg_co2e for cause in causes), Decimal(0))
    area = answers.area.to("ha")
    per_ha = float(answers.harvest.kg(area_ha=area)) / area
    return Appraisal(
        engine=ENGINE,
        crop=answers.crop,
        kind=land.kind,
        region=answers.region,
        climate=answers.climate,
        area_ha=_rounded(area),
        yield_kg_per_ha=_rounded(per_ha),
        nitrogen_kg_per_ha=_rounded(float(answers.nitrogen.kg(area_ha=area)) / area),
        gwp=characterisation.name,
        functional_unit=f"1 kg {answers.crop} at the farm gate",
        gross_kg_co2e=gross,
        interval=interval(drawn, _CO2E),
        gross_kg_co2e_per_ha=_rounded(float(gross) * per_ha),
        causes=causes,
        unverified_share=_unverified(causes, central.reading.factors),
        next_questions=tuple(next_questions(land, sampled, drawn, factors)),
        declared_defaults=tuple(f"{asked}: {used}" for asked, used in central.reading.defaults.items()),
        notes=_NOTES,
        factors=tuple(_used(entries, characterisation, central.reading.factors)),
        factors_digest=factors.digest,
        sampling=sampling(drawn, seed=seed, places=_CO2E),
    )


def _causes(entries: tuple[Entry, ...], characterisation: Characterisation) -> list[Contribution]:
    found = [
        Contribution(
            label=entry.label,
            stage=entry.stage,
            kg_co2e=_rounded(float(entry.kg) * characterisation.co2e_per_kg(entry.substance)),
            factors=entry.factors,
        )
        for entry in entries
    ]
    return sorted(found, key=lambda cause: (-cause.kg_co2e, cause.label))


def _used(
    entries: tuple[Entry, ...], characterisation: Characterisation, read: dict[str, Factor]
) -> Iterator[UsedFactor]:
    potentials = {f"gwp.{characterisation.name}.{entry.substance}" for entry in entries}
    known = characterisation.factors.factors
    used = read | {name: known[name] for name in potentials if name in known}
    yield from (used_factor(used[name]) for name in sorted(used))


def _unverified(causes: tuple[Contribution, ...], used: dict[str, Factor]) -> Decimal:
    total = sum(cause.kg_co2e for cause in causes)
    open_ones = [c.kg_co2e for c in causes if any(f in used and not used[f].verified for f in c.factors)]
    return (sum(open_ones, Decimal(0)) / total).quantize(_SHARE) if total else Decimal(0)


def _rounded(amount: float) -> Decimal:
    return Decimal(amount).quantize(_CO2E) + 0
