"""Refrigerants by trade name, taken apart into the gases that leak."""

from collections.abc import Iterator
from typing import Literal

from lca_models.equations import refrigeration
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real

RefrigerantName = Literal["R404A", "R410A", "R407C", "R507A", "R134a", "R22", "R32"]
_PURE = {"R134a": "hfc-134a", "R22": "hcfc-22", "R32": "hfc-32"}
BLENDS = "refrigerant.blends"


def composition(numbers: Numbers, refrigerant: RefrigerantName) -> dict[str, float]:
    """Mass fraction of each gas in a refrigerant."""
    if refrigerant in _PURE:
        return {_PURE[refrigerant]: 1.0}
    table = numbers.factors.table(BLENDS)
    row = dict(zip(table.columns, next(row for row in table.rows if row[0] == refrigerant), strict=True))
    return {
        substance: float(fraction) for substance, fraction in row.items() if substance != "blend" and fraction
    }


def leak_emissions(
    numbers: Numbers,
    *,
    refrigerant: RefrigerantName,
    charge_kg: Real,
    years: Real,
    leak_factor: str,
    label: str,
    answers: tuple[str, ...],
) -> Iterator[Emission]:
    """One emission per gas of the blend."""
    leaked = refrigeration.leakage_kg(
        charge_kg=charge_kg, leak_rate_per_year=numbers.factor(leak_factor), years=years
    )
    for substance, fraction in composition(numbers, refrigerant).items():
        yield Emission(substance, leaked * fraction, label, answers, (leak_factor,))
