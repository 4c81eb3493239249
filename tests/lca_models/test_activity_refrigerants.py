"""Any refrigerant on a machine's plate leaks as gases that every set of potentials knows."""

from pathlib import Path
from typing import get_args

import pytest

from footprint.characterisation import GWP_SETS, Characterisation
from lca_models.activities.refrigerants import BLENDS, RefrigerantName, composition, leak_emissions
from lca_models.errors import FactorError
from lca_models.factors import FactorSet, shipped_factors
from lca_models.numbers import Numbers

FACTORS = shipped_factors()
NUMBERS = Numbers(FACTORS)
NAMES = get_args(RefrigerantName)


def _gwp(refrigerant: RefrigerantName, gwp: str) -> float:
    characterisation = Characterisation.named(gwp, FACTORS)
    parts = composition(NUMBERS, refrigerant)
    return sum(share * characterisation.co2e_per_kg(gas) for gas, share in parts.items())


@pytest.mark.parametrize("gwp", GWP_SETS)
@pytest.mark.parametrize("refrigerant", NAMES)
def test_every_refrigerant_a_record_may_name_can_be_characterised(refrigerant, gwp):
    assert sum(composition(NUMBERS, refrigerant).values()) == pytest.approx(1.0)
    assert _gwp(refrigerant, gwp) >= 0.0


def test_a_record_may_name_every_blend_of_the_table():
    assert set(FACTORS.table(BLENDS).column("blend")) < set(NAMES)


@pytest.mark.parametrize(("refrigerant", "ar5"), [("R449A", 1280), ("R404A", 3940), ("R410A", 1920)])
def test_blends_reproduce_the_potentials_of_the_engineers_handbook(refrigerant, ar5):
    """ASHRAE Handbook, Fundamentals (2017), chapter 29, Table 4, AR5, three digits."""
    assert _gwp(refrigerant, "AR5-100") == pytest.approx(ar5, abs=5)


@pytest.mark.parametrize("gwp", ["AR5-100", "AR6-100"])
def test_what_replaces_an_old_refrigerant_warms_less(gwp):
    generations = ("R404A", "R448A", "R455A", "R290")
    potentials = [_gwp(refrigerant, gwp) for refrigerant in generations]
    assert potentials == sorted(potentials, reverse=True)
    assert _gwp("R744", gwp) == 1.0
    assert _gwp("R717", gwp) == 0.0


def test_a_leak_is_told_apart_into_its_gases():
    leaks = leak_emissions(
        NUMBERS,
        refrigerant="R455A",
        charge_kg=10.0,
        years=1.0,
        leak_factor="refrigeration.leak.commercial",
        label="leak",
        answers=("charge",),
    )
    kg = {leak.substance: leak.kg for leak in leaks}
    assert set(kg) == {"hfc-32", "hfo-1234yf", "co2_fossil"}
    assert sum(kg.values()) == pytest.approx(10.0 * FACTORS["refrigeration.leak.commercial"].value)


def test_a_blend_that_ones_own_table_forgot_is_an_error_that_lists_the_others(tmp_path: Path):
    own = tmp_path / "own.toml"
    own.write_text(
        """
[publication]
id = "own-2025"
title = "Blends of our supplier (sample data)"
publisher = "Sample Co-operative"
year = 2025
url = "https://example.org/own"
licence = "CC0-1.0"

[[table]]
id = "refrigerant.blends"
name = "Blends of our supplier"
unit = "kg/kg"
locator = "data sheet"
verified = true
region = "CN"
year = 2025
interval = "nominal"
override = true
columns = ["blend", "hfc-32", "hfc-125"]
rows = [["R410A", 0.5, 0.5]]
""",
        encoding="utf-8",
    )
    numbers = Numbers(FactorSet.load(own))
    assert composition(numbers, "R410A") == {"hfc-32": 0.5, "hfc-125": 0.5}
    with pytest.raises(FactorError, match=r"no row for blend = R404A — .* nearest: blend = R410A"):
        composition(numbers, "R404A")
