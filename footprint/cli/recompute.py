"""`footprint recompute`: do a passport's numbers follow from its evidence?"""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_bytes


@click.command()
@click.argument("passport", type=options.FILE)
@click.argument("bundle", type=options.FILE)
@options.trust
@options.status_lists
@options.bundles_background
@options.cache
@options.at
def recompute(
    passport: Path,
    bundle: Path,
    trust_list: Path,
    status_lists: Path | None,
    pack: Path | None,
    cache: Path | None,
    instant: str | None,
) -> None:
    """Compute the claims of PASSPORT again from its BUNDLE, and compare them byte for byte.

    Where they differ, every input that does is named: the record, a published number with both values, the seed, the
    warming potentials, the background, the release.

    \b
    Examples:
      footprint recompute passport.json evidence.zip --trust trust.json
      footprint recompute passport.json evidence.zip --trust trust.json --background eco.pack --cache kept

    Exit codes: 0 the same, 1 not the same or refused (every reason is printed), 2 wrong use.
    """
    from footprint.background import Pack
    from footprint.cli.suppliers import read_bundle
    from footprint.evidence import recompute as compute_again
    from footprint.passport import StatusLists, TrustList, verify

    trust = TrustList.load(trust_list)
    lists = StatusLists.load(status_lists) if status_lists else None
    verified = verify(read_bytes(passport), trust=trust, at=options.instant_or_now(instant), status=lists)
    click.secho("computing it again …", dim=True, err=True)
    behind = Pack.open(pack) if pack else None
    found = compute_again(verified, read_bundle(bundle), trust=trust, status=lists, pack=behind, cache=cache)
    claims = verified.claims
    click.secho(
        f"✓ reproduced byte for byte: {claims.product.name}, lot {verified.lot}", fg="green", bold=True
    )
    click.echo(f"  signed by  {verified.issuer_name}")
    click.echo(f"  gross      {claims.gross_kg_co2e:.2f} kg CO2e per {claims.declared_unit}")
    click.echo(f"  claims     sha256:{found.digest}")
    click.echo("  taken from the passport: assurance and the quantity of the lot, the signer's word")
