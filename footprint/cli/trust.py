"""`footprint trust`: trust lists that are signed by a root and pinned by those who use them."""

from datetime import timedelta
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import write_bytes


@click.group()
def trust() -> None:
    """Trust lists for many docks: signed by one root, pinned once, refused when old.

    \b
    Whom to believe:     footprint trust add did:web:orchard.example --name "Sample Orchard"
    At the head office:  footprint trust sign trust.json --key root.key --list-version 1 --out trust.signed.json
    At each dock, once:  footprint trust pin did:key:z6Mk… --out pin.json
    At each dock, daily: footprint scan photo.jpg --trust trust.signed.json --pin pin.json

    Exit codes: 0 done, 1 refused (the reason is printed), 2 wrong use.
    """


@trust.command()
@click.argument("trust_list", type=options.FILE)
@options.key
@click.option("--password", is_flag=True, help="Ask for the key's password.")
@click.option(
    "--list-version",
    "version",
    type=click.IntRange(min=1),
    required=True,
    help="One more than the last list's; docks refuse to go back.",
)
@click.option(
    "--valid-days",
    type=click.IntRange(1, 92),
    default=30,
    show_default=True,
    help="How long docks may use it.",
)
@options.at
@click.option(
    "--out",
    type=options.FILE,
    default=Path("trust.signed.json"),
    show_default=True,
    help="The file to write.",
)
def sign(
    trust_list: Path,
    key_file: Path,
    password: bool,
    version: int,
    valid_days: int,
    instant: str | None,
    out: Path,
) -> None:
    """Sign TRUST_LIST as its root, and print the name to pin.

    Exit codes: 0 done, 1 refused (the list or the key cannot be used), 2 wrong use.
    """
    from footprint.passport import Signer, TrustList
    from footprint.passport.signed_trust import sign_trust_list

    secret = click.prompt("Password", hide_input=True).encode() if password else None
    root, start = Signer.open(key_file, secret), options.instant_or_now(instant)
    signed = sign_trust_list(
        TrustList.load(trust_list),
        root,
        version=version,
        valid_from=start,
        valid_until=start + timedelta(days=valid_days),
    )
    write_bytes(out, signed + b"\n")
    click.echo(root.public_key.did_key)


@trust.command()
@click.argument("did")
@click.option("--name", required=True, help="Whose keys these are, in your words.")
@click.option(
    "--trust",
    "trust_list",
    type=options.FILE,
    default=Path("trust.json"),
    show_default=True,
    help="The trust list to add to, made if it is not there.",
)
@click.option("--unsafe-local", is_flag=True, help="Allow a host on this machine; to try it out.")
def add(did: str, name: str, trust_list: Path, unsafe_local: bool) -> None:
    """Fetch the keys of DID (did:web:…) now, once, and decide to believe them.

    Verifying never fetches anything: what is written into the trust list is what counts, until you ask again. An
    issuer that is there already gets the keys of today; a key that was stolen goes.

    Exit codes: 0 done, 1 refused (no such document, or one that cannot be used), 2 wrong use.
    """
    from footprint.errors import InputError
    from footprint.outbound import Outbound
    from footprint.passport import TrustList
    from footprint.passport.did_document import MAX_DID_DOCUMENT_BYTES, DidDocument, did_url

    found = DidDocument.from_json(Outbound(unsafe_local).get(did_url(did), MAX_DID_DOCUMENT_BYTES))
    if found.did != did:
        why = "a document speaks for itself only"
        raise InputError.of("did document", f"is that of {found.did!a}", why, "ask its owner to put it right")
    known = TrustList.load(trust_list) if trust_list.exists() else TrustList.of()
    try:
        entry = found.trusted_as(name)
    except InputError:
        write_bytes(trust_list, known.without_issuer(did).to_json() + b"\n")
        raise
    write_bytes(trust_list, known.with_issuer(entry).to_json() + b"\n")
    for key in entry.keys:
        click.echo(f"{key.id}  {key.public_key_multibase}  {key.valid_from or ''} – {key.valid_until or ''}")


@trust.command()
@click.argument("root")
@click.option(
    "--out", type=options.FILE, default=Path("pin.json"), show_default=True, help="The file to write."
)
def pin(root: str, out: Path) -> None:
    """Decide to believe the lists of ROOT, a did:key:z6Mk… you learnt over a channel you trust.

    The file also remembers the newest list seen, so that nobody can put an older one back. An existing pin is
    never replaced.

    Exit codes: 0 done, 1 refused (no such key, or the file exists), 2 wrong use.
    """
    from footprint.errors import InputError
    from footprint.passport.signed_trust import TrustPin

    made = TrustPin.on(root).to_json()
    if out.exists():
        why = "it remembers the newest list seen"
        raise InputError.of(str(out), "is there already", why, "delete it if you mean to start anew")
    write_bytes(out, made + b"\n")
