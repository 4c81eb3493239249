"""`footprint keygen`: make a signing key."""

from dataclasses import replace
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import write_bytes


@click.command()
@click.argument("key_file", type=options.FILE)
@click.option("--name", help="The name readers will see beside your passports; with --trust.")
@click.option(
    "--trust",
    "trust_list",
    type=options.FILE,
    help="Add the public key to this trust list, made if it is not there.",
)
@click.option("--did", help="Sign as this did:web:… instead of the key's own did:key.")
@click.option("--password", is_flag=True, help="Ask for a password and encrypt the key with it.")
@click.option(
    "--kind",
    type=click.Choice(["Ed25519", "P-256", "P-384"]),
    default="Ed25519",
    show_default=True,
    help="Sort of key; logs and printed offline codes need Ed25519.",
)
def keygen(
    key_file: Path, name: str | None, trust_list: Path | None, did: str | None, password: bool, kind: str
) -> None:
    """Make a key in KEY_FILE, readable by you alone, and print the identifier it signs under.

    Keep the file like the co-op's stamp: who has it can sign in your name. An existing file is never
    replaced.

    \b
    Example:
      footprint keygen orchard.key --name "Sample Lychee Co-operative" --trust trust.json

    Exit codes: 0 done, 1 the file exists or cannot be written, 2 wrong use.
    """
    from footprint.passport import Signer, TrustList

    if trust_list is not None and not name:
        raise click.UsageError("--trust needs --name: a trust list says in words whose key it is")
    secret = (
        click.prompt("Password", hide_input=True, confirmation_prompt=True).encode() if password else None
    )
    signer = Signer.generate(did, kind)
    known = TrustList.load(trust_list) if trust_list is not None and trust_list.exists() else TrustList.of()
    signer.save(key_file, secret)
    if trust_list is not None and name:
        with_this = replace(known, issuers=(*known.issuers, signer.trusted_as(name)))
        write_bytes(trust_list, with_this.to_json() + b"\n")
    click.echo(signer.issuer)
