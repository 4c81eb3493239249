"""Freed memory is kept for the next array.

A batch makes and drops arrays of a megabyte by the thousand. The C library of most Linux systems (glibc) hands memory
of that size back to the system each time, and every page of the next array is a page fault. It learns to keep what is
asked for again and again, unless it is told when to hand back, as Dask tells its workers (`MALLOC_TRIM_THRESHOLD_`):
these then spent a third of their time on page faults.

Source:
    mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD; Dask's configuration, `distributed.nanny.pre-spawn-environ`.
"""

import ctypes
import os
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as malloc.h names them
_LARGEST_BYTES = 1 << 24
"""Of an array whose memory is kept."""
_MOST_BYTES = 1 << 26
"""Kept free by a process."""


@cache
def keep_freed_memory() -> bool:
    """Have this process keep it, from the first call on.

    Returns:
        Whether it does; with another C library than glibc nothing is changed.
    """
    if "CS_GNU_LIBC_VERSION" not in getattr(os, "confstr_names", {}):
        return False
    mallopt = ctypes.CDLL(None).mallopt
    return bool(mallopt(_MMAP_THRESHOLD, _LARGEST_BYTES) and mallopt(_TRIM_THRESHOLD, _MOST_BYTES))
