"""`footprint status`: ask a service to revoke, suspend or reinstate a passport, and for its status lists."""

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from footprint.cli import options
from footprint.cli.files import read_bytes, write_bytes
from footprint.errors import InputError

if TYPE_CHECKING:
    from footprint.passport import StatusEntry

API_KEY = "FOOTPRINT_API_KEY"
MAX_REPLY_BYTES = 2 * 1024 * 1024
_ID = re.compile("(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")

_service = click.option(
    "--service", required=True, metavar="URL", help="The label service, e.g. https://p.example.org."
)
_local = click.option("--unsafe-local", is_flag=True, help="Allow a service on this machine, also over http.")


@click.group()
def status() -> None:
    """Say what became of a passport: revoked, suspended, reinstated. Needs the API key in FOOTPRINT_API_KEY."""


@status.command()
@_service
@_local
@click.option(
    "--out", type=options.FILE, default=Path("status.json"), show_default=True, help="The entries to sign."
)
def reserve(service: str, unsafe_local: bool, out: Path) -> None:
    """Reserve a place in the service's status lists for one passport; then `footprint sign --status`.

    Exit codes: 0 reserved; 1 refused; 2 wrong use.
    """
    reply = _post(f"{service}/v1/status-entries", b"", unsafe_local)
    write_bytes(out, json.dumps(reply, indent=1).encode() + b"\n")


@status.command()
@click.argument("act", type=click.Choice(["revoke", "suspend", "reinstate"]))
@click.argument("passport")
@click.option("--reason", required=True, help="For the service's records; not published.")
@_service
@_local
def change(act: str, passport: str, reason: str, service: str, unsafe_local: bool) -> None:
    """Revoke (for ever), suspend or reinstate PASSPORT: its file, or its id.

    \b
    Example:
      footprint status change revoke passport.json --reason "wrong lot weighed" \\
                --service https://passports.example.org

    Exit codes: 0 done; 1 refused; 2 wrong use.
    """
    body = json.dumps({"act": act, "reason": reason}).encode()
    reply = _post(f"{service}/v1/passports/{_passport_id(passport)}/status", body, unsafe_local)
    click.echo(
        f"{reply['id']}: "
        + ("revoked" if reply["revoked"] else "suspended" if reply["suspended"] else "in force")
    )


@status.command()
@click.argument("passport", type=options.FILE)
@_local
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the lists."
)
def fetch(passport: Path, unsafe_local: bool, out: Path) -> None:
    """Fetch the status lists that PASSPORT names into a folder; then `footprint verify --status-lists`.

    They are not checked here: `verify` does.

    Exit codes: 0 written; 1 they cannot be had; 2 wrong use.
    """
    from footprint.outbound import Outbound

    entries = status_entries_in(read_bytes(passport), str(passport))
    if not entries:
        raise InputError.of(
            str(passport), "names no status list", "it cannot be taken back", "verify it without"
        )
    out.mkdir(parents=True, exist_ok=True)
    for entry in entries:
        data = Outbound(unsafe_local).get(entry.status_list_credential, MAX_REPLY_BYTES)
        name = re.sub("[^A-Za-z0-9-]", "-", entry.status_list_credential.rpartition("/")[2])[:40]
        write_bytes(out / f"{entry.status_purpose}-{name}.json", data)


def status_entries_in(text: bytes, where: str) -> "tuple[StatusEntry, ...]":
    """The entries under `credentialStatus`: of a passport, or of a reservation that is about to be signed.

    Raises:
        InputError: they are not ones a verifier would read.
    """
    from pydantic import TypeAdapter, ValidationError

    from footprint.passport.reading import problems_of
    from footprint.passport.status_list import StatusEntries
    from footprint.passport.strict_json import parse_object

    named = parse_object(text).get("credentialStatus")
    if named is None:
        return ()
    try:
        adapter: TypeAdapter[tuple[StatusEntry, ...]] = TypeAdapter(StatusEntries)
        return adapter.validate_python(named)
    except ValidationError as error:
        raise InputError(*problems_of(error, f"{where}: credentialStatus", "reserve a new place")) from error


def _passport_id(text: str) -> str:
    from footprint.passport import Passport

    name = text if _ID.fullmatch(text) else Passport.from_json(read_bytes(Path(text))).unverified_id or ""
    found = _ID.fullmatch(name)
    if found is None:
        raise InputError.of(
            "passport", f"{name!r} is no passport's id", "urn:uuid:… is needed", "give its file"
        )
    return found[1]


def _post(url: str, body: bytes, unsafe_local: bool) -> dict[str, Any]:
    from footprint.outbound import Outbound
    from footprint.passport.strict_json import parse_object

    key = os.environ.get(API_KEY)
    if not key or not key.isascii() or not key.isprintable():
        raise InputError.of(
            API_KEY, "is not set", "the service must know who asks", f"export {API_KEY}=afk_…"
        )
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    reply = Outbound(unsafe_local).ask("POST", url, max_bytes=MAX_REPLY_BYTES, body=body, headers=headers)
    document = parse_object(reply.body, max_bytes=MAX_REPLY_BYTES)
    if reply.status not in (200, 201):
        raise InputError.of(
            url, f"answers {reply.status}", str(document.get("detail", ""))[:500], "see its answer"
        )
    return document
