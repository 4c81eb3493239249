"""`footprint equations`: the science, function by function, for whoever wants to check it."""

import json
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from footprint.cli import options


@click.group(invoke_without_command=True)
@click.pass_context
def equations(context: click.Context) -> None:
    """List, read and run the equations behind every number.

    \b
    Examples:
      footprint equations list rice
      footprint equations show n2o.direct
      footprint equations run n2o.leaching n_applied_kg=200 frac_leach=@n2o.frac_leach ef5=@n2o.ef5

    Exit codes: 0 done, 1 refused (unknown equation, argument outside its range), 2 wrong use.
    """
    if context.invoked_subcommand is None:
        context.invoke(listing)


@equations.command("list")
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON: id, summary, source, arguments.")
def listing(words: tuple[str, ...] = (), *, as_json: bool = False) -> None:
    """One line per equation: id, what it computes, source; with WORDS only those that mention them all.

    Exit codes: 0 done, 2 wrong use.
    """
    from footprint.equations import registry

    found = [
        equation
        for equation in registry().values()
        if all(word.lower() in f"{equation.id} {equation.text}".lower() for word in words)
    ]
    if as_json:
        click.echo(json.dumps([_described(equation) for equation in found], ensure_ascii=False, indent=1))
        return
    for equation in found:
        source = " ".join(equation.section("Source").split()).partition(". ")[0].rstrip(".")
        click.echo(f"{equation.id}  {equation.summary}  [{source}]")
    click.secho(f"{len(found)} equations", dim=True, err=True)


def _described(equation: Any) -> dict[str, object]:  # noqa: ANN401 - loaded when the verb is used
    return {
        "id": equation.id,
        "summary": equation.summary,
        "source": " ".join(equation.section("Source").split()),
        "arguments": list(equation.parameters),
    }


@equations.command()
@click.argument("equation")
def show(equation: str) -> None:
    """The formula of EQUATION, its arguments with units, where it holds, its source, a worked example.

    Exit codes: 0 done, 1 no such equation, 2 wrong use.
    """
    from footprint.equations import find
    from footprint.formula import plain

    found = find(equation)
    click.secho(f"{found.id}({', '.join(found.parameters)})\n", bold=True)
    click.echo(plain(found.text))


@equations.command()
@click.argument("equation")
@click.argument("arguments", nargs=-1, metavar="NAME=VALUE ...")
@options.factor_files
@options.in_force
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the arguments and every warning.")
def run(
    equation: str, arguments: tuple[str, ...], paths: tuple[Path, ...], at: datetime | None, as_json: bool
) -> None:
    """Compute EQUATION for the arguments given.

    \b
    Arguments:
      n_synthetic_kg=200                  a number
      n_synthetic_kg=150,200,250          one result for each
      ef5=@n2o.ef5                        a published number: `footprint factors` lists them
      ef=@TABLE[column=entry].column      one cell of a published table
      coefficients=@TABLE                 a whole table
      soil.clay_frac=0.23                 one field of a group of arguments

    Exit codes: 0 done, 1 refused: unknown argument, or outside the range its source allows, 2 wrong use.
    """
    from footprint.equation_calls import call, written
    from footprint.equations import find

    found = find(equation)
    factors = options.published(paths, at)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = call(found, arguments, factors)
    said = [str(warning.message) for warning in caught]
    for text in said:
        click.secho(f"! {text}", fg="yellow", err=True)
    returns = " ".join(found.section("Returns").split())
    if as_json:
        entry = {"equation": found.id, "arguments": list(arguments), "result": written(result)}
        entry |= {"returns": returns, "warnings": said, "factors": factors.digest}
        click.echo(json.dumps(entry, ensure_ascii=False, indent=1))
        return
    for name, text in _lines("", written(result)):
        click.echo(f"{name}{text}")
    click.secho(returns, dim=True, err=True)


def _lines(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [line for key, part in value.items() for line in _lines(f"{name}{key} = ", part)]
    if isinstance(value, list):
        return [(name, ",".join(str(part) for part in value))]
    return [(name, str(value))]
