"""`make bench`: every benchmark in one run, and the page `docs/benchmarks.md` from what it measured.

`python -m benchmarks --full` adds the runs of a hundred thousand and a million products, which later pages quote; a
name, as in `python -m benchmarks portfolio`, runs that one alone and leaves the page as it is.
"""

import argparse
import contextlib
import inspect
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.page import Section, written
from benchmarks.terminal import Kept

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
NAMES = (
    "engine",
    "foreground",
    "peers",
    "background",
    "portfolio",
    "uncertainty",
    "passports",
    "posting",
    "chain",
    "registry",
    "start",
)


def main() -> None:
    """Run what is asked for."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument(
        "names", nargs="*", metavar="name", help=f"any of {', '.join(NAMES)}; all when left out"
    )
    asked.add_argument("--full", action="store_true", help="the long runs too")
    asked.add_argument("--most", type=int, default=1_000_000, help="products of the longest of them")
    asked.add_argument(
        "--peers", type=Path, metavar="PYTHON", help="a Python with lca_algebraic and hestia-earth-models"
    )
    options = asked.parse_args()
    if unknown := set(options.names) - set(NAMES):
        asked.error(f"no benchmark {', '.join(sorted(unknown))}")
    sections = [_run(import_module(f"benchmarks.{name}"), vars(options)) for name in options.names or NAMES]
    if not options.names:
        PAGE.write_text(written(sections, full=options.full), encoding="utf-8")


def _run(benchmark: ModuleType, options: Mapping[str, Any]) -> Section:
    first, *rest = inspect.cleandoc(benchmark.__doc__ or "").split("\n\n")
    print(f"— {first}\n", flush=True)
    wanted = {name: options[name] for name in inspect.signature(benchmark.run).parameters}
    kept = Kept()
    with contextlib.redirect_stdout(kept):
        benchmark.run(**wanted)
    return Section(first, "\n\n".join(rest), kept.rows, kept.text)


if __name__ == "__main__":
    main()
