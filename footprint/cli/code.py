"""`footprint code`: the code to print on the goods, which proves itself without a network."""

from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_bytes


@click.command()
@click.argument("passport", type=options.FILE)
@options.trust
@options.key
@click.option("--did", help="Sign as this did:web:… instead of the key's own did:key.")
@click.option("--password", is_flag=True, help="Ask for the key's password.")
@options.at
def code(
    passport: Path, trust_list: Path, key_file: Path, did: str | None, password: bool, instant: str | None
) -> None:
    """Print what the QR code on the goods says: the lot's web address, and behind # the passport in short.

    The short form holds goods, footprint with its range, removals and validity, signed with the key of the passport.
    A phone that opens the address never sends it to the server. `footprint label --key` draws it.

    \b
    Example:
      footprint code passport.json --trust trust.json --key orchard.key

    Exit codes: 0 done, 1 refused (the passport proves nothing, or the key is not its issuer's), 2 wrong use.
    """
    from footprint.passport import Signer, TrustList, verify
    from footprint.passport.offline_code import offline_fragment

    secret = click.prompt("Password", hide_input=True).encode() if password else None
    verified = verify(
        read_bytes(passport), trust=TrustList.load(trust_list), at=options.instant_or_now(instant)
    )
    click.echo(f"{verified.subject}#{offline_fragment(verified, Signer.open(key_file, secret, did))}")
