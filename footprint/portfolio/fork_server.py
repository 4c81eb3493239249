"""Where the processes of this machine come from: a clean one that has loaded what they need, forked for each.

Importing this module loads nothing of weight, so that loading can begin before the caller has loaded its own.
"""

from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path

_WORTH_BYTES = 1 << 19
"""Of a table: some thousand rows, whose work takes longer than loading."""


def prepare(products: Path) -> None:
    """Begin to load what workers need, while the caller still loads and reads what it needs itself.

    Args:
        products: a table; of a small one it is not worth it.
    """
    large = products.is_file() and products.stat().st_size >= _WORTH_BYTES
    if large and context().get_start_method() == "forkserver":
        forkserver.ensure_running()


def context() -> BaseContext:
    """How workers are started: forked from that process where the system can; elsewhere each loads anew.

    The caller itself is never forked: it may have threads, and what they hold would stay held in the child.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    server = get_context("forkserver")
    server.set_forkserver_preload(["footprint.portfolio.loaded"])
    return server
