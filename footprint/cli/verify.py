"""`footprint verify`: is this passport genuine, and about this lot?"""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import read_bytes
from footprint.passport import TrustList, TrustPolicy, check_current
from footprint.passport import verify as check

if TYPE_CHECKING:
    from footprint.passport import StatusLists


@click.command()
@click.argument("passport", type=options.FILE)
@click.option(
    "--trust",
    "trust_list",
    type=options.FILE,
    help="Trust list (JSON): the issuers you vouch for, and their keys. Needed, unless you --pin a key.",
)
@click.option(
    "--pin",
    metavar="KEY",
    help="This key (did:key:z… or z…) and no other must have signed; with --trust both must hold.",
)
@click.option("--scanned", help="The code on the goods (its web address): the passport must be about them.")
@click.option(
    "--status-lists",
    type=options.FILE,
    help="Folder (or file) with the issuer's status lists: a passport that can be revoked needs them.",
)
@click.option(
    "--stale-hours", type=click.IntRange(24, 24 * 366), help="Accept status lists up to so old; else one day."
)
@click.option(
    "--log-proof", type=options.FILE, help="Proof (.tlog-proof) that a log of your trust list holds it."
)
@click.option(
    "--witness",
    "witnesses",
    metavar="VKEY",
    multiple=True,
    help="With --log-proof: this witness must have cosigned; may be given several times.",
)
@click.option("--newer", type=options.FILE, multiple=True, help="Another passport: does it replace this one?")
@options.at
def verify(
    passport: Path,
    trust_list: Path | None,
    pin: str | None,
    scanned: str | None,
    status_lists: Path | None,
    stale_hours: int | None,
    log_proof: Path | None,
    witnesses: tuple[str, ...],
    newer: tuple[Path, ...],
    instant: str | None,
) -> None:
    """Check PASSPORT against your trust list, offline: signature, issuer, validity, status, lot and arithmetic.

    \b
    Example:
      footprint verify passport.json --trust trust.json \\
                       --scanned https://passport.example.org/01/09506000134352/10/2025-06-A

    Exit codes: 0 genuine, 1 refused (the reason is printed), 2 wrong use.
    """
    if witnesses and log_proof is None:
        raise click.UsageError("--witness goes with --log-proof: a witness signs the head of a log")
    lists = _lists(status_lists, stale_hours) if status_lists else None
    trust, at = _trust(trust_list, pin, witnesses), options.instant_or_now(instant)
    proof = read_bytes(log_proof) if log_proof else None
    verified = check(read_bytes(passport), trust=trust, at=at, scanned=scanned, status=lists, log_proof=proof)
    check_current(verified, (check(read_bytes(other), trust=trust, at=at, status=lists) for other in newer))
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


def _lists(folder: Path, stale_hours: int | None) -> "StatusLists":
    from footprint.passport import AcceptStale, RefuseStale, StatusLists

    stale = AcceptStale(timedelta(hours=stale_hours)) if stale_hours else RefuseStale()
    return StatusLists.load(folder, stale)


def _trust(trust_list: Path | None, pin: str | None, witnesses: tuple[str, ...]) -> TrustPolicy:
    listed: TrustPolicy | None = None if trust_list is None else TrustList.load(trust_list)
    if listed is not None and witnesses:
        from footprint.passport.witnessed import Witnessed, witness_key

        listed = Witnessed(listed, tuple(map(witness_key, witnesses)))
    if pin is not None:
        from footprint.passport.pinned import PinnedKey

        return PinnedKey.parse(pin, listed)
    if listed is None:
        raise click.UsageError("say whom you believe: --trust LIST, --pin KEY, or both")
    return listed
