"""Passports of suppliers on the command line: single files, folders of them, or those inside a bundle."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli.files import read_bytes
from footprint.errors import FootprintError, InputError, Problem
from footprint.passport import Passport, StatusLists, TrustList, VerifiedPassport, verify
from footprint.passport.chain import MOST_PASSPORTS

if TYPE_CHECKING:
    from footprint.evidence import Bundle

MAX_BUNDLE_BYTES = 32 * 1024 * 1024


def suppliers(
    paths: tuple[Path, ...], trust_list: Path | None, status_lists: Path | None, at: datetime
) -> tuple[VerifiedPassport, ...]:
    """The verified passports of lots bought; problems begin with the file."""
    if not paths:
        return ()
    if trust_list is None:
        raise click.UsageError("--upstream needs --trust: which suppliers do you vouch for?")
    trust = TrustList.load(trust_list)
    lists = StatusLists.load(status_lists) if status_lists else None
    found = []
    for path in paths:
        try:
            found.append(verify(read_bytes(path), trust=trust, at=at, status=lists))
        except FootprintError as error:
            raise type(error)(*(problem.under(path.name) for problem in error.problems)) from error
    return tuple(found)


def passports_in(places: Iterable[Path]) -> Iterator[Passport]:
    """Every passport in files, in folders (`*.json`) and in bundles (`*.zip`), unverified.

    Raises:
        InputError: a file cannot be read, or there are too many.
    """
    for count, (name, content) in enumerate(_contents(places), start=1):
        if count > MOST_PASSPORTS:
            why = f"the limit is {MOST_PASSPORTS}"
            raise InputError(Problem(name, "is one passport too many", why, "give fewer at once"))
        try:
            yield Passport(content)
        except FootprintError as error:
            raise type(error)(*(problem.under(name) for problem in error.problems)) from error


def read_bundle(path: Path) -> "Bundle":
    """A bundle made by `footprint bundle`; problems begin with the file."""
    from footprint.evidence import Bundle

    try:
        return Bundle.from_zip(read_bytes(path, MAX_BUNDLE_BYTES))
    except FootprintError as error:
        raise type(error)(*(problem.under(path.name) for problem in error.problems)) from error


def _contents(places: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for place in places:
        if place.suffix == ".zip":
            yield from ((place.name, one.json) for one in read_bundle(place).upstream)
        else:
            files = sorted(place.glob("*.json")) if place.is_dir() else [place]
            yield from ((path.name, read_bytes(path)) for path in files)
