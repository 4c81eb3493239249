"""Writes `reference/cli.md` from the verbs themselves, when the site is built."""

from collections.abc import Iterator

import click
from mkdocs.exceptions import PluginError

from footprint.cli import cli

MARK = "<!-- the verbs -->"
PROGRAM = "footprint"
COLUMNS = 100


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the help of every verb where the page asks for it."""
    return markdown.replace(MARK, "\n".join(_sections())) if MARK in markdown else markdown


def _sections() -> Iterator[str]:
    with click.Context(cli, info_name=PROGRAM, max_content_width=COLUMNS, terminal_width=COLUMNS) as top:
        for name in cli.list_commands(top):
            verb = cli.get_command(top, name)
            if verb is None:
                raise PluginError(f"the verb {name} is listed, but cannot be loaded")
            with click.Context(verb, parent=top, info_name=name) as context:
                yield f"\n## {name}\n\n```text\n{verb.get_help(context)}\n```\n"
