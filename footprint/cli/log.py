"""`footprint log`: watch a transparency log, or witness it. The network is asked here, and nowhere in `verify`."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import read_bytes, write_bytes
from footprint.errors import InputError

_ARGUMENTS = (
    click.argument("log"),
    options.log_key,
    click.option(
        "--state",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        help="File with the last head seen; made at the first look. Keep it: it is your memory.",
    ),
    options.local_log,
)


def _arguments(command: click.decorators.FC) -> click.decorators.FC:
    for decorate in reversed(_ARGUMENTS):
        command = decorate(command)
    return command


@click.group()
def log() -> None:
    """Watch a transparency log: that it only grows, and shows everybody the same.

    LOG is its web address (https, public) or a folder with the same files.
    """


@log.command()
@_arguments
@click.option(
    "--witness", "witnesses", metavar="VKEY", multiple=True, help="This witness must have cosigned the head."
)
def watch(log: str, log_key: str, state: Path, unsafe_local: bool, witnesses: tuple[str, ...]) -> None:
    """Look at LOG once, and compare with what you saw before. Run it from cron.

    \b
    Example:
      footprint log watch https://passports.example.org/log --state seen.checkpoint \\
                --log-key passports.example.org/log+1a2b3c4d+AT…

    Exit codes: 0 it only grew; 1 rolled back, split view, other key, or unreadable; 2 wrong use.
    """
    from footprint.log import source_of
    from footprint.log import watch as look
    from footprint.passport.checkpoint import KnownLog
    from footprint.passport.signed_note import NoteKey
    from footprint.passport.witnessed import witness_key

    known = KnownLog(NoteKey.parse(log_key), demanded=tuple(map(witness_key, witnesses)))
    seen = look(source_of(log, unsafe_local=unsafe_local), known, _last(state))
    _keep(state, str(seen.note).encode())
    click.echo(
        f"✓ {seen.checkpoint.origin}: {seen.checkpoint.size} entries, {seen.grown_by} new, nothing rewritten"
    )


@log.command()
@_arguments
@options.key
@click.option("--name", required=True, help="Your name as a witness, e.g. witness.example.org.")
@click.option(
    "--out", type=options.FILE, default=Path("-"), help="Where the cosigned head goes; standard output."
)
@click.option("--send", is_flag=True, help="Hand the cosigned head to LOG as well, which gives it out.")
@options.at
def witness(
    log: str,
    log_key: str,
    state: Path,
    unsafe_local: bool,
    key_file: Path,
    name: str,
    out: Path,
    send: bool,
    instant: str | None,
) -> None:
    """Look at LOG as `watch` does, and countersign its head (C2SP cosignature/v1).

    Use a key that signs nothing else: what is signed does not say who the witness is.

    Exit codes: 0 cosigned; 1 refused, and nothing signed; 2 wrong use.
    """
    from footprint.log import cosigned, send_head, source_of
    from footprint.log import watch as look
    from footprint.passport import Signer
    from footprint.passport.checkpoint import KnownLog
    from footprint.passport.signed_note import WITNESS, NoteKey

    signer = Signer.open(key_file)
    key = NoteKey(name, signer.ed25519_key, WITNESS)
    seen = look(source_of(log, unsafe_local=unsafe_local), KnownLog(NoteKey.parse(log_key)), _last(state))
    _keep(
        state, str(seen.note).encode()
    )  # first remember, then sign: a witness never signs what it may forget
    line = cosigned(seen, key, signer.sign_bytes, int(options.instant_or_now(instant).timestamp()))
    cosigned_head = str(seen.note.and_signatures([line])).encode()
    write_bytes(out, cosigned_head)
    if send:
        send_head(log, cosigned_head, witness=name, unsafe_local=unsafe_local)
    click.echo(f"✓ cosigned {seen.checkpoint.size} entries as {key}", err=True)


@log.command()
@click.argument("name")
@options.key
@click.option("--witness", "is_witness", is_flag=True, help="The key of a witness, not of a log.")
def vkey(name: str, key_file: Path, is_witness: bool) -> None:
    """Print the verifier key of NAME, as trust lists and `--log-key` want it."""
    from footprint.passport import Signer
    from footprint.passport.signed_note import LOG, WITNESS, NoteKey

    click.echo(str(NoteKey(name, Signer.open(key_file).ed25519_key, WITNESS if is_witness else LOG)))


def _last(state: Path) -> bytes | None:
    return read_bytes(state) if state.exists() else None


def _keep(state: Path, note: bytes) -> None:
    """Replaces the state as a whole, on disk before anything else is done."""
    fresh = state.with_name(f"{state.name}.{datetime.now(UTC).timestamp():.6f}.new")
    try:
        with fresh.open("xb") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(state)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError.of(str(state), "cannot be written", why, "name a folder you can write to") from error
