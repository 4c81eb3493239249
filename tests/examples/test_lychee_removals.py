"""Carbon of pruned lychee wood, from record to ledger: the arithmetic of the README, and what twins differ by."""

import re
from pathlib import Path

import pytest

from footprint.assess import assess
from footprint.engine import solve
from footprint.records import load
from footprint.result import Footprint
from footprint.run import Run
from lca_models.factors import shipped_factors

REMOVALS = Path(__file__).parents[2] / "examples" / "lychee" / "removals"
README = (REMOVALS / "README.md").read_text(encoding="utf-8")
NAMES = sorted(path.stem for path in REMOVALS.glob("*.toml"))
CO2_PER_C = 44 / 12


@pytest.fixture(scope="module")
def results() -> dict[str, Footprint]:
    return {name: assess(load(REMOVALS / f"{name}.toml"), gwp="AR6-100", draws=64) for name in NAMES}


def caused(result: Footprint, label: str) -> float:
    return sum(float(cause.kg_co2e) for cause in result.contributions if cause.label == label)


def anyway_kg(name: str) -> float:
    """Carbon that would still be there, as CO2, per unit sold."""
    system = load(REMOVALS / f"{name}.toml")
    run = Run.central(system, system.route(None), shipped_factors())
    found = solve(run.processes, system.sold_at(system.route(None)), run.numbers).running
    return sum(
        float(storage.otherwise.stored_carbon_kg * one.activity) * CO2_PER_C
        for one in found
        for storage in one.column.process.storages
        if storage.otherwise is not None
    )


def wood_carbon_kg(fresh_kg: float, moisture: float) -> float:
    """What leaves the fire as CO2: 48 % of the dry wood, less its methane."""
    energy_mj = fresh_kg * (18.6 * (1 - moisture) - 2.443 * moisture)
    return fresh_kg * (1 - moisture) * 0.48 - energy_mj * 30e-6 * 12 / 16


CARNOT = 1 - 273.15 / 363.15
POWER_SHARE = 23_400 / (23_400 + CARNOT * 50_000)
STORED = {
    "biochar": 0.8 * CO2_PER_C,
    "biochar_uncontrolled": 0.8 * CO2_PER_C,
    "dried_capture": wood_carbon_kg(6200, 0.20) * 0.90 * 0.98 * CO2_PER_C / 3100,
    "chp_capture": wood_carbon_kg(12_000, 0.25) * 0.90 * 0.98 * CO2_PER_C * POWER_SHARE / 23_400,
}
CAUSED = {
    ("biochar", "CH4 from the kiln"): 0.024 * 27.0 / 0.99,
    ("biochar_uncontrolled", "CH4 from the kiln"): 0.049 * 27.0 / 0.99,
    ("biochar", "electricity for drying"): 260 * 0.4403 / 1260 / 0.99,
    ("biochar", "diesel for chipping"): 30 * 3.577 / 1260 / 0.99,
    ("dried_capture", "electricity to compress CO2"): (
        wood_carbon_kg(6200, 0.20) * 0.90 * CO2_PER_C * 0.1 * 0.4403 / 3100
    ),
}


@pytest.mark.parametrize("name", STORED)
def test_what_is_stored_agrees_with_the_pocket_calculator(results, name):
    (removal,) = results[name].removals
    assert float(removal.gross_kg_co2) == pytest.approx(STORED[name], rel=0.01)


@pytest.mark.parametrize(("name", "label"), CAUSED)
def test_what_it_costs_on_the_way_agrees_with_the_pocket_calculator(results, name, label):
    assert caused(results[name], label) == pytest.approx(CAUSED[name, label], rel=0.01)


def test_what_would_be_there_anyway_agrees_with_the_pocket_calculator():
    by_hand = 5900 * 0.85 * 0.47 * 0.02 * CO2_PER_C / 1260
    assert anyway_kg("biochar") == pytest.approx(by_hand, rel=0.01)


def test_the_readme_says_these_numbers(results):
    bold = [float(number) for number in re.findall(r"\*\*(\d\.\d{3})\*\*", README)]
    anyway = 5900 * 0.85 * 0.47 * 0.02 * CO2_PER_C / 1260
    smoke, *_ = by_hand = list(CAUSED.values())
    expected = [STORED["biochar"], anyway, smoke, *by_hand[1:4], STORED["dried_capture"], by_hand[4]]
    assert bold == pytest.approx([*expected, STORED["chp_capture"]], abs=0.0006)


def test_its_table_says_what_the_program_says(results):
    rows = re.findall(
        r"^\| \[`(\w+)\.toml`\].*? \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", README, re.MULTILINE
    )
    assert rows == [
        (
            name,
            f"{results[name].gross_kg_co2e:.2f}",
            f"{sum(one.gross_kg_co2 for one in results[name].removals):.2f}",
            f"{anyway_kg(name):.2f}",
        )
        for name in ("biochar", "biochar_uncontrolled", "dried_fire", "dried_capture", "chp_capture")
    ]


def test_the_kiln_decides_and_the_carbon_stored_is_the_same(results):
    """0.61 of what stays for 100 years goes up in smoke in the open kiln, 0.30 in the retort."""
    shares = []
    for name in ("biochar", "biochar_uncontrolled"):
        (removal,) = results[name].removals
        shares.append(caused(results[name], "CH4 from the kiln") / float(removal.kept_kg_co2))
    assert shares == pytest.approx([0.301, 0.615], abs=0.005)


def test_capture_makes_the_fruit_no_lighter_in_its_gross_footprint(results):
    """More wood, power and a road: the gross rises by a twelfth, and the removal stands beside it."""
    fire, capture = results["dried_fire"], results["dried_capture"]
    assert fire.removals == ()
    assert float(capture.gross_kg_co2e / fire.gross_kg_co2e) == pytest.approx(1.08, abs=0.01)


def test_both_ways_of_sharing_heat_and_power_are_shown(results):
    (choice,) = results["chp_capture"].allocations
    assert (choice.method, float(choice.share)) == ("exergy", pytest.approx(POWER_SHARE, abs=1e-3))
    (other,) = choice.alternatives
    assert (other.method, float(other.share)) == ("energy", pytest.approx(23_400 / 73_400, abs=1e-3))
    assert any("exclude each other" in note for note in results["chp_capture"].notes)


@pytest.mark.parametrize("name", NAMES)
def test_every_record_says_that_it_is_a_sample(name):
    assert "SAMPLE" in (REMOVALS / f"{name}.toml").read_text(encoding="utf-8").split("\n")[0]
    assert "Sample data." in load(REMOVALS / f"{name}.toml").product.description
