"""`footprint chain`: a passport, its suppliers' passports, and whether they add up."""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_bytes
from footprint.cli.suppliers import passports_in
from footprint.passport import StatusLists, TrustList
from footprint.passport.chain import VerifiedChain, verify_chain


@click.command()
@click.argument("passport", type=options.FILE)
@click.argument("others", type=options.FILE, nargs=-1)
@options.trust
@click.option("--scanned", help="The code on the goods (its web address): the passport must be about them.")
@options.status_lists
@options.at
def chain(
    passport: Path,
    others: tuple[Path, ...],
    trust_list: Path,
    scanned: str | None,
    status_lists: Path | None,
    instant: str | None,
) -> None:
    """Check PASSPORT together with the passports it builds on, offline.

    OTHERS are suppliers' passports, and theirs: files, folders of them, or the bundle of the passport. Passports of
    others who bought of the same lots count too: together they cannot have used more than there was.

    \b
    Examples:
      footprint chain dried.json fresh.json --trust trust.json
      footprint chain dried.json suppliers/ --trust trust.json

    Exit codes: 0 genuine, 1 refused (every reason is printed), 2 wrong use.
    """
    found = verify_chain(
        read_bytes(passport),
        passports_in(others),
        trust=TrustList.load(trust_list),
        at=options.instant_or_now(instant),
        scanned=scanned,
        status=StatusLists.load(status_lists) if status_lists else None,
    )
    claims, lot = found.passport.claims, found.passport.lot
    click.secho(f"✓ genuine: {claims.product.name}, lot {lot}", fg="green", bold=True)
    for line in _told(found):
        click.echo(f"  {line}")


def _told(found: VerifiedChain) -> list[str]:
    claims = found.passport.claims
    suppliers = f"passports of suppliers: {len(found.suppliers)}; steps to the farthest: {found.steps}"
    used = [
        f"{lot.product}: {lot.used_kg:.0f} of {lot.issued_kg:.0f} kg used by all passports given"
        + ("" if lot.given else "; its own passport was not given")
        for lot in found.lots
    ]
    return [
        f"signed by  {found.passport.issuer_name}",
        f"gross      {claims.gross_kg_co2e:.2f} kg CO2e per {claims.declared_unit}",
        f"signed     {found.signed_share:.0%} of it measured by those who signed for it",
        f"chain      {suppliers}",
        *(f"· {line}" for line in used),
    ]
