"""`footprint sign`: footprint → signed passport of one lot."""

from datetime import timedelta
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_footprint, write_bytes

DEFAULT_VALID_DAYS = 365


@click.command()
@click.argument("footprint", type=options.FILE)
@options.key
@click.option(
    "--gtin", required=True, help="Trade item number of the product, 8 to 14 digits with check digit."
)
@click.option("--lot", required=True, help="Lot (batch) number as printed on the carton.")
@click.option("--serial", help="Serial number, if single items carry one.")
@click.option(
    "--resolver", required=True, help="Web address the QR code leads to, e.g. https://passport.example.org."
)
@click.option("--did", help="Sign as this did:web:… instead of the key's own did:key.")
@click.option("--password", is_flag=True, help="Ask for the key's password.")
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
    key_file: Path,
    gtin: str,
    lot: str,
    serial: str | None,
    resolver: str,
    did: str | None,
    password: bool,
    valid_days: int,
    assurance: str,
    assured_by: str | None,
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
    from footprint.passport import Assurance, Signer

    secret = click.prompt("Password", hide_input=True).encode() if password else None
    issued_at = options.instant_or_now(instant)
    passport = Signer.open(key_file, secret, did).issue(
        read_footprint(footprint),
        gtin=gtin,
        lot=lot,
        serial=serial,
        resolver=resolver,
        issued_at=issued_at,
        valid_until=issued_at + timedelta(days=valid_days),
        assurance=Assurance.model_validate({"level": assurance, "by": assured_by}),
    )
    write_bytes(out, passport.json)
