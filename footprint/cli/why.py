"""`footprint why`: two editions of a footprint, and why the number changed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, is_footprint, read_footprint, write_bytes
from footprint.errors import InputError, Problem

if TYPE_CHECKING:
    from footprint.change import Edition


@click.command()
@click.argument("old", type=options.FILE)
@click.argument("new", type=options.FILE)
@options.gwp
@options.route
@click.option(
    "--old-records", type=options.FILE, help="The records OLD was made from, if OLD is a footprint."
)
@click.option(
    "--new-records", type=options.FILE, help="The records NEW was made from, if NEW is a footprint."
)
@click.option("--old-gwp", metavar="SET", help="Warming potentials of OLD, if not those of --gwp.")
@click.option("--old-route", metavar="NAME", help="Place of sale of OLD, if not that of --route.")
@click.option("--old-factors", type=options.FILE, multiple=True, help="Factor file of your own, for OLD.")
@click.option("--new-factors", type=options.FILE, multiple=True, help="Factor file of your own, for NEW.")
@click.option("--old-at", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="OLD: numbers of this day.")
@click.option("--new-at", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="NEW: numbers of this day.")
@click.option("--out", type=options.FILE, help="Write the reasons here (JSON).")
@click.option("--json", "as_json", is_flag=True, help="Print the reasons as JSON instead of words.")
def why(
    old: Path,
    new: Path,
    gwp: str | None,
    route: str | None,
    old_records: Path | None,
    new_records: Path | None,
    old_gwp: str | None,
    old_route: str | None,
    old_factors: tuple[Path, ...],
    new_factors: tuple[Path, ...],
    old_at: datetime | None,
    new_at: datetime | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Why did the number change from OLD to NEW? Parts for data, factors, method and model that add up exactly.

    Each is a record (TOML or JSON), computed now, or a footprint (JSON) made by `footprint assess`, with the
    record behind it: then it is first checked that the one follows from the other. Removals and biogenic carbon
    have lines of their own.

    \b
    Examples:
      footprint why 2024.toml 2025.toml --gwp AR6-100
      footprint why lychee.toml lychee.toml --gwp AR6-100 --old-gwp AR5-100
      footprint why lychee.toml lychee.toml --gwp AR6-100 --new-factors own.toml
      footprint why 2024.json 2025.json --old-records 2024.toml --new-records 2025.toml

    Exit codes: 0 done, 1 the two cannot be compared (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.change import why as compute
    from footprint.explain_change import explain_change

    before = _Given(old, "old", old_records, old_gwp or gwp, old_route or route, old_factors, old_at)
    after = _Given(new, "new", new_records, gwp, route, new_factors, new_at)
    editions = before.edition(), after.edition()
    click.secho("turning one thing after another …", dim=True, err=True)
    reasons = compute(*editions)
    content = reasons.model_dump_json(indent=1).encode() + b"\n"
    if out is not None:
        write_bytes(out, content)
    if as_json:
        write_bytes(STANDARD_STREAM, content)
    else:
        click.echo(explain_change(reasons))


@dataclass(frozen=True)
class _Given:
    """What the command line says of one side."""

    file: Path
    side: str
    records: Path | None
    gwp: str | None
    route: str | None
    factors: tuple[Path, ...]
    at: datetime | None

    def edition(self) -> "Edition":
        """Read and computed, or read and checked; problems begin with the file."""
        from footprint.change import Edition, edition_of
        from footprint.errors import MismatchError
        from footprint.records import load
        from footprint.setting import Setting

        factors = options.published(self.factors, self.at)
        if not is_footprint(self.file):
            return Edition.of(load(self._own()), Setting(gwp=self.gwp, route=self.route, factors=factors))
        if self.records is None:
            fix = f"name the record it was made from: --{self.side}-records"
            raise InputError(Problem(self.file.name, "is a footprint", "what made it is not in it", fix))
        try:
            return edition_of(read_footprint(self.file), load(self.records), factors)
        except MismatchError as error:
            raise MismatchError(*(problem.under(self.file.name) for problem in error.problems)) from error

    def _own(self) -> Path:
        if self.records is not None:
            fix = f"leave --{self.side}-records out"
            raise InputError(Problem(self.file.name, "is a record itself", "it has no other behind it", fix))
        return self.file
