"""`make bench`."""

import platform

from benchmarks import engine, start

print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}\n")
for benchmark in (engine, start):
    benchmark.run()
