"""Many products at once: the same numbers as `assess` gives for each, streamed, sharded and resumable.

`run` loads pyarrow, which the extra `portfolio` installs.
"""

from typing import TYPE_CHECKING

from footprint.errors import InputError, Problem

if TYPE_CHECKING:
    from footprint.portfolio.pipeline import Portfolio, run

__all__ = ["Portfolio", "run"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from footprint.portfolio import pipeline  # noqa: PLC0415 - loaded when asked for
    except ModuleNotFoundError as error:
        fix = "pip install 'agrifood-footprint[portfolio]'"
        raise InputError(
            Problem("portfolio", f"{error.name} is not installed", "it reads and writes tables", fix)
        ) from error
    return getattr(pipeline, name)
