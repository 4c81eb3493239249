"""Nitrous oxide of a piece of land from everything nitrogenous put on it; shared by all that grows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lca_models.equations import n2o
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real, total

Climate = Literal["wet", "dry", "unknown"]
"""Wet: more rain than evaporation (tropics: above 1000 mm a year). Unknown is a declared default."""

IrrigationMethod = Literal["drip", "sprinkler", "furrow", "flood"]
"""How water is brought to a crop: with drip lines nothing leaches in a dry climate, otherwise it does."""

Treatment = Literal["nitrification inhibitor", "polymer coating"]
"""What slows a fertiliser down; only what a meta-analysis gives a factor for."""

_EF1: dict[Climate, tuple[str, str]] = {
    "wet": ("n2o.ef1.synthetic.wet", "n2o.ef1.other.wet"),
    "dry": ("n2o.ef1.all.dry", "n2o.ef1.all.dry"),
    "unknown": ("n2o.ef1.aggregated", "n2o.ef1.aggregated"),
}
_EF4: dict[Climate, str] = {"wet": "n2o.ef4.wet", "dry": "n2o.ef4.dry", "unknown": "n2o.ef4.aggregated"}
_AVOIDED: dict[Treatment, str] = {
    "nitrification inhibitor": "n2o.reduction.nitrification_inhibitor",
    "polymer coating": "n2o.reduction.polymer_coated",
}
# Under water other trials count: methane is the paddy's, here is only what they say of N2O.
_AVOIDED_FLOODED: dict[Treatment, str] = {
    "nitrification inhibitor": "n2o.reduction.rice.nitrification_inhibitor",
    "polymer coating": "n2o.reduction.rice.polymer_coated",
}
# An inhibitor keeps nitrogen longer as ammonium: more of it leaves as ammonia.
_MORE_AMMONIA = "n2o.nh3_increase.nitrification_inhibitor"


@dataclass(frozen=True, slots=True)
class Nitrogen:
    """Nitrogen from one answer, kg N, with the share of it that volatilises (`None`: none does).

    `also` and `factors` name the other answers and the factors the amount was computed with.
    """

    answer: str
    kg: Real
    frac_volatilised: str | None
    treatment: Treatment | None = None
    also: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()


def field_n2o(
    numbers: Numbers,
    climate: Climate,
    *,
    synthetic: Sequence[Nitrogen],
    organic: Sequence[Nitrogen],
    organic_is: str = "manure and prunings",
    irrigated: bool = False,
    ef1_flooded: str | None = None,
) -> Iterator[Emission]:
    """Direct and indirect N2O: IPCC 2019 Refinement V4 Ch11, Equations 11.1, 11.9 and 11.10.

    Nitrogen leaches in wet climates, and in dry ones under irrigation other than drip (Table 11.3). Where
    nobody knows the climate, the factors aggregated over climates are used, leaching is counted, and the
    result declares it.

    Args:
        numbers: central values or draws.
        climate: wet, dry or unknown.
        synthetic: nitrogen from bags.
        organic: nitrogen from manure, residues and soil organic matter.
        organic_is: what that is, for the label.
        irrigated: with more water than drip lines give.
        ef1_flooded: the direct factor of flooded rice, in place of those of the climate.
    """
    ef1_synthetic, ef1_other = (ef1_flooded, ef1_flooded) if ef1_flooded else _EF1[climate]
    if climate == "unknown":
        numbers.declare("wet or dry climate", _EF4[climate] if ef1_flooded else ef1_synthetic)
    avoided = _AVOIDED_FLOODED if ef1_flooded else _AVOIDED
    yield from _fertilised(numbers, synthetic, ef1_synthetic, avoided)
    yield _direct(numbers, organic, ef1_other, f"N2O from {organic_is} in the soil")
    yield _volatilised(numbers, [*synthetic, *organic], _EF4[climate])
    if irrigated or climate != "dry":
        yield _leached(numbers, [*synthetic, *organic])


def lost_kg(numbers: Numbers, inputs: Sequence[Nitrogen], *, leaches: bool) -> Real:
    """Nitrogen that left as ammonia and nitrogen oxides, and by leaching, kg N: Equations 11.9 and 11.10.

    Args:
        numbers: central values or draws.
        inputs: nitrogen put on the land.
        leaches: whether nitrogen leaches here.
    """
    gone = _volatilised_kg(numbers, inputs)
    if not leaches:
        return gone
    return gone + total(n.kg for n in inputs) * numbers.factor("n2o.frac_leach")


def _fertilised(
    numbers: Numbers, inputs: Sequence[Nitrogen], ef1: str, avoided: Mapping[Treatment, str]
) -> Iterator[Emission]:
    yield _direct(numbers, [n for n in inputs if n.treatment is None], ef1, "N2O from fertiliser in the soil")
    for treatment in dict.fromkeys(n.treatment for n in inputs):
        if treatment is not None:
            treated = [n for n in inputs if n.treatment == treatment]
            yield _direct(numbers, treated, ef1, f"N2O from fertiliser with {treatment}", avoided[treatment])


def _direct(
    numbers: Numbers, inputs: Sequence[Nitrogen], ef1: str, label: str, avoided: str | None = None
) -> Emission:
    ef = numbers.factor(ef1)
    if avoided is not None:
        ef = n2o.inhibited_ef1(ef1=ef, reduction_frac=numbers.factor(avoided))
    kg = n2o.direct_kg(
        n_synthetic_kg=total(n.kg for n in inputs), n_other_kg=0.0, ef1_synthetic=ef, ef1_other=ef
    )
    used = (ef1, avoided) if avoided else (ef1,)
    return Emission("n2o", kg, label, _answers(inputs), (*used, *_factors(inputs)))


def _volatilised(numbers: Numbers, inputs: Sequence[Nitrogen], ef4: str) -> Emission:
    lost = [(n, n.frac_volatilised) for n in inputs if n.frac_volatilised]
    kg = n2o.volatilisation_kg(n_volatilised_kg=_volatilised_kg(numbers, inputs), ef4=numbers.factor(ef4))
    fractions = dict.fromkeys(fraction for _, fraction in lost)
    more = (_MORE_AMMONIA,) if any(_is_inhibited(n) for n, _ in lost) else ()
    return Emission(
        "n2o",
        kg,
        "N2O from ammonia that came down elsewhere",
        _answers([n for n, _ in lost]),
        (ef4, *fractions, *more, *_factors([n for n, _ in lost])),
    )


def _volatilised_kg(numbers: Numbers, inputs: Sequence[Nitrogen]) -> Real:
    return total(n.kg * _ammonia_frac(numbers, n, n.frac_volatilised) for n in inputs if n.frac_volatilised)


def _ammonia_frac(numbers: Numbers, nitrogen: Nitrogen, fraction: str) -> Real:
    if _is_inhibited(nitrogen):
        return numbers.factor(fraction) * (1 + numbers.factor(_MORE_AMMONIA))
    return numbers.factor(fraction)


def _is_inhibited(nitrogen: Nitrogen) -> bool:
    return nitrogen.treatment == "nitrification inhibitor"


def _leached(numbers: Numbers, inputs: Sequence[Nitrogen]) -> Emission:
    kg = n2o.leaching_kg(
        n_applied_kg=total(n.kg for n in inputs),
        frac_leach=numbers.factor("n2o.frac_leach"),
        ef5=numbers.factor("n2o.ef5"),
    )
    used = ("n2o.frac_leach", "n2o.ef5", *_factors(inputs))
    return Emission("n2o", kg, "N2O from nitrogen that leached", _answers(inputs), used)


def _answers(inputs: Sequence[Nitrogen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer for n in inputs for answer in (n.answer, *n.also)))


def _factors(inputs: Sequence[Nitrogen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(factor for n in inputs for factor in n.factors))
