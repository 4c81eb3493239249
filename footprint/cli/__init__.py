"""The command line: one thin file per verb, loaded when the verb is used.

Exit codes, the same for every verb:

    0  done
    1  refused: something in the records, the passport or the files is wrong; one line each, on stderr
    2  wrong use: an option or argument is missing or unknown
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

import click

from footprint import __version__
from footprint.errors import FootprintError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

_VERBS = {
    "appraise": "footprint.cli.appraise:appraise",
    "assess": "footprint.cli.assess:assess",
    "background": "footprint.cli.background:background",
    "bundle": "footprint.cli.bundle:bundle",
    "chain": "footprint.cli.chain:chain",
    "choices": "footprint.cli.choices:choices",
    "code": "footprint.cli.code:code",
    "compare": "footprint.cli.compare:compare",
    "crosscheck": "footprint.cli.crosscheck:crosscheck",
    "did": "footprint.cli.did:did",
    "disclose": "footprint.cli.disclose:disclose",
    "equations": "footprint.cli.equations:equations",
    "explain": "footprint.cli.explain:explain",
    "export": "footprint.cli.export:export",
    "factors": "footprint.cli.factors:factors",
    "import": "footprint.cli.import_:import_",
    "keygen": "footprint.cli.keygen:keygen",
    "lint": "footprint.cli.lint:lint",
    "log": "footprint.cli.log:log",
    "mrv": "footprint.cli.mrv:mrv",
    "paths": "footprint.cli.paths:paths",
    "portfolio": "footprint.cli.portfolio:portfolio",
    "recompute": "footprint.cli.recompute:recompute",
    "registry": "footprint.cli.registry:registry",
    "removals": "footprint.cli.removals:removals",
    "report": "footprint.cli.report:report",
    "scan": "footprint.cli.scan:scan",
    "score": "footprint.cli.score:score",
    "sign": "footprint.cli.sign:sign",
    "status": "footprint.cli.status:status",
    "table": "footprint.cli.table:table",
    "trust": "footprint.cli.trust:trust",
    "verify": "footprint.cli.verify:verify",
    "why": "footprint.cli.why:why",
}
_SUMMARIES = {
    "appraise": "Five questions → a rough footprint, and what to answer next.",
    "assess": "Records → footprint.",
    "background": "A whole database behind the purchases of a record.",
    "bundle": "Records → all that a footprint can be computed again from.",
    "chain": "A passport with its suppliers': do they add up?",
    "choices": "How much the choices of method matter.",
    "code": "Passport → the code to print, which proves itself offline.",
    "compare": "What would it be with some answers switched?",
    "crosscheck": "Recompute a footprint with Brightway and compare.",
    "did": "The web address of your keys: make, rotate, retire.",
    "disclose": "Show a passport in part.",
    "equations": "The equations behind the numbers: list, read, run.",
    "explain": "A footprint in words and bars.",
    "export": "Records → the form of another program.",
    "factors": "The published numbers: list, search, trace.",
    "import": "The work of another program, solved here.",
    "keygen": "Make a signing key.",
    "label": "Passport → printable label (SVG or PNG).",
    "lint": "Does a PACT footprint keep to the standard?",
    "log": "Watch or witness a transparency log.",
    "mrv": "Soil carbon: validate a model, deduct the uncertainty.",
    "paths": "Which way emissions travel to the product.",
    "portfolio": "Many products → their footprints.",
    "recompute": "Do a passport's numbers follow from its evidence?",
    "registry": "Who claims which kilogram of a removal?",
    "removals": "What is stored, step by step to what is left.",
    "report": "A footprint as a page with pictures.",
    "scan": "A photo of a code: is it genuine? Without a network.",
    "score": "Passport → finance score, with reasons.",
    "serve": "Run the label service.",
    "sign": "Footprint → signed passport of one lot.",
    "status": "Revoke, suspend or reinstate a passport.",
    "table": "A footprint as CSV or workbook.",
    "trust": "Trust lists signed by a root, and pinned.",
    "verify": "Is this passport genuine, and about this lot?",
    "why": "Why did the number change?",
}
PLUGINS = "footprint.verbs"
"""Entry-point group through which the rooms above this one add verbs of their own."""


class Verbs(click.Group):
    """Lists every verb, loads only the one that is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All verbs, those of other packages included."""
        return sorted({*_VERBS, *_plugins().names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb, or `None`."""
        if cmd_name in _VERBS:
            module, name = _VERBS[cmd_name].split(":")
            return _command(getattr(import_module(module), name))
        return next((_command(found.load()) for found in _plugins().select(name=cmd_name)), None)

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; its problems go to stderr, one per line, never a traceback."""
        try:
            return super().invoke(ctx)
        except FootprintError as error:
            for problem in error.problems:
                click.secho(f"✗ {problem}", fg="red", err=True)
            ctx.exit(1)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line per verb, without importing any."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, _SUMMARIES.get(name, "")) for name in self.list_commands(ctx)])


def _plugins() -> "EntryPoints":
    """Looked for only where needed: reading what is installed takes longer than the rest of this file."""
    from importlib.metadata import entry_points

    return entry_points(group=PLUGINS)


def _command(found: object) -> click.Command:
    assert isinstance(found, click.Command)  # noqa: S101 - a fault of the package, not of the user
    return found


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="agrifood-footprint")
def cli() -> None:
    """Compute, sign and show the carbon footprint of food.

    \b
    From records to a passport that anybody can check:
      footprint assess lychee.toml --gwp AR6-100 --out footprint.json
      footprint explain footprint.json
      footprint keygen orchard.key --name "Our co-op" --trust trust.json
      footprint sign footprint.json --key orchard.key --gtin 09506000134352 --lot 2025-06-A \\
                     --resolver https://passport.example.org --out passport.json
      footprint verify passport.json --trust trust.json

    \b
    Exit codes: 0 done · 1 refused, each problem on a line of its own · 2 wrong use.
    """


def main() -> None:
    """Run the command line.

    What else is installed has no say in what a passport means: plugins of pydantic are not looked for, which would also
    take longer than verifying one, unless the variable says otherwise.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    cli.main()
