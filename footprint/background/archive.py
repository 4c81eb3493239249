"""Zip files somebody else made: bounded in every direction before a byte of them is believed."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from footprint.errors import InputError, MalformedError, Problem
from footprint.passport.strict_json import parse_object

MAX_MEMBERS = 500_000
MAX_MEMBER_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 8 * 1024 * 1024 * 1024
MAX_RATIO = 200
"""Uncompressed over compressed: text reaches 50, a bomb a thousand."""


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive whose directory keeps to the limits.

    Args:
        path: the file.

    Raises:
        InputError: no zip file, or one that would not fit.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check(path, archive)
            yield archive
    except zipfile.BadZipFile as error:
        why = "it must be whole"
        raise InputError(Problem(str(path), "is no zip file", str(error), why)) from error
    except OSError as error:
        fix = "check the name and the folder"
        raise InputError(Problem(str(path), "cannot be read", str(error.strerror), fix)) from error


def objects(archive: zipfile.ZipFile, folder: str) -> Iterator[dict[str, Any]]:
    """Every JSON object of one folder of an archive, wherever that folder stands in it.

    Args:
        archive: an opened one.
        folder: its name.

    Raises:
        InputError: a member that is no JSON object, or larger than its directory says.
    """
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        parts = info.filename.split("/")
        if len(parts) < 2 or parts[-2] != folder or not parts[-1].endswith(".json"):
            continue
        try:
            yield parse_object(content(archive, info), max_bytes=MAX_MEMBER_BYTES)
        except MalformedError as error:
            raise InputError(*(problem.under(info.filename) for problem in error.problems)) from error


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One member, whole.

    Raises:
        InputError: it is larger than its directory says, encrypted or damaged.
    """
    try:
        with archive.open(info) as stream:
            text = stream.read(MAX_MEMBER_BYTES + 1)
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError) as error:
        raise InputError(Problem(info.filename, "cannot be unpacked", str(error), "pack it again")) from error
    if len(text) > MAX_MEMBER_BYTES:
        raise InputError(Problem(info.filename, "is larger than 64 MiB", "no record is", ""))
    return text


def _check(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    total = sum(info.file_size for info in members)
    packed = max(1, sum(info.compress_size for info in members))
    limits = (
        (len(members) > MAX_MEMBERS, f"holds {len(members)} files"),
        (any(info.file_size > MAX_MEMBER_BYTES for info in members), "holds a file of more than 64 MiB"),
        (total > MAX_TOTAL_BYTES, "unpacks to more than 8 GiB"),
        (total / packed > MAX_RATIO, f"unpacks to {total / packed:.0f} times its size"),
    )
    for broken, what in limits:
        if broken:
            raise InputError(Problem(str(path), what, "no database does", "check where it comes from"))
