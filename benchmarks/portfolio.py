"""Portfolios: a table of lychee lots over one record, and records of many forms, each with its interval.

Ours is timed from the table or the files to the finished Parquet file and the summary, 1,000 draws each, in
processes started for it. The peer is bw2calc's best route of the section before: presampled arrays, everything
bought collapsed by hand, its matrices ready made; one product is walked through, and its time multiplied by the
number of products. Nine answers of each lot differ, beside its name; draws are shared by all lots.
"""

import csv
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq
from distributed import LocalCluster

from benchmarks.foreground import AR6, DRAWS, FACTORS, LYCHEE, best_route
from benchmarks.timing import Timing, show
from footprint.causes import gross_draws
from footprint.portfolio import Portfolio
from footprint.portfolio import run as assess_portfolio
from footprint.records import load
from footprint.run import Run
from footprint.uncertainty import probabilities

Made = TypeVar("Made")
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*/*.toml"))
_AMOUNT = re.compile(r'"([0-9.]+) (kg|t|kWh|km|litre|jin)"')
COLUMNS: dict[str, tuple[float, float]] = {
    "orchard.harvests.3.sold.amount [t]": (55, 80),
    "orchard.fertilisers.1.amount [kg]": (4000, 8000),
    "orchard.fertilisers.2.amount [kg]": (900, 2000),
    "orchard.manures.1.amount [t]": (5, 20),
    "orchard.irrigation.amount [kWh]": (3000, 9000),
    "orchard.diesel.amount [litre]": (600, 1500),
    "packhouse.electricity.amount [kWh]": (4000, 7000),
    "routes.1.transport.distance.amount [km]": (80, 2500),
    "packhouse.ice.amount [t]": (15, 35),
}


def run(*, full: bool = False) -> None:
    """One template, many forms, one process beside two, Dask beside one process, memory, cost per product."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _one_template(folder, [1_000, 10_000, *([100_000, 1_000_000] if full else [])])
        _many_forms(folder, 5_000 if full else 1_000)
        _cluster(folder, 40_960 if full else 10_240)


def _one_template(folder: Path, sizes: list[int]) -> None:
    name, peer = _walked(LYCHEE)
    print(f"{'lots':>9}  {'seconds':>8}  {'ms per lot':>10}  {'largest process':>15}")
    for size in sizes:
        seconds = _command(_lots(folder, size), folder / f"lots-{size}")
        # Kilobytes on Linux; of the largest of the processes so far: it can only grow from row to row.
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{size:9,}  {seconds:8.1f}  {1000 * seconds / size:10.3f}  {megabytes:12.0f} MB")
    ours, cores = _once(seconds), len(os.sched_getaffinity(0))
    title = f"{size:,} lots of one template, {DRAWS} draws, {cores} processes, start included"
    show(title, ours, _times(peer, size), f"bw2calc, {name}, one lot × {size:,}, one process")


def _many_forms(folder: Path, size: int) -> None:
    """Records of every example, all amounts of each a little different."""
    records, peers = folder / "records", [_walked(path)[1] for path in EXAMPLES]
    records.mkdir()
    spread = random.Random(1)  # noqa: S311 - no secret
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    for number in range(size):
        text = _scaled(texts[number % len(texts)], spread.uniform(0.9999, 1.0001))
        (records / f"{number:06}.toml").write_text(text, encoding="utf-8")
    done, seconds = _timed(lambda: assess_portfolio(records, folder / "forms", gwp="AR6-100", draws=DRAWS))
    assert done.refused == 0  # noqa: S101 - a benchmark of errors would be fast
    each = size / len(peers)
    peer = Timing(*(sum(getattr(one, end) for one in peers) * each for end in ("median", "low", "high")))
    title = f"{size:,} records of {len(EXAMPLES)} forms, {DRAWS} draws, start included"
    show(title, _once(seconds), peer, f"bw2calc, best route, one of each form × {each:g}, one process")


def _scaled(text: str, factor: float) -> str:
    """A record with every mass, distance and energy times a factor: little, so that all balances still close."""
    return _AMOUNT.sub(lambda found: f'"{float(found[1]) * factor:.6f} {found[2]}"', text)


def _cluster(folder: Path, size: int) -> None:
    lots = _lots(folder, size)
    one, alone = _timed(lambda: _assessed(lots, folder / "alone", workers=1))
    two, together = _timed(lambda: _assessed(lots, folder / "together", workers=2))
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        _assessed(_lots(folder, 2_048), folder / "warm", cluster=address)
        there, elsewhere = _timed(lambda: _assessed(lots, folder / "there", cluster=address))
    same = len({done.footprints.read_bytes() for done in (one, two, there)}) == 1
    assert same  # noqa: S101 - what is not the same is not worth a time
    show(f"{size:,} lots, 2 processes, start included", _once(together), _once(alone), "one process")
    show(
        f"{size:,} lots, Dask with 2 workers that are up, same bytes",
        _once(elsewhere),
        _once(alone),
        "one process",
    )


def _assessed(lots: Path, out: Path, workers: int | None = None, cluster: str | None = None) -> Portfolio:
    return assess_portfolio(
        lots, out, gwp="AR6-100", template=LYCHEE, draws=DRAWS, workers=workers, cluster=cluster
    )


def _command(lots: Path, out: Path) -> float:
    verb = [Path(sys.executable).parent / "footprint", "portfolio", lots, "--template", LYCHEE, "--out", out]
    options = ["--gwp", "AR6-100", "--draws", str(DRAWS)]
    _, seconds = _timed(lambda: subprocess.run([*verb, *options], check=True, capture_output=True))
    assert pq.read_metadata(out / "footprints.parquet").num_rows == _rows(lots)  # noqa: S101 - as above
    return seconds


def _rows(lots: Path) -> int:
    with lots.open("rb") as stream:
        return sum(1 for _ in stream) - 1


def _lots(folder: Path, size: int) -> Path:
    """A table of lots whose answers differ."""
    path, spread = folder / f"lots-{size}.csv", random.Random(7)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["id", "product.name", *COLUMNS])
        table.writerows(_cells(number, spread) for number in range(size))
    return path


def _cells(number: int, spread: random.Random) -> Iterator[str]:
    yield from (f"lot-{number:07}", f"Lychee, lot {number} (sample)")
    yield from (f"{spread.uniform(low, high):.1f}" for low, high in COLUMNS.values())


def _walked(path: Path) -> tuple[str, Timing]:
    """bw2calc's best route through the draws of one record."""
    system = load(path)
    sold_at = system.route(None)
    central = Run.central(system, sold_at, FACTORS)
    sampled = Run.sampled(system, sold_at, FACTORS, probabilities(seed=1, draws=DRAWS))
    return best_route(central, sampled, gross_draws(sampled.solution, AR6, DRAWS))


def _timed(call: Callable[[], Made]) -> tuple[Made, float]:
    started = time.perf_counter()
    made = call()
    return made, time.perf_counter() - started


def _once(seconds: float) -> Timing:
    return Timing(seconds, seconds, seconds)


def _times(timing: Timing, many: int) -> Timing:
    return Timing(timing.median * many, timing.low * many, timing.high * many)
