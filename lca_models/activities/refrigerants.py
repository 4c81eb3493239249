"""Refrigerants by trade name, taken apart into the gases that leak."""

from collections.abc import Iterator, Mapping
from typing import Literal

from lca_models import lookup
from lca_models.equations import refrigeration
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real

RefrigerantName = Literal[
    "R12", "R22", "R32", "R134a", "R1234yf", "R1234ze(E)",
    "R404A", "R407A", "R407C", "R407F", "R410A", "R448A", "R449A", "R452A",
    "R454B", "R454C", "R455A", "R502", "R507A", "R513A",
    "R290", "R717", "R744",
]  # fmt: skip
"""Pure gases, blends, and the natural ones: propane, ammonia and carbon dioxide."""

# The carbon dioxide of a cooling circuit is a by-product of ammonia and hydrogen plants.
_PURE: Mapping[str, str] = {
    "R12": "cfc-12",
    "R22": "hcfc-22",
    "R32": "hfc-32",
    "R134a": "hfc-134a",
    "R1234yf": "hfo-1234yf",
    "R1234ze(E)": "hfo-1234ze-e",
    "R290": "r290",
    "R717": "r717",
    "R744": "co2_fossil",
}
BLENDS = "refrigerant.blends"


def composition(numbers: Numbers, refrigerant: RefrigerantName) -> dict[str, float]:
    """Mass fraction of each gas in a refrigerant.

    Raises:
        FactorError: a blend the table in force has no row for.
    """
    if refrigerant in _PURE:
        return {_PURE[refrigerant]: 1.0}
    row = lookup.row(numbers.factors.table(BLENDS), blend=refrigerant)
    return {gas: float(fraction) for gas, fraction in row.items() if gas != "blend" and fraction}


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
