"""`footprint lint`: does a PACT footprint keep to the standard?"""

import json
from pathlib import Path

import click

from footprint.cli import options
from footprint.cli.files import MAX_BYTES, read_bytes

_MARKS = {"must": ("✗", "red"), "should": ("!", "yellow")}


@click.command()
@click.argument("pcf", type=options.FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for machines.")
@click.option("--strict", is_flag=True, help="End with 1 for what the standard only recommends, too.")
@click.pass_context
def lint(ctx: click.Context, pcf: Path, as_json: bool, strict: bool) -> None:
    """Read PCF strictly, as PACT 3.0.3 has it, and name every rule it breaks.

    PCF is a ProductFootprint as JSON, what a PACT server answers with (one or many), or a carbon passport. `✗` is what
    the standard forbids, `!` what it only recommends; each has its rule in brackets.

    Exit codes: 0 it conforms, 1 it does not, or cannot be read, 2 wrong use.
    """
    from footprint.exchange.lint import lint as judge

    found = judge(read_bytes(pcf, MAX_BYTES))
    if as_json:
        click.echo(json.dumps(found.document(), ensure_ascii=False, indent=1))
    else:
        for finding in found.findings:
            mark, colour = _MARKS[finding.level]
            click.secho(f"{mark} {finding.problem}", fg=colour)
        count = f"{found.footprints} footprint{'s' if found.footprints > 1 else ''}"
        click.echo(f"{count}: {'conforms to' if found.conforms else 'does not conform to'} PACT 3.0.3")
    ctx.exit(0 if found.conforms and not (strict and found.findings) else 1)
