"""`footprint export`: records in the form of other programs."""

from pathlib import Path

import click

from footprint.cli import options


@click.group()
def export() -> None:
    """Hand RECORDS to another program, in its own form."""


@export.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@click.option("--project", help="Brightway project; made when new. `default`, when left out.")
@click.option("--database", help="Name of the database in the project; an earlier export is replaced.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A datapackage (zip) instead of a database in a project."
)
@click.option(
    "--draws",
    type=click.IntRange(0, 100_000),
    default=0,
    show_default=True,
    help="With --out: draws that go along as presampled arrays.",
)
@options.seed
def brightway(
    records: Path,
    gwp: str,
    route: str | None,
    project: str | None,
    database: str | None,
    out: Path | None,
    draws: int,
    seed: int,
) -> None:
    """Write RECORDS as a database of a Brightway project, or as a datapackage.

    The database opens in Activity Browser: activities, exchanges with comments and uncertainty, the gases, and a
    method with our warming potentials. The datapackage needs bw2calc alone.

    Exit codes: 0 written, 1 refused, 2 wrong use.
    """
    if (database is None) == (out is None):
        raise click.UsageError("say either --database NAME or --out FILE.zip")
    if out is None and draws:
        raise click.UsageError("--draws goes with --out: a database keeps distributions, not draws")
    from footprint.brightway import datapackage
    from footprint.brightway import export as write
    from footprint.records import load

    system = load(records)
    if out is not None:
        package = datapackage(system, gwp=gwp, route=route, draws=draws, seed=seed, file=out)
        click.echo(f"datapackage {out}, demand {package.demand}, {draws} draws")
        return
    assert database is not None  # noqa: S101 - one of the two is given
    done = write(system, database=database, gwp=gwp, project=project, route=route)
    click.echo(f"project   {done.project}")
    click.echo(f"database  {done.database}, {done.activities} activities")
    click.echo(f"product   {done.product[1]}")
    click.echo(f"method    {' › '.join(done.method)}")
