"""`footprint sign`: footprint → signed passport of one lot."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import read_bytes, read_footprint, write_bytes
from footprint.cli.signing import signing
from footprint.errors import InputError, Problem

if TYPE_CHECKING:
    from footprint.passport import Signer, VerifiedPassport
    from footprint.result import Footprint

_QUANTITY = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,3})?")

DEFAULT_VALID_DAYS = 365


@click.command()
@click.argument("footprint", type=options.FILE)
@signing
@click.option(
    "--gtin", required=True, help="Trade item number of the product, 8 to 14 digits with check digit."
)
@click.option("--lot", required=True, help="Lot (batch) number as printed on the carton.")
@click.option("--serial", help="Serial number, if single items carry one.")
@click.option(
    "--resolver", required=True, help="Web address the QR code leads to, e.g. https://passport.example.org."
)
@click.option(
    "--valid-days",
    type=click.IntRange(1, 1096),
    default=DEFAULT_VALID_DAYS,
    show_default=True,
    help="How long the passport is valid.",
)
@click.option(
    "--assurance",
    type=click.Choice(["none", "self", "second_party", "limited", "reasonable"]),
    default="self",
    show_default=True,
    help="Who checked the number before it was signed.",
)
@click.option("--assured-by", help="The verifier's name; needed from second_party on.")
@click.option(
    "--status", type=options.FILE, help="Its place in status lists, from `footprint status reserve`."
)
@click.option("--replaces", type=options.FILE, multiple=True, help="Your earlier passport of the same lot.")
@click.option(
    "--lot-quantity",
    metavar="AMOUNT",
    help="Kilograms (or megajoules) of the lot: without it nobody can build on the passport.",
)
@options.upstream
@options.suppliers_trust
@options.status_lists
@click.option(
    "--bundle", type=options.FILE, help="Sign only what this evidence gives, from `footprint bundle`."
)
@options.bundles_background
@options.cache
@click.option(
    "--form",
    type=click.Choice(["vc", "vc+jwt", "vc+sd-jwt"]),
    default="vc",
    show_default=True,
    help="With the proof inside, or as a token; a vc+sd-jwt can be shown in part.",
)
@options.at
@click.option(
    "--out",
    type=options.FILE,
    default=Path("passport.json"),
    show_default=True,
    help="The passport to write.",
)
def sign(
    footprint: Path,
    signer: "Signer",
    gtin: str,
    lot: str,
    serial: str | None,
    resolver: str,
    valid_days: int,
    assurance: str,
    assured_by: str | None,
    status: Path | None,
    replaces: tuple[Path, ...],
    lot_quantity: str | None,
    upstream_paths: tuple[Path, ...],
    trust_list: Path | None,
    status_lists: Path | None,
    bundle: Path | None,
    pack: Path | None,
    cache: Path | None,
    form: str,
    instant: str | None,
    out: Path,
) -> None:
    """Sign FOOTPRINT as the carbon passport of one lot: a W3C Verifiable Credential with PACT v3 numbers.

    Nothing is signed unless the arithmetic closes: stages, gases and totals must agree to the last digit.

    \b
    Example:
      footprint sign footprint.json --key orchard.key --gtin 09506000134352 --lot 2025-06-A \\
                     --resolver https://passport.example.org

    Exit codes: 0 done, 1 refused (every reason is listed), 2 wrong use.
    """
    from footprint.cli.status import status_entries_in
    from footprint.cli.suppliers import suppliers
    from footprint.passport import (
        Assurance,
        TrustList,
        UnsafeIgnoreStatus,
        to_jwt,
        to_sd_jwt,
        verify,
    )

    issued_at = options.instant_or_now(instant)
    own = TrustList.of(signer.trusted_as("this signer"))
    earlier = [
        verify(read_bytes(old), trust=own, at=issued_at, status=UnsafeIgnoreStatus()) for old in replaces
    ]
    computed = read_footprint(footprint)
    bought = suppliers(upstream_paths, trust_list, status_lists, issued_at)
    if bundle is not None:
        _check_bundle(bundle, computed, bought, pack, cache)
    elif pack is not None:
        raise click.UsageError(
            "--background goes with --bundle: a footprint says by itself what it was made with"
        )
    passport = signer.issue(
        computed,
        gtin=gtin,
        lot=lot,
        serial=serial,
        resolver=resolver,
        issued_at=issued_at,
        valid_until=issued_at + timedelta(days=valid_days),
        assurance=Assurance.model_validate({"level": assurance, "by": assured_by}),
        status=status_entries_in(read_bytes(status), str(status)) if status else (),
        supersedes=earlier,
        lot_quantity=None if lot_quantity is None else _quantity(lot_quantity),
        upstream=bought,
    )
    enveloped = {"vc+jwt": to_jwt, "vc+sd-jwt": to_sd_jwt}.get(form)
    write_bytes(out, (enveloped(passport, signer) if enveloped else passport).json)


def _quantity(text: str) -> Decimal:
    if not _QUANTITY.fullmatch(text):
        why, fix = "kilograms or megajoules as a plain number", "write it like 9600 or 9600.5"
        raise InputError(Problem("--lot-quantity", f"is {text[:40]!r}", why, fix))
    return Decimal(text)


def _check_bundle(
    path: Path,
    footprint: "Footprint",
    bought: "tuple[VerifiedPassport, ...]",
    pack: Path | None,
    cache: Path | None,
) -> None:
    from footprint.background import Pack
    from footprint.cli.suppliers import read_bundle
    from footprint.evidence import check_footprint

    click.secho("computing it again from the bundle …", dim=True, err=True)
    behind = Pack.open(pack) if pack else None
    check_footprint(read_bundle(path), footprint, bought, pack=behind, cache=cache)
