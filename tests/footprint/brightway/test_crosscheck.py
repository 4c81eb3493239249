"""Our engine and bw2calc on the same networks and the same draws: examples, and random systems with loops."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.brightway import crosscheck
from footprint.brightway.crosscheck import CrossCheck, compared
from footprint.characterisation import BIOGENIC_CO2, Characterisation
from footprint.engine import solve
from footprint.errors import CharacterisationError
from footprint.records import load
from footprint.run import Run
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers

ROOT = Path(__file__).parents[3]
# What is bought with a passport is computed with that passport only.
EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*.toml") if path.parent.name != "chain")
AGREE = 1e-10
FACTORS = shipped_factors()
AR6 = Characterisation.named("AR6-100", FACTORS)
GASES = ("co2_fossil", "ch4_biogenic", "n2o", "co2_biogenic", "co2e:AR5-100")
BOUGHT = ("fertiliser.urea", "electricity.CN")


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_example_agrees_on_its_draws(record):
    found = crosscheck(load(record), gwp="AR6-100", draws=32)
    assert found.draws == 32
    assert found.relative_difference <= AGREE
    assert np.ptp(found.brightway) > 0, "the draws reached Brightway"


@pytest.mark.parametrize("route", ["beijing", "guangzhou"])
@pytest.mark.parametrize("gwp", ["AR6-20", "AR5-100"])
def test_every_route_and_horizon_agrees(lychee, route, gwp):
    assert crosscheck(lychee, gwp=gwp, route=route).relative_difference <= AGREE


def test_another_draw_is_another_number(lychee):
    """The comparison would notice draws that are not the same: shifted by one, nothing agrees."""
    found = crosscheck(lychee, gwp="AR6-100", draws=32)
    shifted = CrossCheck(found.ours, np.concatenate([found.brightway[:1], np.roll(found.brightway[1:], 1)]))
    assert shifted.relative_difference > 1e-3


def test_no_gwp_set_is_refused(lychee):
    with pytest.raises(CharacterisationError, match="no GWP set is named"):
        crosscheck(lychee, gwp=None)


def test_nothing_emitted_is_no_difference():
    assert CrossCheck(np.zeros(2), np.zeros(2)).relative_difference == 0


def test_recomputing_leaves_no_trace_in_home(tmp_path):
    """With bw2data installed, importing bw2calc would make a project folder."""
    program = (
        "import sys; from footprint import load; from footprint.brightway import crosscheck\n"
        f"crosscheck(load({str(EXAMPLES[0])!r}), gwp='AR6-100')\n"
        "assert 'bw2calc' in sys.modules and 'bw2data' not in sys.modules"
    )
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())


amounts = st.floats(min_value=1e-3, max_value=1e3)


@st.composite
def networks(draw: st.DrawFn) -> list[Process]:
    """Up to six processes that feed each other both ways, some with co-products, none using up what it makes."""
    size = draw(st.integers(min_value=1, max_value=6))
    makes = [draw(st.lists(amounts, min_size=1, max_size=3)) for _ in range(size)]
    prices = [[draw(amounts) for _ in outputs] for outputs in makes]
    products = [
        [f"product {number}.{output}" for output in range(len(outputs))]
        for number, outputs in enumerate(makes)
    ]
    sold = {
        name: kg
        for names, kgs in zip(products, makes, strict=True)
        for name, kg in zip(names, kgs, strict=True)
    }
    processes = []
    for number, (names, outputs) in enumerate(zip(products, makes, strict=True)):
        wanted = draw(st.lists(st.sampled_from(sorted(sold)), unique=True, max_size=4))
        # What is taken of a product by all processes stays below what is made of it: every loop can run.
        links = [Link(name, sold[name] * draw(st.floats(0.01, 0.9)) / size) for name in wanted]
        emissions = [
            Emission(gas, draw(st.floats(-10, 10)), "")
            for gas in draw(st.lists(st.sampled_from(GASES), max_size=3))
        ]
        bought = [
            Purchase(name, draw(amounts), "") for name in draw(st.lists(st.sampled_from(BOUGHT), max_size=2))
        ]
        processes.append(
            Process(
                f"process {number}",
                "farm",
                tuple(Output(*made) for made in zip(names, outputs, prices[number], strict=True)),
                tuple(links),
                (Emission("n2o", draw(amounts), ""), *emissions, *bought),
                allocation=draw(st.sampled_from(["mass", "economic"])),
            )
        )
    return processes


def _run(processes: list[Process], numbers: Numbers) -> Run:
    demand = processes[0].reference.product
    return Run(numbers, tuple(processes), demand, solve(processes, demand, numbers))


@given(networks())
@settings(max_examples=60, deadline=None)
def test_random_systems_with_loops_and_co_products_agree(processes):
    run = _run(processes, Numbers(FACTORS))
    found = compared(run, characterisation=AR6)
    assert np.abs(found.ours - found.brightway).max() <= _allowed(run)


def _allowed(run: Run) -> float:
    """1e-10 of what went in, which negative emissions do not cancel."""
    went_in = sum(np.abs(e.kg) * _co2e_per_kg(e.substance) for e in run.solution.entries)
    return AGREE * float(np.min(went_in))


def _co2e_per_kg(gas: str) -> float:
    return 0.0 if gas == BIOGENIC_CO2 else AR6.co2e_per_kg(gas)


@given(networks(), st.integers(min_value=0, max_value=2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_random_systems_agree_on_draws_of_every_amount(processes, seed):
    """Every link and every emission an array: draw by draw the same matrix, the same result."""
    draws = 5
    noise = np.random.default_rng(seed)
    sampled = [
        Process(
            process.name,
            process.stage,
            process.outputs,
            tuple(Link(link.product, link.amount * noise.uniform(0.5, 1, draws)) for link in process.links),
            tuple(
                Emission(e.substance, abs(e.kg) * noise.uniform(0.5, 1.5, draws), "")
                for e in process.exchanges
                if isinstance(e, Emission)
            ),
            allocation=process.allocation,
        )
        for process in processes
    ]
    numbers = Numbers(FACTORS)
    run = _run(sampled, numbers)
    found = compared(_run(_first_draw(sampled), numbers), run, characterisation=AR6, draws=draws)
    assert np.abs(found.ours - found.brightway).max() <= _allowed(run)


def _first_draw(processes: list[Process]) -> list[Process]:
    """The first draw as central values."""
    return [
        Process(
            process.name,
            process.stage,
            process.outputs,
            tuple(Link(link.product, float(link.amount[0])) for link in process.links),
            tuple(Emission(e.substance, float(e.kg[0]), "") for e in process.exchanges),
            allocation=process.allocation,
        )
        for process in processes
    ]


def test_what_is_bought_is_not_what_is_made_under_the_same_name():
    """A farm sells its own "fertiliser.urea" and buys some as well: two columns, not one."""
    farm = Process(
        "farm",
        "farm",
        (Output("fertiliser.urea", 100.0),),
        (),
        (Purchase("fertiliser.urea", 10.0, "urea"), Emission("n2o", 1.0, "soil")),
    )
    assert compared(_run([farm], Numbers(FACTORS)), characterisation=AR6).relative_difference <= AGREE
