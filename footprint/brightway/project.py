"""The user's own Brightway projects: opened by name, left as they were found."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from types import ModuleType

from footprint.errors import InputError, Problem


@contextmanager
def opened(project: str | None, *, create: bool = False) -> Iterator[ModuleType]:
    """The module bw2data with a project open; the one that was open before is open again afterwards.

    What Brightway tells meanwhile goes beside the output, not into it.

    Args:
        project: its name; the one that is open, usually `default`, when not given.
        create: make it when there is none of that name.

    Raises:
        InputError: bw2data is not installed, its folder cannot be used, or there is no such project.
    """
    with redirect_stdout(sys.stderr):
        yield from _opened(_bw2data(), project, create=create)


def _opened(bw2data: ModuleType, project: str | None, *, create: bool) -> Iterator[ModuleType]:
    projects = bw2data.projects
    before, wanted = projects.current, project or projects.current
    known = {dataset.name: dataset for dataset in projects}
    if wanted not in known and not create:
        fix = f"projects: {', '.join(sorted(known))}"
        raise InputError(Problem(wanted, "is no Brightway project here", "none is made by reading", fix))
    if wanted in known and not known[wanted].data.get("25"):
        fix = "migrate it with Brightway, or name another project"
        raise InputError(Problem(wanted, "is a project of Brightway 2", "its data have an older form", fix))
    projects.set_current(wanted)
    try:
        yield bw2data
    finally:
        if projects.current != before:
            projects.set_current(before)


def _bw2data() -> ModuleType:
    try:
        import bw2data  # noqa: PLC0415 - see the room's docstring
    except ModuleNotFoundError as error:
        fix = 'pip install "agrifood-footprint[brightway]"'
        raise InputError(Problem("bw2data", "is not installed", "it keeps the projects", fix)) from error
    except OSError as error:
        fix = "set BRIGHTWAY2_DIR to a folder you can write to"
        raise InputError(Problem("bw2data", "cannot use its folder", str(error), fix)) from error
    module: ModuleType = bw2data
    return module
