"""`make bench`."""

import platform

from benchmarks import engine, foreground, start, uncertainty

print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}\n")
for benchmark in (engine, foreground, start, uncertainty):
    benchmark.run()
