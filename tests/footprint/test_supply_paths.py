"""Emissions followed along the links arrive, all of them, at the product sold."""

from collections import Counter
from pathlib import Path

import pytest

from footprint.assess import unrounded_gross_kg_co2e
from footprint.characterisation import Characterisation
from footprint.engine import solve
from footprint.errors import InputError
from footprint.records import load, read_answers
from footprint.setting import Setting
from footprint.supply_paths import SupplyPaths
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Link, Output, Process
from lca_models.numbers import Numbers

EXAMPLES = [
    path
    for path in sorted(Path("examples").rglob("*.toml"))
    # A lot bought with a passport needs that passport, made elsewhere.
    if {"routes", "product"} <= set(read_answers(path)) and "gtin = " not in path.read_text(encoding="utf-8")
]


@pytest.fixture(scope="module")
def lychee():
    return SupplyPaths.of(load("examples/lychee/lychee.toml"), Setting(gwp="AR6-100"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_arrives_is_the_gross_footprint_of_every_example(path):
    system = load(path)
    followed, gross = (
        SupplyPaths.of(system, Setting(gwp="AR6-100")),
        unrounded_gross_kg_co2e(system, gwp="AR6-100"),
    )
    assert followed.gross_kg_co2e == pytest.approx(gross, rel=1e-12)
    ways = followed.paths(1e-6)
    assert sum(path.kg_co2e for path in ways) == pytest.approx(gross, rel=1e-3)
    assert ways == sorted(ways, key=lambda way: -way.kg_co2e)


def test_what_comes_into_a_process_goes_out_of_it(lychee):
    came, went = Counter(), Counter()
    for band in lychee.bands():
        came[band.target] += band.kg_co2e
        went[band.source] += band.kg_co2e
    processes = [node["id"] for node in lychee.sankey()["nodes"] if node["kind"] == "process"]
    (last,) = [name for name in processes if name not in went]
    assert came[last] == pytest.approx(lychee.gross_kg_co2e, rel=1e-12)
    for name in processes:
        assert name == last or went[name] == pytest.approx(came[name], rel=1e-12)


def test_the_longest_way_of_a_lychee_is_that_of_the_biochar_it_grew_on(lychee):
    (way,) = [path for path in lychee.paths() if path.steps[0] == "CH4 from the kiln"]
    assert way.steps[1:3] == ("kiln", "orchard")
    assert way.steps[-1] == "shop, beijing"


def test_a_higher_cut_off_leaves_ways_out_and_changes_none(lychee):
    few, many = lychee.paths(0.05), lychee.paths(0.01)
    assert few == many[: len(few)]
    assert all(path.kg_co2e >= 0.05 * lychee.gross_kg_co2e for path in few)


def followed(*processes, demand):
    """The ways through a made-up network."""
    numbers = Numbers(shipped_factors())
    characterisation = Characterisation.named("AR6-100", numbers.factors)
    return SupplyPaths(solve(processes, demand, numbers), demand, characterisation)


def mill_that_burns_its_meal():
    """A tenth of it: 1 kg of gas per kg milled, 1 / 0.9 kg milled per kg sold."""
    mill = Process(
        "mill",
        "milling",
        outputs=(Output("meal", 10.0),),
        exchanges=(Emission("co2_fossil", 10.0, "coal"),),
        links=(Link("fuel", 1.0),),
    )
    press = Process("press", "milling", outputs=(Output("fuel", 1.0),), links=(Link("meal", 1.0),))
    return followed(mill, press, demand="meal")


def test_round_and_round_a_loop_the_ways_get_shorter():
    looped = mill_that_burns_its_meal()
    assert looped.gross_kg_co2e == pytest.approx(1 / 0.9)
    ways = looped.paths(0.0005)
    assert [way.steps for way in ways[:2]] == [("coal", "mill"), ("coal", "mill", "press", "mill")]
    assert [way.kg_co2e for way in ways] == pytest.approx([1.0, 0.1, 0.01, 0.001])


@pytest.mark.parametrize("cut_off", [0.0, -0.1, 1.0, float("nan")])
def test_a_cut_off_that_is_none_is_refused(lychee, cut_off):
    with pytest.raises(InputError, match="part of the whole"):
        lychee.paths(cut_off)
