"""`footprint background`: a whole database behind the purchases of a record."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options

if TYPE_CHECKING:
    from footprint.background.inventory import Inventory
    from lca_models.published import Source


def _about(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--licence", help="Under which terms you may use it."),
        click.option("--url", help="Where it is from (https://…)."),
        click.option("--year", type=int, help="When it was published."),
        click.option("--publisher", help="Who published it."),
        click.option("--title", help="Title and version of the database."),
        click.option("--id", "source_id", help="A short name, in small letters, e.g. uslci-2018."),
    ):
        command = option(command)
    return command


@click.group()
def background() -> None:
    """Put a whole database behind the purchases of a record: build a pack, look into it, score it.

    \b
    Examples:
      footprint background build embedded factors.pack
      footprint background build openlca uslci.pack --from uslci.zip --declare uslci.toml --id uslci-2018 …
      footprint background build brightway eco.pack --from ecoinvent-3.11-cutoff --project food --id ecoinvent-3.11 …
      footprint background list factors.pack urea
      footprint background score factors.pack fertiliser.urea --gwp AR6-100
    """


@background.command()
@click.argument("form", type=click.Choice(["embedded", "openlca", "datapackage", "brightway"]))
@click.argument("pack", type=options.FILE)
@click.option("--from", "origin", help="The file, or the name of the Brightway database.")
@click.option("--project", help="The Brightway project; the one that is open, when left out.")
@click.option("--declare", type=options.FILE, help="Gases, suppliers and omissions you declare (TOML).")
@_about
def build(
    form: str,
    pack: Path,
    origin: str | None,
    project: str | None,
    declare: Path | None,
    source_id: str | None,
    title: str | None,
    publisher: str | None,
    year: int | None,
    url: str | None,
    licence: str | None,
) -> None:
    """Build PACK, a new folder, from the embedded factors, an openLCA or Brightway file, or a Brightway project.

    What does not fit is listed, all of it, and nothing is built: links without a supplier, units that do not match,
    flows that look like greenhouse gases and are none we know. Mend the database, or declare what is meant.

    Exit codes: 0 done, 1 refused, 2 wrong use.
    """
    from footprint.background import build as write

    about = {
        "id": source_id,
        "title": title,
        "publisher": publisher,
        "year": year,
        "url": url,
        "licence": licence,
    }
    built = write(_inventory(form, origin, project, declare, about), pack)
    click.echo(
        f"{len(built)} processes, {built.folder.about['exchanges']} exchanges, gases: {', '.join(built.gases)}"
    )
    for what, count in built.left_out.items():
        click.secho(f"left out: {count} × {what}", dim=True, err=True)
    click.echo(f"pack {built.id}")


@background.command("list")
@click.argument("pack", type=options.FILE)
@click.argument("words", nargs=-1)
def listing(pack: Path, words: tuple[str, ...]) -> None:
    """List the processes of PACK whose name, product, place or id has all WORDS.

    Exit codes: 0 done, 1 no pack, or one that has changed, 2 wrong use.
    """
    from footprint.background import Pack

    found = [
        entry
        for entry in Pack.open(pack).entries
        if all(word.lower() in " ".join(entry).lower() for word in words)
    ]
    for entry in found:
        click.echo(f"{entry.id}  {entry.product} [{entry.unit}]  {entry.location}  {entry.name}")
    click.secho(f"{len(found)} processes", dim=True, err=True)


@background.command()
@click.argument("pack", type=options.FILE)
def show(pack: Path) -> None:
    """What PACK is: its source, its size, its gases, and what was left out.

    Exit codes: 0 done, 1 no pack, or one that has changed, 2 wrong use.
    """
    from footprint.background import Pack

    opened = Pack.open(pack)
    click.echo(f"{opened.id}\n{opened.source}  [{opened.source.licence}]")
    click.echo(f"{len(opened)} processes, {opened.folder.about['exchanges']} exchanges")
    click.echo(f"gases: {', '.join(opened.gases)}")
    for what, count in opened.left_out.items():
        click.echo(f"left out: {count} × {what}")


@background.command()
@click.argument("pack", type=options.FILE)
@click.argument("process")
@options.gwp
@options.cache
def score(pack: Path, process: str, gwp: str | None, cache: Path | None) -> None:
    """What one unit of the product of PROCESS causes, gas by gas, and in CO2e.

    Biogenic CO2 is listed and not counted.

    Exit codes: 0 done, 1 refused, 2 wrong use.
    """
    from footprint.background import Pack, Scores
    from footprint.characterisation import BIOGENIC_CO2, Characterisation
    from lca_models.factors import shipped_factors

    characterisation = Characterisation.named(gwp, shipped_factors())
    opened = Pack.open(pack)
    scores = Scores.of(opened, cache)
    gases = scores.gases(process)
    entry = opened.entries[opened.column(process)]
    click.echo(f"{entry.name}: 1 {entry.unit} {entry.product}, {entry.location}")
    counted = {
        gas: kg * characterisation.co2e_per_kg(gas) for gas, kg in gases.items() if gas != BIOGENIC_CO2
    }
    for gas, kg in sorted(gases.items(), key=lambda item: -abs(counted.get(item[0], 0.0))):
        co2e = f"{counted[gas]:14.6g} kg CO2e" if gas in counted else "   not counted"
        click.echo(f"{gas:24} {kg:14.6g} kg {co2e}")
    click.echo(f"{'together':39} {sum(counted.values()):17.6g} kg CO2e ({characterisation.name})")
    certificate = scores.certificate
    click.secho(
        f"relative error {certificate.kind}: at most {certificate.relative_error:.1e}", dim=True, err=True
    )


def _inventory(
    form: str, origin: str | None, project: str | None, declare: Path | None, about: Mapping[str, object]
) -> "Inventory":
    from footprint.background.declarations import Declarations

    if form == "embedded":
        from footprint.background.embedded import embedded
        from lca_models.factors import shipped_factors

        return embedded(shipped_factors())
    if origin is None:
        raise click.UsageError("say where the database is: --from")
    declared = None if declare is None else Declarations.load(declare)
    source = _source(about)
    if form == "openlca":
        from footprint.background.openlca import read_openlca

        return read_openlca(Path(origin), source, declared)
    if form == "datapackage":
        from footprint.brightway.inventories import read_datapackage

        return read_datapackage(Path(origin), source, declared)
    from footprint.brightway.databases import read_database

    return read_database(origin, source, declared, project=project)


def _source(about: Mapping[str, object]) -> "Source":
    from pydantic import ValidationError

    from lca_models.published import Source

    try:
        return Source.model_validate(about)
    except ValidationError as error:
        said = "; ".join(f"--{found['loc'][0]}: {found['msg']}" for found in error.errors())
        raise click.UsageError(f"say whose data it is: {said}") from error
