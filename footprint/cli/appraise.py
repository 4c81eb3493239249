"""`footprint appraise`: five questions → a rough footprint, and which question to answer next."""

from datetime import datetime
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes


@click.command()
@click.option(
    "--crop", required=True, help="What was harvested, e.g. lychee; a wrong name lists those known."
)
@click.option("--region", required=True, metavar="CODE", help="Where, e.g. CN-GD. Its numbers are Chinese.")
@click.option("--area", required=True, metavar="AREA", help="Harvested area, e.g. '12 mu'.")
@click.option(
    "--yield",
    "harvest",
    required=True,
    metavar="MASS",
    help="What was sold, e.g. '6 t/ha' or '4800 kg' in total; for trees the mean of several seasons.",
)
@click.option(
    "--nitrogen",
    required=True,
    metavar="MASS",
    help="N in synthetic fertiliser, e.g. '220 kg/ha' or '180 kg' in total; 100 kg of urea hold 46.",
)
@click.option(
    "--climate",
    type=click.Choice(["wet", "dry", "unknown"]),
    default="unknown",
    show_default=True,
    help="Unknown is a declared default over all climates and the likeliest question to answer next.",
)
@click.option(
    "--on-paper",
    type=click.Choice(["area", "yield", "nitrogen"]),
    multiple=True,
    help="Read off a receipt, a contract or a scale rather than remembered; may be given several times.",
)
@options.gwp
@options.own_factors
@options.in_force
@options.draws
@options.seed
@click.option("--json", "as_json", is_flag=True, help="Print the appraisal as JSON instead of words.")
def appraise(
    crop: str,
    region: str,
    area: str,
    harvest: str,
    nitrogen: str,
    climate: str,
    on_paper: tuple[str, ...],
    gwp: str | None,
    factor_paths: tuple[Path, ...],
    at: datetime | None,
    draws: int,
    seed: int,
    as_json: bool,
) -> None:
    """A rough footprint at the farm gate from five questions, and which question to answer next.

    Nitrogen is computed (IPCC equations, manufacture at the national average); everything else is one published
    number per hectare with a wide interval. For a label or a passport fill in a record and `assess` it.

    \b
    Examples:
      footprint appraise --crop lychee --region CN-GD --area "12 mu" --yield "6 t/ha" \\
                         --nitrogen "220 kg/ha" --gwp AR6-100
      footprint appraise --crop lychee --region CN-GD --area "12 mu" --yield "4800 kg" \\
                         --nitrogen "176 kg" --climate wet --on-paper yield --gwp AR6-100 --json

    Exit codes: 0 done, 1 an answer cannot be used (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.appraisal import appraise as compute
    from footprint.appraisal_answers import Answers
    from footprint.explain_appraisal import explain_appraisal

    answers = Answers.read(
        crop=crop,
        region=region,
        area=area,
        harvest=harvest,
        nitrogen=nitrogen,
        climate=climate,  # type: ignore[arg-type] # click.Choice has checked it
        on_paper=frozenset(on_paper),  # type: ignore[arg-type] # as above
    )
    factors = options.published(factor_paths, at)
    appraisal = compute(answers, gwp=gwp, factors=factors, draws=draws, seed=seed)
    if as_json:
        write_bytes(STANDARD_STREAM, appraisal.model_dump_json(indent=1).encode() + b"\n")
    else:
        click.echo(explain_appraisal(appraisal))
