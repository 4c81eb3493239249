"""`footprint import`: the work of other programs, solved here."""

import click

from footprint.cli import options


@click.group("import")
def import_() -> None:
    """Read what another program keeps, and solve it here."""


@import_.command()
@click.argument("database")
@options.gwp
@click.option("--project", help="Brightway project. `default`, when left out.")
@click.option("--product", help="The product asked for. All of them are listed, when left out.")
def brightway(database: str, gwp: str, project: str | None, product: str | None) -> None:
    """Read DATABASE of a Brightway project as a network and print the footprint of one unit of a product.

    An exchange that cannot be carried is refused by name: unlinked, in another unit than its supplier's, of a
    background database, or of a flow that is none of our gases.

    Exit codes: 0 read, 1 refused, each problem on a line of its own, 2 wrong use.
    """
    from footprint.brightway import read_network
    from footprint.causes import gross
    from footprint.characterisation import Characterisation
    from footprint.engine import solve
    from lca_models.factors import shipped_factors
    from lca_models.numbers import Numbers

    factors = shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    processes = read_network(database, project=project)
    click.echo(f"{len(processes)} processes")
    asked = [process.reference.product for process in processes] if product is None else [product]
    for name in asked:
        amount = gross(solve(processes, name, Numbers(factors)), characterisation)
        click.echo(f"{amount:14.9f} kg CO2e  {name}")
