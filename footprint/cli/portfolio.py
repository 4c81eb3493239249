"""`footprint portfolio`: many products → their footprints."""

import time
from pathlib import Path

import click

from footprint.cli.setting import Asked, setting


@click.command()
@click.argument("products", type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="The record that the columns of a table are laid over.",
)
@setting("removals")
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    help="Processes of this machine; one for each core when left out.",
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler instead, e.g. tcp://127.0.0.1:8786.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Folder of the results.",
)
def portfolio(
    products: Path,
    asked: Asked,
    template: Path | None,
    workers: int | None,
    cluster: str | None,
    out: Path,
) -> None:
    """Compute the footprints of PRODUCTS: a .csv or .parquet table, or a folder of records.

    A table has a column `id` and one for each answer that differs, named as the error messages name it:
    orchard.diesel.amount, or orchard.diesel.amount [litre]. An empty cell is an answer nobody gave, not a zero.
    Run again after it was stopped, it goes on where it was. What is wrong with one product does not stop the rest.

    \b
    Writes into the folder of the results:
      footprints.parquet   a row for each product, with intervals, stages, gases, data quality
      problems.parquet     a row for each problem: product, where, what, why, how to fix it
      summary.html         distribution, hot spots, data-quality map

    \b
    Examples:
      footprint portfolio lots.csv --template lychee.toml --gwp AR6-100
      footprint portfolio records/ --gwp AR6-100 --draws 1000 --out results-2025

    Exit codes: 0 done, 1 the input cannot be used or no product could be assessed, 2 wrong use.
    """
    from footprint.portfolio.fork_server import prepare

    if cluster is None and workers != 1:
        prepare(products)  # loads in a process of its own while this one does
    from footprint.portfolio import run

    done = run(
        products,
        out,
        asked.opened(),
        template=template,
        workers=workers,
        cluster=cluster,
        progress=_Clock(),
    )
    click.echo(f"{done.assessed} products assessed: {done.footprints}")
    if done.refused:
        click.secho(f"{done.refused} could not be: {done.problems}", fg="yellow")
    click.echo(f"summary: {done.page}")
    if not done.assessed:
        raise click.exceptions.Exit(1)


class _Clock:
    """Says every few seconds, and at the end, how far it is and how long it will take."""

    _SECONDS = 2.0

    def __init__(self) -> None:
        self._begun: tuple[float, int] | None = None
        self._said = float("-inf")

    def __call__(self, done: int, count: int) -> None:
        now = time.monotonic()
        left = ""
        if self._begun is None:
            self._begun = (now, done)  # what an earlier run had done says nothing of the speed of this one
        elif self._begun[1] < done < count:
            seconds = (now - self._begun[0]) / (done - self._begun[1]) * (count - done)
            left = f", about {_spoken(seconds)} left"
        if done < count and now - self._said < self._SECONDS:
            return
        self._said = now
        click.secho(f"{done} of {count} products{left}", dim=True, err=True)


def _spoken(seconds: float) -> str:
    """A duration as one would say it.

    >>> _spoken(42.3), _spoken(400.0), _spoken(9000.0)
    ('42 s', '7 min', '2.5 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 100 * 60 else f"{seconds / 3600:.1f} h"
