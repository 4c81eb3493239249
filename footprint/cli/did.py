"""`footprint did`: the document that says which keys a web address signs with."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import read_bytes, write_bytes

if TYPE_CHECKING:
    from footprint.passport import Signer
    from footprint.passport.did_document import DidDocument

_password = click.option("--password", is_flag=True, help="Ask for the key's password.")


@click.group()
def did() -> None:
    """Who you are on the web, in keys: put the file where your did:web leads.

    \b
    Once:           footprint did make did:web:orchard.example --key orchard.key --out did.json
    Each year:      footprint did rotate did.json --key new.key --name key-2
    Stolen key:     footprint did compromised did.json key-1

    No key is ever deleted: what a retired one signed can still be verified, what a stolen one signed cannot.

    Exit codes: 0 done, 1 refused (the reason is printed), 2 wrong use.
    """


@did.command()
@click.argument("name")
@options.key
@_password
@options.at
@click.option(
    "--out", type=options.FILE, default=Path("did.json"), show_default=True, help="The document to write."
)
def make(name: str, key_file: Path, password: bool, instant: str | None, out: Path) -> None:
    """Write the first document of NAME, a did:web:…, and print where it has to be.

    Exit codes: 0 done, 1 refused (no such name or key, or the file exists), 2 wrong use.
    """
    from footprint.errors import InputError
    from footprint.passport.did_document import FIRST_KEY, DidDocument, did_url

    bare, _, fragment = name.partition("#")
    at = options.instant_or_now(instant)
    made = DidDocument.make(bare, _signer(key_file, password).public_key, at, fragment or FIRST_KEY)
    if out.exists():
        why = "it holds the history of the keys"
        raise InputError.of(str(out), "is there already", why, "use footprint did rotate")
    _write(out, made)
    click.echo(did_url(bare))


@did.command()
@click.argument("document", type=options.FILE)
@options.key
@_password
@click.option("--name", required=True, help="Name of the new key, like key-2; sign as did:web:…#key-2.")
@options.at
def rotate(document: Path, key_file: Path, password: bool, name: str, instant: str | None) -> None:
    """Add a key to DOCUMENT; those in use until now expire.

    Exit codes: 0 done, 1 refused, 2 wrong use.
    """
    key = _signer(key_file, password).public_key
    _write(document, _read(document).rotated(name, key, options.instant_or_now(instant)))


@did.command()
@click.argument("document", type=options.FILE)
@click.argument("name")
@options.at
def retire(document: Path, name: str, instant: str | None) -> None:
    """End the use of key NAME in DOCUMENT; what it signed stays good.

    Exit codes: 0 done, 1 refused, 2 wrong use.
    """
    _write(document, _read(document).retired(name, options.instant_or_now(instant)))


@did.command()
@click.argument("document", type=options.FILE)
@click.argument("name")
@options.at
def compromised(document: Path, name: str, instant: str | None) -> None:
    """Say that key NAME was stolen: nothing it ever signed counts any more.

    Then tell your readers: those who fetched the document before still believe the key.

    Exit codes: 0 done, 1 refused, 2 wrong use.
    """
    _write(document, _read(document).compromised(name, options.instant_or_now(instant)))


def _signer(key_file: Path, password: bool) -> "Signer":
    from footprint.passport import Signer

    secret = click.prompt("Password", hide_input=True).encode() if password else None
    return Signer.open(key_file, secret)


def _read(path: Path) -> "DidDocument":
    from footprint.passport.did_document import DidDocument

    return DidDocument.from_json(read_bytes(path))


def _write(path: Path, document: "DidDocument") -> None:
    write_bytes(path, json.dumps(document.document(), indent=2).encode() + b"\n")
