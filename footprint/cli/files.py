"""Files in and out of the command line, with messages instead of tracebacks."""

import sys
from pathlib import Path

import click
from pydantic import ValidationError

from footprint.errors import InputError, MalformedError, Problem
from footprint.passport.strict_json import parse_object
from footprint.result import Footprint

MAX_BYTES = 4 * 1024 * 1024
STANDARD_STREAM = Path("-")


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """A whole file, or standard input for `-`; bounded.

    Raises:
        InputError: it cannot be read, or is too large to be one of ours.
    """
    try:
        if path == STANDARD_STREAM:
            content = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with path.open("rb") as stream:
                content = stream.read(max_bytes + 1)
    except OSError as error:
        raise InputError(
            Problem(str(path), "cannot be read", str(error.strerror), "check the name and the folder")
        ) from error
    if len(content) > max_bytes:
        what = f"is larger than {max_bytes // 1024**2} MiB"
        raise InputError(
            Problem(str(path), what, "no document of ours is", "check that it is the right file")
        )
    return content


def write_bytes(path: Path, content: bytes) -> None:
    """A whole file, or standard output for `-`.

    Raises:
        InputError: it cannot be written.
    """
    if path == STANDARD_STREAM:
        sys.stdout.buffer.write(content)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(
            Problem(str(path), "cannot be written", str(error.strerror), "choose a folder you can write to")
        ) from error
    click.echo(f"written: {path}", err=True)


def read_footprint(path: Path) -> Footprint:
    """A footprint made by `footprint assess --json` or `--out`.

    Raises:
        InputError: not JSON, or not a footprint.
    """
    try:
        return Footprint.model_validate(parse_object(read_bytes(path), max_bytes=MAX_BYTES))
    except MalformedError as error:
        raise InputError(*(problem.under(path.name) for problem in error.problems)) from error
    except ValidationError as error:
        fix = "make it with `footprint assess … --out footprint.json`"
        found = [
            Problem(f"{path.name}: {'.'.join(map(str, e['loc']))}", e["msg"], "this is not a footprint", fix)
            for e in error.errors()
        ]
        raise InputError(*found) from error


def is_footprint(path: Path) -> bool:
    """Whether a file is a footprint, or was one before somebody spoilt it: records have neither ledgers nor digests.

    Raises:
        InputError: it cannot be read.
    """
    if path.suffix != ".json":
        return False
    try:
        return bool({"gross", "digests"} & parse_object(read_bytes(path), max_bytes=MAX_BYTES).keys())
    except MalformedError:
        return False


def footprint_json(footprint: Footprint) -> bytes:
    """A footprint as its file: the same footprint, the same bytes."""
    return footprint.model_dump_json(indent=1).encode() + b"\n"
