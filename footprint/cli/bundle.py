"""`footprint bundle`: records → footprint, with all that a verifier needs to compute it again."""

from datetime import datetime
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import footprint_json, write_bytes


@click.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@options.removals
@options.own_factors
@options.in_force
@options.upstream
@options.suppliers_trust
@options.status_lists
@options.draws
@options.seed
@click.option("--footprint", "footprint_out", type=options.FILE, help="Write the footprint here too (JSON).")
@click.option(
    "--out", type=options.FILE, default=Path("evidence.zip"), show_default=True, help="The bundle to write."
)
def bundle(
    records: Path,
    gwp: str | None,
    route: str | None,
    removals: str,
    factor_paths: tuple[Path, ...],
    at: datetime | None,
    upstream_paths: tuple[Path, ...],
    trust_list: Path | None,
    status_lists: Path | None,
    draws: int,
    seed: int,
    footprint_out: Path | None,
    out: Path,
) -> None:
    """Compute the footprint of RECORDS and keep all that went into it: record, method, numbers, suppliers' passports.

    The bundle holds the whole record. Give it to whom you would show your books: a verifier, a lender.

    \b
    Example:
      footprint bundle lychee.toml --gwp AR6-100 --footprint footprint.json --out evidence.zip
      footprint sign footprint.json --bundle evidence.zip …
      footprint recompute passport.json evidence.zip --trust trust.json

    Exit codes: 0 done, 1 the records cannot be used (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.cli.suppliers import suppliers
    from footprint.evidence import Bundle
    from footprint.records import load
    from lca_models.factors import FactorSet

    factors = FactorSet.load(*factor_paths, at=options.day(at))
    options.say_overrides(factors)
    made, footprint = Bundle.of(
        load(records),
        gwp=gwp,
        route=route,
        factors=factors,
        removals=removals,
        draws=draws,
        seed=seed,
        upstream=suppliers(upstream_paths, trust_list, status_lists, options.instant_or_now(None)),
    )
    if footprint_out is not None:
        write_bytes(footprint_out, footprint_json(footprint))
    write_bytes(out, made.to_zip())
