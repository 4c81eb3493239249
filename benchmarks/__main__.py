"""`make bench`: every benchmark in one run, and the page `docs/benchmarks.md` from what it measured.

`python -m benchmarks --full` adds the runs of a hundred thousand and a million products; a name, as in
`python -m benchmarks portfolio`, runs that one alone and leaves the page as it is.
"""

import argparse
import contextlib
import inspect
from importlib import import_module
from pathlib import Path
from types import ModuleType

from benchmarks.page import Section, written
from benchmarks.terminal import Kept

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
NAMES = ("engine", "foreground", "background", "portfolio", "uncertainty", "passports", "chain", "start")


def main() -> None:
    """Run what is asked for."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument(
        "names", nargs="*", metavar="name", help=f"any of {', '.join(NAMES)}; all when left out"
    )
    asked.add_argument("--full", action="store_true", help="the long runs too")
    options = asked.parse_args()
    if unknown := set(options.names) - set(NAMES):
        asked.error(f"no benchmark {', '.join(sorted(unknown))}")
    sections = [
        _run(import_module(f"benchmarks.{name}"), full=options.full) for name in options.names or NAMES
    ]
    if not options.names:
        PAGE.write_text(written(sections, full=options.full), encoding="utf-8")


def _run(benchmark: ModuleType, *, full: bool) -> Section:
    first, *rest = inspect.cleandoc(benchmark.__doc__ or "").split("\n\n")
    print(f"— {first}\n", flush=True)
    kept = Kept()
    with contextlib.redirect_stdout(kept):
        if "full" in inspect.signature(benchmark.run).parameters:
            benchmark.run(full=full)
        else:
            benchmark.run()
    return Section(first, "\n\n".join(rest), kept.rows, kept.text)


if __name__ == "__main__":
    main()
