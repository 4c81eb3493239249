"""The engine on the lychee season, beside bw2calc solving the same system."""

from pathlib import Path

from benchmarks.timing import show, timed
from footprint.assess import assess, unrounded_gross_kg_co2e
from footprint.brightway import crosscheck
from footprint.records import load
from footprint.uncertainty import probabilities
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

LYCHEE = Path(__file__).parents[1] / "examples" / "lychee" / "lychee.toml"


def run() -> None:
    """One static result; one orchard inventory on 10,000 draws; one footprint with its interval."""
    system, factors = load(LYCHEE), shipped_factors()
    ours = timed(lambda: unrounded_gross_kg_co2e(system, gwp="AR6-100"))
    both = timed(lambda: crosscheck(system, gwp="AR6-100"))
    show(
        "one static result, inventory included",
        ours,
        both,
        "the same and then bw2calc (datapackage, lci, lcia)",
    )

    def orchard(draws: int) -> object:
        return list(system.orchard.processes(Numbers(factors, probabilities(seed=1, draws=draws)), "CN-GD"))

    many, one = timed(lambda: orchard(10_000)), timed(lambda: orchard(1))
    show("orchard inventory, 10,000 draws on arrays", many, one, "one draw")
    print(f"whole footprint with interval, 4096 draws: {timed(lambda: assess(system, gwp='AR6-100'))}\n")
