"""Options that several verbs share."""

from datetime import UTC, datetime
from pathlib import Path

import click

FILE = click.Path(path_type=Path, allow_dash=True)

gwp = click.option(
    "--gwp",
    metavar="SET",
    help="Warming potentials: AR6-100, AR6-20, AR5-100 or AR5-20. No default: you choose the horizon.",
)
route = click.option("--route", help="Which place of sale in the records; the first when left out.")
trust = click.option(
    "--trust",
    "trust_list",
    type=FILE,
    required=True,
    help="Trust list (JSON): the issuers you vouch for, and their keys.",
)
key = click.option(
    "--key", "key_file", type=FILE, required=True, help="Signing key made by `footprint keygen`."
)
at = click.option(
    "--at",
    "instant",
    metavar="TIME",
    help="Judge as of this time, e.g. 2025-07-01T00:00:00Z. Now, when left out.",
)


def instant_or_now(text: str | None) -> datetime:
    """The time of `--at`, or the clock's: the command line is where time comes in."""
    from footprint.passport.timestamps import parse_instant

    return datetime.now(UTC).replace(microsecond=0) if text is None else parse_instant(text)
