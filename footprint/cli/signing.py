"""Options that say which key signs: one in a file, or one in a hardware token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from footprint.cli import options

if TYPE_CHECKING:
    from footprint.passport import Signer

_OPTIONS = (
    click.option("--key", "key_file", type=options.FILE, help="Signing key made by `footprint keygen`."),
    click.option("--password", is_flag=True, help="With --key: ask for the key's password."),
    click.option(
        "--pkcs11",
        "library",
        metavar="LIBRARY",
        help="Instead of --key: the library (.so, .dll) of the maker of your token; its PIN is asked for.",
    ),
    click.option("--token", metavar="NAME", help="With --pkcs11: name of the token."),
    click.option(
        "--key-label", "label", metavar="LABEL", help="With --pkcs11: label of the key in the token."
    ),
    click.option("--did", help="Sign as this did:web:… instead of the key's own did:key."),
)


def signing(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options to a verb, which gets the `signer` they name; a token is open until the verb ends."""

    @wraps(command)
    def opened(
        *,
        key_file: Path | None,
        password: bool,
        library: str | None,
        token: str | None,
        label: str | None,
        did: str | None,
        **rest: Any,  # noqa: ANN401 - the verb's own options
    ) -> None:
        if (key_file is None) == (library is None):
            raise click.UsageError(
                "say which key signs: --key FILE, or --pkcs11 LIBRARY with --token and --key-label"
            )
        if key_file is not None:
            if token or label:
                raise click.UsageError("--token and --key-label go with --pkcs11")
            command(signer=_from_file(key_file, password, did), **rest)
            return
        if library is None or not token or not label or password:
            raise click.UsageError(
                "--pkcs11 goes with --token and --key-label, and asks for the PIN by itself"
            )
        with _from_token(library, token, label, did) as signer:
            command(signer=signer, **rest)

    for decorate in reversed(_OPTIONS):
        decorate(opened)
    return opened


def _from_file(key_file: Path, password: bool, did: str | None) -> "Signer":
    from footprint.passport import Signer

    secret = click.prompt("Password", hide_input=True).encode() if password else None
    return Signer.open(key_file, secret, did)


@contextmanager
def _from_token(library: str, token: str, label: str, did: str | None) -> "Iterator[Signer]":
    from footprint.passport import Signer
    from footprint.passport.pkcs11_key import Pkcs11Key

    pin: str = click.prompt("PIN", hide_input=True)
    with Pkcs11Key.open(library, token=token, pin=pin, label=label) as key:
        yield Signer(key, did)
