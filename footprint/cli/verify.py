"""`footprint verify`: is this passport genuine, and about this lot?"""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_bytes
from footprint.passport import TrustList
from footprint.passport import verify as check


@click.command()
@click.argument("passport", type=options.FILE)
@options.trust
@click.option("--scanned", help="The code on the goods (its web address): the passport must be about them.")
@options.at
def verify(passport: Path, trust_list: Path, scanned: str | None, instant: str | None) -> None:
    """Check PASSPORT against your trust list, offline: signature, issuer, validity, lot and arithmetic.

    \b
    Example:
      footprint verify passport.json --trust trust.json \\
                       --scanned https://passport.example.org/01/09506000134352/10/2025-06-A

    Exit codes: 0 genuine, 1 refused (the reason is printed), 2 wrong use.
    """
    verified = check(
        read_bytes(passport),
        trust=TrustList.load(trust_list),
        at=options.instant_or_now(instant),
        scanned=scanned,
    )
    claims = verified.claims
    click.secho(f"✓ genuine: {claims.product.name}, lot {verified.lot}", fg="green", bold=True)
    click.echo(f"  signed by  {verified.issuer_name}")
    click.echo(
        f"  gross      {claims.gross_kg_co2e:.2f} kg CO2e per {claims.declared_unit} "
        f"(90 % interval {claims.interval.p5:.2f} to {claims.interval.p95:.2f})"
    )
    click.echo(f"  removals   {claims.removals_kg_co2:.2f} kg CO2, beside it and not subtracted")
    for line in verified.checks:
        click.echo(f"  · {line}")
    for line in verified.unchecked:
        click.echo(f"  ? not checked: {line}")
