"""Options that several verbs share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lca_models.factors import FactorSet

DRAWS, SEED = 4096, 1
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
log_key = click.option(
    "--log-key", required=True, metavar="VKEY", help="The log's verifier key: name+id+base64."
)
local_log = click.option(
    "--unsafe-local", is_flag=True, help="Allow a log on this machine, also over http; to try it out."
)
draws = click.option(
    "--draws",
    type=click.IntRange(100, 1_000_000),
    default=DRAWS,
    show_default=True,
    help="Monte Carlo draws.",
)
seed = click.option(
    "--seed",
    type=click.IntRange(0, 2**63),
    default=SEED,
    show_default=True,
    help="Seed of the draws; the same seed gives the same bytes.",
)
removals = click.option(
    "--removals",
    default="on_product",
    show_default=True,
    metavar="TERMS",
    help="Whose stored carbon is: on_product, sold, retired, disclosed, or parts such as "
    '"sold=0.4,on_product=0.6"; then by which method: "; card=puro-2025; deduction=lower-bound; buffer=0.1".',
)
upstream = click.option(
    "--upstream",
    "upstream_paths",
    type=FILE,
    multiple=True,
    help="Passport of a lot that the records buy; may be given several times. Needs --trust.",
)
suppliers_trust = click.option(
    "--trust", "trust_list", type=FILE, help="Trust list (JSON): the suppliers you vouch for, and their keys."
)
status_lists = click.option(
    "--status-lists", type=FILE, help="Folder (or file) with status lists, for passports that can be revoked."
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


factor_files = click.option(
    "--file",
    "paths",
    type=FILE,
    multiple=True,
    help="Factor file of your own (TOML), on top of the shipped ones; may be given several times.",
)
own_factors = click.option(
    "--factors",
    "factor_paths",
    type=FILE,
    multiple=True,
    help="Factor file of your own (TOML), on top of the shipped ones; may be given several times.",
)
background = click.option(
    "--background",
    "pack",
    type=FILE,
    help="A whole database behind what the records buy (`footprint background build`). Needs --purchases.",
)
bundles_background = click.option(
    "--background",
    "pack",
    type=FILE,
    help="The pack the bundle was made with, if it was made with one: a bundle names it and does not hold it.",
)
purchases = click.option(
    "--purchases", "table", type=FILE, help="Which process of the background makes what is bought (TOML)."
)
cache = click.option(
    "--cache", type=FILE, help="Folder that keeps solved and sampled backgrounds for the next time."
)
in_force = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Take the numbers in force on this day, e.g. 2021-06-30. The newest of each, when left out.",
)


def published(paths: tuple[Path, ...], at: datetime | None) -> "FactorSet":
    """The published numbers of `--factors` and `--at`.

    One line on standard error per shipped number that a file of the user's own replaces: nobody does so unnoticed.

    Raises:
        FactorError: a file that cannot be used.
    """
    from lca_models.factors import FactorSet

    factors = FactorSet.load(*paths, at=None if at is None else at.date())
    for override in factors.overrides:
        click.secho(f"! override: {override}", fg="yellow", err=True)
    return factors
