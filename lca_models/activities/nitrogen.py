"""Nitrous oxide of a piece of land from everything nitrogenous put on it; shared by all that grows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lca_models.equations import n2o
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real, total

Climate = Literal["wet", "dry", "unknown"]
"""Wet: more rain than evaporation (tropics: above 1000 mm a year). Unknown is a declared default."""

_EF1: dict[Climate, tuple[str, str]] = {
    "wet": ("n2o.ef1.synthetic.wet", "n2o.ef1.other.wet"),
    "dry": ("n2o.ef1.all.dry", "n2o.ef1.all.dry"),
    "unknown": ("n2o.ef1.aggregated", "n2o.ef1.aggregated"),
}
_EF4: dict[Climate, str] = {"wet": "n2o.ef4.wet", "dry": "n2o.ef4.dry", "unknown": "n2o.ef4.aggregated"}


@dataclass(frozen=True, slots=True)
class Nitrogen:
    """Nitrogen from one answer, kg N, with the share of it that volatilises (`None`: none does)."""

    answer: str
    kg: Real
    frac_volatilised: str | None


def field_n2o(
    numbers: Numbers, climate: Climate, *, synthetic: Sequence[Nitrogen], organic: Sequence[Nitrogen]
) -> Iterator[Emission]:
    """Direct and indirect N2O: IPCC 2019 Refinement V4 Ch11, Equations 11.1, 11.9 and 11.10.

    Nitrogen leaches in wet climates only (Table 11.3: or under irrigation other than drip, which no record
    asks for yet). Where nobody knows the climate, the factors aggregated over climates are used, leaching is
    counted, and the result declares it.
    """
    ef1_synthetic, ef1_other = _EF1[climate]
    if climate == "unknown":
        numbers.declare("wet or dry climate", ef1_synthetic)
    yield _direct(numbers, synthetic, ef1_synthetic, "N2O from fertiliser in the soil")
    yield _direct(numbers, organic, ef1_other, "N2O from manure and prunings in the soil")
    yield _volatilised(numbers, [*synthetic, *organic], _EF4[climate])
    if climate != "dry":
        yield _leached(numbers, [*synthetic, *organic])


def _direct(numbers: Numbers, inputs: Sequence[Nitrogen], ef1: str, label: str) -> Emission:
    ef = numbers.factor(ef1)
    kg = n2o.direct_kg(
        n_synthetic_kg=total(n.kg for n in inputs), n_other_kg=0.0, ef1_synthetic=ef, ef1_other=ef
    )
    return Emission("n2o", kg, label, _answers(inputs), (ef1,))


def _volatilised(numbers: Numbers, inputs: Sequence[Nitrogen], ef4: str) -> Emission:
    lost = [(n, n.frac_volatilised) for n in inputs if n.frac_volatilised]
    volatilised = total(n.kg * numbers.factor(fraction) for n, fraction in lost)
    kg = n2o.volatilisation_kg(n_volatilised_kg=volatilised, ef4=numbers.factor(ef4))
    fractions = dict.fromkeys(fraction for _, fraction in lost)
    return Emission(
        "n2o",
        kg,
        "N2O from ammonia that came down elsewhere",
        _answers([n for n, _ in lost]),
        (ef4, *fractions),
    )


def _leached(numbers: Numbers, inputs: Sequence[Nitrogen]) -> Emission:
    kg = n2o.leaching_kg(
        n_applied_kg=total(n.kg for n in inputs),
        frac_leach=numbers.factor("n2o.frac_leach"),
        ef5=numbers.factor("n2o.ef5"),
    )
    return Emission(
        "n2o", kg, "N2O from nitrogen that leached", _answers(inputs), ("n2o.frac_leach", "n2o.ef5")
    )


def _answers(inputs: Sequence[Nitrogen]) -> tuple[str, ...]:
    return tuple(n.answer for n in inputs)
