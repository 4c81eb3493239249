"""`footprint import`: the work of other programs, solved here."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, read_bytes, write_bytes

if TYPE_CHECKING:
    from lca_models.flows import Process


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

    _tell(read_network(database, project=project), gwp, product)


@import_.command()
@click.argument("file", type=options.FILE)
@options.gwp
@click.option("--product", help="The product asked for. All of them are listed, when left out.")
@click.option(
    "--declarations", "declared", type=options.FILE, help="Gases, suppliers and omissions you declare (TOML)."
)
def openlca(file: Path, gwp: str, product: str | None, declared: Path | None) -> None:
    """Read FILE, a JSON-LD export (zip) of openLCA, as a network and print the footprint of one unit of a product.

    A whole database is no network: `footprint background import` makes a pack of it.

    Exit codes: 0 read, 1 refused, each problem on a line of its own, 2 wrong use.
    """
    from footprint.background.declarations import Declarations
    from footprint.exchange.openlca_network import read_network

    _tell(read_network(file, Declarations.load(declared) if declared else None), gwp, product)


@import_.command()
@click.argument("pcf", type=options.FILE)
@click.option("--product", required=True, help="What records buy it as, such as packaging.board.")
@click.option(
    "--times",
    type=float,
    required=True,
    help="How far off the number may be, either way: 1.5 says from two thirds to one and a half of it. "
    "PACT has no interval, so you declare one.",
)
@click.option("--url", required=True, help="Where you have it from.")
@click.option("--replaces", is_flag=True, help="It takes the place of the shipped numbers of that product.")
@click.option("--accept", multiple=True, metavar="RULE", help="A rule of `footprint lint` that it may break.")
@click.option("--out", type=options.FILE, default=STANDARD_STREAM, help="Factor file (TOML) to write.")
@options.at
def pact(
    pcf: Path,
    product: str,
    times: float,
    url: str,
    replaces: bool,
    accept: tuple[str, ...],
    out: Path,
    instant: str | None,
) -> None:
    """Read a supplier's PACT footprint (JSON) as a number that records can buy, with `--factors FILE`.

    It must keep to the standard, be active and valid. Removals the supplier subtracts are not subtracted here.

    Exit codes: 0 written, 1 refused, each problem on a line of its own, 2 wrong use.
    """
    from footprint.exchange.pact_factor import Purchase, bought, factor_file

    purchase = Purchase(product, times, url, replaces, frozenset(accept))
    factor = bought(read_bytes(pcf), purchase, at=options.instant_or_now(instant))
    write_bytes(out, factor_file(factor).encode())


def _tell(processes: "tuple[Process, ...]", gwp: str, product: str | None) -> None:
    """The footprint of one unit of a product of a network, or of each."""
    from footprint.causes import gross
    from footprint.characterisation import Characterisation
    from footprint.engine import solve
    from lca_models.factors import shipped_factors
    from lca_models.numbers import Numbers

    factors = shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    click.echo(f"{len(processes)} processes")
    asked = [process.reference.product for process in processes] if product is None else [product]
    for name in asked:
        amount = gross(solve(processes, name, Numbers(factors)), characterisation)
        click.echo(f"{amount:14.9f} kg CO2e  {name}")
