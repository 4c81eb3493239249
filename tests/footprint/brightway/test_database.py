"""A database in the user's project: opens, solves, is replaced cleanly, and comes back as the same network."""

from pathlib import Path

import pytest

from footprint.assess import unrounded_gross_kg_co2e
from footprint.brightway import export, read_network
from footprint.brightway.calculator import calculator
from footprint.brightway.gases import GASES, write_gases
from footprint.causes import causes, gross
from footprint.characterisation import Characterisation
from footprint.engine import solve
from footprint.errors import InputError
from footprint.records import load
from footprint.run import Run
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

ROOT = Path(__file__).parents[3]
# What is bought with a passport is computed with that passport only.
EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*.toml") if path.parent.name != "chain")
FACTORS = shipped_factors()
AR6 = Characterisation.named("AR6-100", FACTORS)
SINGLE = 1e-6
"""bw2data keeps the arrays of a database in single precision."""


def _score(bw2data, exported) -> float:
    lca = calculator().LCA({bw2data.get_node(key=exported.product).id: 1}, exported.method)
    lca.lci()
    lca.lcia()
    return lca.score


def test_brightway_solves_the_database_to_our_number(bw2data, lychee):
    exported = export(lychee, database="lychee", gwp="AR6-100")
    assert _score(bw2data, exported) == pytest.approx(
        unrounded_gross_kg_co2e(lychee, gwp="AR6-100"), rel=SINGLE
    )


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_example_comes_back_to_the_same_number_by_stage(bw2data, record):
    system = load(record)
    export(system, database="season", gwp="AR6-100")
    processes = read_network("season")
    run = Run.central(system, system.route(None), FACTORS)
    back = solve(processes, run.demand, Numbers(FACTORS))
    assert gross(back, AR6) == pytest.approx(gross(run.solution, AR6), rel=1e-12)
    assert _by_stage(back) == pytest.approx(_by_stage(run.solution), rel=1e-9)


def _by_stage(solution) -> dict[tuple[str, str], float]:
    totals: dict[tuple[str, str], float] = {}
    for entry, _ in causes(solution, AR6):
        totals[entry.stage, entry.substance] = totals.get((entry.stage, entry.substance), 0.0) + float(
            entry.kg
        )
    return {key: kg for key, kg in totals.items() if kg}


def test_what_activity_browser_shows_is_there(bw2data, lychee):
    exported = export(lychee, database="lychee", gwp="AR6-100")
    activities = list(bw2data.Database("lychee"))
    assert len(activities) == exported.activities
    for activity in activities:
        assert {"name", "reference product", "unit", "location", "type"} <= set(activity.as_dict())
        assert [edge["amount"] > 0 for edge in activity.production()] == [True]
        for edge in activity.exchanges():
            assert edge["name"], edge
            assert edge["unit"] == edge.input["unit"]
    assert bw2data.Method(exported.method).metadata["unit"] == "kg CO2e"


def test_a_published_number_keeps_its_spread_and_its_source(bw2data, lychee):
    export(lychee, database="lychee", gwp="AR6-100")
    edges = [
        edge for node in bw2data.Database("lychee") for edge in node.biosphere() if "uncertainty type" in edge
    ]
    assert edges
    urea = bw2data.get_node(key=("lychee", "purchase: fertiliser.urea"))
    (making,) = [edge for edge in urea.biosphere() if "fertiliser.urea.manufacture" in edge["comment"]]
    factor = FACTORS["fertiliser.urea.manufacture"]
    assert making["uncertainty type"] == 2
    assert str(factor.source) in making["comment"]
    assert factor.locator in making["comment"]
    assert making.random_sample(n=1).size == 1


def test_exporting_again_replaces_and_disturbs_nothing_else(bw2data, lychee):
    first = export(lychee, database="beijing", gwp="AR6-100", route="beijing")
    other = export(lychee, database="guangzhou", gwp="AR6-100", route="guangzhou")
    gases = {node["code"]: node.id for node in bw2data.Database(GASES)}
    score = _score(bw2data, other)
    again = export(lychee, database="beijing", gwp="AR6-100", route="beijing")
    assert again == first
    assert len(bw2data.Database("beijing")) == first.activities
    assert {node["code"]: node.id for node in bw2data.Database(GASES)} == gases
    assert _score(bw2data, other) == score
    assert sorted(bw2data.databases) == sorted(["beijing", "guangzhou", GASES])


def test_a_gas_that_is_new_is_added_to_the_shared_ones(bw2data, lychee):
    """A refrigerant the first export did not know: the flows there keep their ids, the new one gets its number."""
    exported = export(lychee, database="lychee", gwp="AR6-100")
    gases, score = bw2data.Database(GASES), _score(bw2data, exported)
    write_gases(bw2data, [*(node["code"] for node in gases), "sulfur-fluoride-x"])
    assert bw2data.get_node(key=(GASES, "sulfur-fluoride-x"))["unit"] == "kilogram"
    assert _score(bw2data, exported) == score


def test_a_shorter_season_leaves_nothing_of_the_longer_one(bw2data, lychee):
    export(lychee, database="season", gwp="AR6-100")
    rice = load(ROOT / "examples" / "rice" / "rice.toml")
    exported = export(rice, database="season", gwp="AR6-100")
    assert not [node for node in bw2data.Database("season") if "lychee" in node["name"]]
    assert _score(bw2data, exported) == pytest.approx(
        unrounded_gross_kg_co2e(rice, gwp="AR6-100"), rel=SINGLE
    )


def test_somebody_elses_database_is_never_replaced(bw2data, lychee):
    bw2data.Database("my work").write({("my work", "a"): {"name": "a", "exchanges": []}})
    with pytest.raises(InputError, match="my work — is a database of another origin"):
        export(lychee, database="my work", gwp="AR6-100")
    assert len(bw2data.Database("my work")) == 1


def test_other_warming_potentials_under_the_same_name_are_refused(bw2data, lychee, tmp_path):
    """What was exported before rests on the method: it must not change behind anybody's back."""
    export(lychee, database="lychee", gwp="AR6-100")
    name = next(iter(bw2data.methods))
    method = bw2data.Method(name)
    method.write([(key, amount * 2) for key, amount in method.load()])
    with pytest.raises(InputError, match=r"has 2.0 in the project's GWP AR6-100"):
        export(lychee, database="other", gwp="AR6-100")


def test_the_project_that_was_open_is_open_again(bw2data, lychee):
    before = bw2data.projects.current
    exported = export(lychee, database="lychee", gwp="AR6-100", project=f"{before} elsewhere")
    assert exported.project == f"{before} elsewhere"
    assert bw2data.projects.current == before
    assert "lychee" not in bw2data.databases
