"""`footprint mrv`: is a soil model right where it was not fitted, and what is left of a gain after doubt?"""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes

_OUT = click.option("--out", type=options.FILE, help="Write the result as JSON.")


@click.group()
def mrv() -> None:
    """Soil carbon: validate a model on independent sites, deduct the uncertainty, check what is left out."""


@mrv.command()
@click.argument("stocks", type=options.FILE)
@click.option("--model", type=click.Choice(["rothc", "steady-state"]), required=True, help="Which model.")
@click.option(
    "--sites", type=options.FILE, required=True, help="Weather and management of each site (TOML or JSON)."
)
@click.option(
    "--fit", multiple=True, metavar="NAME=LOW:HIGH", help="Fit a parameter on the calibration sites."
)
@options.seed
@click.option("--page", "page_path", type=options.FILE, help="Write a page with the picture (HTML).")
@_OUT
def validate(
    stocks: Path,
    model: str,
    sites: Path,
    fit: tuple[str, ...],
    seed: int,
    page_path: Path | None,
    out: Path | None,
) -> None:
    """Compare a model with the measured STOCKS (CSV or Parquet) of sites it was not fitted to.

    \b
    Columns: site, year, stock, unit (t C/ha or t CO2/ha), se, depth_cm,
    split (calibration or validation), and n where replicates are known.

    \b
      footprint mrv validate stocks.csv --model rothc --sites sites.json \\
                --fit plant_input=0.5:2 --out validation.json --page validation.html

    Exit codes: 0 passed, 1 a test is not passed or the data cannot be used, 2 wrong use.
    """
    from footprint.mrv import Bounds, read_stocks, rothc_model, steady_state_model
    from footprint.mrv import validate as compare
    from footprint.mrv.page import page
    from footprint.mrv.telling import told_validation

    made = {"rothc": rothc_model, "steady-state": steady_state_model}[model](sites)
    found = compare(made, read_stocks(stocks), fit=dict(Bounds.parse(text) for text in fit), seed=seed)
    _write(out, found.model_dump_json(indent=2))
    _write(page_path, page(found))
    _say(told_validation(found), out)
    sys.exit(not found.passed)


@mrv.command()
@click.argument("project", type=options.FILE)
@click.option(
    "--rule", required=True, metavar="RULE", help="vm0042, vm0042-v1, lower-bound or margin. No default."
)
@click.option(
    "--baseline",
    type=click.Choice(["static", "dynamic", "hybrid"]),
    required=True,
    help="Which one counts; all are shown.",
)
@click.option("--years", type=click.IntRange(1, 100), required=True, help="Over which the stocks changed.")
@click.option(
    "--scaling-se",
    type=click.FloatRange(0),
    required=True,
    help="Error of carrying plots to the whole area, t C/ha; 0 where every field has plots.",
)
@click.option("--validation", "validated", type=options.FILE, help="Of the model (`mrv validate --out`).")
@click.option("--measured", is_flag=True, help="All changes were measured; no model is behind them.")
@click.option(
    "--site-correlation",
    type=click.FloatRange(0, 1),
    default=1.0,
    show_default=True,
    help="Of model errors between strata.",
)
@click.option(
    "--scenario-correlation",
    type=click.FloatRange(-1, 1),
    default=0.0,
    show_default=True,
    help="Of model errors under new and old practice.",
)
@_OUT
def deduct(
    project: Path,
    rule: str,
    baseline: str,
    years: int,
    scaling_se: float,
    validated: Path | None,
    measured: bool,
    site_correlation: float,
    scenario_correlation: float,
    out: Path | None,
) -> None:
    """What is left of the change on the plots of PROJECT (CSV or Parquet), against every baseline.

    \b
    Columns: stratum, area_ha, plot, role (project, control or baseline), change, unit.

    \b
      footprint mrv deduct project.csv --rule vm0042 --baseline dynamic --years 5 \\
                --scaling-se 0 --validation validation.json

    Exit codes: 0 told, 1 the data cannot be used, 2 wrong use.
    """
    if measured == (validated is not None):
        raise click.UsageError(
            "say --validation FILE where a model gave the changes, or --measured where none did"
        )
    from footprint.mrv import Plan, read_project
    from footprint.mrv import deduct as take_off
    from footprint.mrv.reading import read_validation
    from footprint.mrv.telling import told_deduction

    plan = Plan(
        rule=rule,
        baseline=baseline,  # type: ignore[arg-type] # click.Choice has checked it
        period_years=years,
        scaling_se_t_c_per_ha=scaling_se,
        site_correlation=site_correlation,
        scenario_correlation=scenario_correlation,
    )
    found = take_off(
        read_project(project), plan, validation=read_validation(validated) if validated else None
    )
    _write(out, found.model_dump_json(indent=2))
    _say(told_deduction(found), out)


@mrv.command("cut-off")
@click.argument("sources", type=options.FILE)
@_OUT
def cut_off(sources: Path, out: Path | None) -> None:
    """Is 95 % of all sources and sinks in SOURCES (CSV or Parquet) included?

    Columns: source, amount_t_co2e, included (yes or no), reason.

    Exit codes: 0 yes, 1 no, with what is missing, or the data cannot be used, 2 wrong use.
    """
    from footprint.mrv import read_cut_off
    from footprint.mrv.telling import told_cut_off

    found = read_cut_off(sources)
    _write(out, found.model_dump_json(indent=2))
    _say(told_cut_off(found), out)


def _write(path: Path | None, text: str) -> None:
    if path is not None:
        write_bytes(path, text.encode())


def _say(lines: Iterable[str], out: Path | None) -> None:
    for line in lines:
        click.echo(line, err=out == STANDARD_STREAM)
