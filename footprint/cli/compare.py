"""`footprint compare`: a record and what it would be with some answers switched."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, write_bytes
from footprint.cli.setting import Asked, setting

if TYPE_CHECKING:
    from footprint.scenarios import Scenario
    from lca_models.product_system import ProductSystem

AS_SWITCHED = "as switched"


def _list_practices(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from footprint.practices import library

    for one in library().values():
        click.echo(f"{one.id}  {one.title}\n    {one.changes}  [{one.evidence}]")
    context.exit()


@click.command()
@click.argument("records", type=options.FILE)
@click.option(
    "--switch",
    "switches",
    metavar="PLACE=ANSWER",
    multiple=True,
    help="An answer to switch, placed as error messages name it; all of them make one scenario.",
)
@click.option(
    "--leave-out",
    "left_out",
    metavar="PLACE",
    multiple=True,
    help="A line to take out in that same scenario.",
)
@click.option(
    "--practice",
    "practices",
    metavar="NAME",
    multiple=True,
    help="A practice of the library: one scenario each.",
)
@click.option("--scenarios", "scenario_file", type=options.FILE, help="Named scenarios of your own (TOML).")
@click.option(
    "--practices",
    "list_practices",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_practices,
    help="List the library of practices and stop.",
)
@setting("removals")
@click.option("--out", type=options.FILE, help="Write the comparison here (JSON).")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON instead of words.")
def compare(
    records: Path,
    asked: Asked,
    switches: tuple[str, ...],
    left_out: tuple[str, ...],
    practices: tuple[str, ...],
    scenario_file: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """What would RECORDS be with some answers switched? Gross footprint, paired difference, causes.

    Both sides share every draw, so that what they have in common cancels. Removals stand beside and are never
    subtracted. Whatever nobody switched stays as recorded.

    \b
    Examples:
      footprint compare lychee.toml --gwp AR6-100 --practice drier-wood --practice less-nitrogen
      footprint compare lychee.toml --gwp AR6-100 --switch kiln.kind=retort \\
                        --switch "orchard.fertilisers.1.amount=1200 kg"
      footprint compare lychee.toml --gwp AR6-100 --scenarios plans.toml --json
      footprint compare --practices

    \b
    A file of scenarios (paths and answers as in the record):
      [[scenarios]]
      name = "no kiln"
      switch = { "orchard.prunings.kiln" = "0 kg", "orchard.prunings.left" = "44 t" }
      leave_out = ["kiln"]

    Exit codes: 0 done, 1 records or scenarios cannot be used (every problem is listed), 2 wrong use.
    """
    click.secho("loading the models and the factors …", dim=True, err=True)
    from footprint.explain_comparison import explain_comparison
    from footprint.records import load
    from footprint.scenarios import compare as compute

    system = load(records)
    wanted = _scenarios(system, switches, left_out, practices, scenario_file)
    chosen = asked.opened()
    click.secho(f"drawing {asked.draws} samples for {len(wanted) + 1} records …", dim=True, err=True)
    comparison = compute(system, wanted, chosen)
    content = comparison.model_dump_json(indent=1).encode() + b"\n"
    if out is not None:
        write_bytes(out, content)
    if as_json:
        write_bytes(STANDARD_STREAM, content)
    else:
        click.echo(explain_comparison(comparison))


def _scenarios(
    system: "ProductSystem",
    switches: tuple[str, ...],
    left_out: tuple[str, ...],
    practices: tuple[str, ...],
    scenario_file: Path | None,
) -> list["Scenario"]:
    """Practices first, then the file's scenarios, then the one made of switches."""
    from footprint.practices import practice
    from footprint.scenarios import Scenario, load_scenarios

    wanted = [practice(name).scenario(system) for name in practices]
    if scenario_file is not None:
        wanted.extend(load_scenarios(scenario_file))
    if switches or left_out:
        wanted.append(Scenario.of(AS_SWITCHED, switches, left_out))
    return wanted
