"""`footprint factors`: every published number, with its interval and where it comes from."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from footprint.cli import options

if TYPE_CHECKING:
    from lca_models.factors import Factor, FactorSet, Table


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="As JSON, every field."),
        click.option("--unverified", is_flag=True, help="Only what nobody has compared with its source."),
        click.option("--source", metavar="ID", help="Only of this publication; `footprint factors sources`."),
        click.option("--region", metavar="CODE", help="Only of this place: GLO, RER, CN, CN-GD …"),
        options.in_force,
        options.factor_files,
    ):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.pass_context
def factors(context: click.Context) -> None:
    """List, search and trace the published numbers behind every footprint.

    \b
    Examples:
      footprint factors search electricity --region CN-GD
      footprint factors list --unverified
      footprint factors show n2o.ef5
      footprint factors show packaging.board --file own.toml

    A `?` before a line marks a number that nobody has compared with its source yet.

    Exit codes: 0 done, 1 refused (no such number, a faulty file), 2 wrong use.
    """
    if context.invoked_subcommand is None:
        context.invoke(listing)


@factors.command("list")
@_filters
def listing(
    paths: tuple[Path, ...] = (),
    at: datetime | None = None,
    region: str | None = None,
    source: str | None = None,
    *,
    unverified: bool = False,
    as_json: bool = False,
) -> None:
    """Every number and table in force, one per line.

    Exit codes: 0 done, 1 refused (a faulty file, a place or publication without numbers), 2 wrong use.
    """
    loaded = options.published(paths, at)
    _print(_chosen(loaded, (), region, source, only_unverified=unverified), loaded, as_json=as_json)


@factors.command()
@click.argument("words", nargs=-1, required=True)
@_filters
def search(
    words: tuple[str, ...],
    paths: tuple[Path, ...],
    at: datetime | None,
    region: str | None,
    source: str | None,
    *,
    unverified: bool,
    as_json: bool,
) -> None:
    """The numbers that mention all WORDS in id, name, unit, product, source or note.

    Exit codes: 0 found, 1 nothing mentions them, 2 wrong use.
    """
    from footprint.errors import InputError, Problem
    from lca_models.factors import nearest

    loaded = options.published(paths, at)
    found = _chosen(loaded, words, region, source, only_unverified=unverified)
    if not found:
        near = ", ".join(nearest(" ".join(words), {**loaded.products, **loaded.factors, **loaded.tables}))
        fix = (
            f"nearest: {near}; or use fewer words" if near else "use fewer words, or `footprint factors list`"
        )
        raise InputError(Problem(" ".join(words), "is mentioned by no number", "", fix))
    _print(found, loaded, as_json=as_json)


@factors.command()
@click.argument("name", metavar="ID")
@options.factor_files
@options.in_force
@click.option("--json", "as_json", is_flag=True, help="As JSON, every field.")
def show(name: str, paths: tuple[Path, ...], at: datetime | None, as_json: bool) -> None:
    """One number with its interval drawn, its source and where it is used; or all numbers of a product.

    Exit codes: 0 done, 1 no such number, 2 wrong use.
    """
    from footprint.factor_card import card

    loaded = options.published(paths, at)
    found = _named(loaded, name)
    if as_json:
        _print(found, loaded, as_json=True)
        return
    click.echo("\n\n".join(card(entry, loaded) for entry in found))


@factors.command()
@options.factor_files
@options.in_force
def sources(paths: tuple[Path, ...], at: datetime | None) -> None:
    """The publications behind the numbers, each with its licence.

    Exit codes: 0 done, 1 a faulty file, 2 wrong use.
    """
    loaded = options.published(paths, at)
    entries = (*loaded.factors.values(), *loaded.tables.values())
    for source in loaded.sources.values():
        count = sum(entry.source.id == source.id for entry in entries)
        click.echo(f"{source.id}  {source}  [{source.licence}]  {count} entries")


def _chosen(
    loaded: "FactorSet",
    words: tuple[str, ...],
    region: str | None,
    source: str | None,
    *,
    only_unverified: bool,
) -> "list[Factor | Table]":
    entries: dict[str, Factor | Table] = {**loaded.factors, **loaded.tables}
    _some("place", region, {entry.region for entry in entries.values()})
    _some("publication", source, set(loaded.sources))
    return [
        entry
        for _, entry in sorted(entries.items())
        if region in (None, entry.region)
        and source in (None, entry.source.id)
        and not (only_unverified and entry.verified)
        and all(word.lower() in _mentions(entry) for word in words)
    ]


def _some(kind: str, wanted: str | None, known: set[str]) -> None:
    """Refuse a place or publication of which there is no number: an empty list would look like an answer."""
    from footprint.errors import InputError, Problem
    from lca_models.factors import nearest

    if wanted is not None and wanted not in known:
        fix = f"nearest: {', '.join(nearest(wanted, known)) or 'none'}; `footprint factors list` has them all"
        raise InputError(Problem(wanted, f"is no {kind} of any number in force", "", fix))


def _named(loaded: "FactorSet", name: str) -> "list[Factor | Table]":
    """What goes by that name, of whatever day: a table, all numbers of a product, or one number."""
    from footprint.errors import InputError, Problem
    from lca_models.factors import nearest

    if name in loaded.table_periods:
        return [loaded.table(name)]
    if name in loaded.product_periods:
        return list(loaded.product(name))
    if name in loaded.factor_periods:
        return [loaded[name]]
    near = nearest(name, {**loaded.products, **loaded.tables, **loaded.factors})
    fix = f"nearest: {', '.join(near)}" if near else "search for a word of it with `footprint factors search`"
    raise InputError(Problem(name, "is no number, table or product", "", fix))


def _mentions(entry: "Factor | Table") -> str:
    said = (entry.id, entry.name, entry.unit, entry.region, entry.locator, entry.note, entry.source.title)
    return " ".join((*said, getattr(entry, "product", None) or "", entry.source.id)).lower()


def _print(found: "list[Factor | Table]", loaded: "FactorSet", *, as_json: bool) -> None:
    from footprint.factor_card import line

    if as_json:
        click.echo(json.dumps([_fields(entry) for entry in found], ensure_ascii=False, indent=1))
        return
    for entry in found:
        click.echo(line(entry))
    unverified = sum(not entry.verified for entry in found)
    click.secho(
        f"{len(found)} of {len(loaded.factors) + len(loaded.tables)}, {unverified} unverified (?)",
        dim=True,
        err=True,
    )
    click.secho(f"digest {loaded.digest}", dim=True, err=True)


def _fields(entry: "Factor | Table") -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude_none=True)
