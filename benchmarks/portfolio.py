"""Portfolios: a table of lychee lots over one record, and records of many forms, each with its interval.

Ours is timed from the start of the command to the finished Parquet file and the summary, 1,000 draws each. The peer
is bw2calc's best route of the section before: presampled arrays, everything bought collapsed by hand, its matrices
ready made; one product is walked through, and its time multiplied by the number of products. Nine answers of each lot
differ, beside its name; draws are shared by all lots. Memory is that of all processes together. With Dask, the workers
and the one process beside them have done two thousand lots before; scheduler and caller share the workers' cores. The
runs of a hundred thousand products and more were made on the day and the machine that are named with them.

![Milliseconds per lot, by the number of lots](images/portfolio-cost.svg)
"""

import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq
from distributed import LocalCluster

from benchmarks.foreground import AR6, DRAWS, FACTORS, best_route
from benchmarks.long import Long, Size
from benchmarks.lots import LYCHEE, table
from benchmarks.timing import Timing, show
from benchmarks.watched import Watched, watched
from footprint.causes import gross_draws
from footprint.portfolio import Portfolio
from footprint.portfolio import run as assess_portfolio
from footprint.records import load
from footprint.run import Run
from footprint.setting import Setting
from footprint.uncertainty import probabilities

Made = TypeVar("Made")
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*/*.toml"))
_AMOUNT = re.compile(r'"([0-9.]+) (kg|t|kWh|km|litre|jin)"')
_SIZES, _LONG_SIZES = (1_000, 10_000), (1_000, 10_000, 100_000, 1_000_000)
_FORMS, _LONG_FORMS = 1_000, 100_000
_SHARED = 40_960
"""Lots of the job that two workers share: long enough that starting them is not the job."""


def run(*, full: bool = False, most: int = 1_000_000) -> None:
    """One template, many forms, one process beside two, Dask beside one process, memory, cost per product."""
    day, load_now = datetime.now(UTC).date().isoformat(), os.getloadavg()[0]
    sizes = [size for size in (_LONG_SIZES if full else _SIZES) if size <= most]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = _one_template(folder, sizes)
        forms = _many_forms(folder, min(_LONG_FORMS, most) if full else _FORMS)
        if full:
            Long.of(template, [forms], day=day, draws=DRAWS, load=load_now).keep()
        _cluster(folder, _SHARED)
    print(f"\n{Long.kept()}")


def _one_template(folder: Path, sizes: Sequence[int]) -> list[Size]:
    name, peer = _walked(LYCHEE)
    print(f"{'lots':>9}  {'seconds':>8}  {'ms per lot':>10}  {'all processes':>13}")
    done = []
    for size in sizes:
        took = _command(table(folder, size), folder / f"lots-{size}", "--template", LYCHEE)
        done.append(Size(size, took.seconds, took.megabytes, peer.median * size))
        print(f"{size:9,}  {took.seconds:8.1f}  {done[-1].ms_each:10.3f}  {took.memory:>13}")
    title = f"{size:,} lots of one template, {DRAWS} draws, {_cores()} processes, start included"
    show(
        title,
        Timing.once(took.seconds),
        peer.of(1 / size),
        f"bw2calc, {name}, one lot × {size:,}, one process",
    )
    return done


def _many_forms(folder: Path, size: int) -> Size:
    """Records of every example, all amounts of each a little different."""
    records, peers = folder / "records", [_walked(path)[1] for path in EXAMPLES]
    records.mkdir()
    spread = random.Random(1)  # noqa: S311 - no secret
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    for number in range(size):
        text = _scaled(texts[number % len(texts)], spread.uniform(0.9999, 1.0001))
        (records / f"{number:06}.toml").write_text(text, encoding="utf-8")
    took = _command(records, folder / "forms")
    each = size / len(peers)
    peer = Timing(*(sum(getattr(one, end) for one in peers) * each for end in ("median", "low", "high")))
    title = f"{size:,} records of {len(EXAMPLES)} forms, {DRAWS} draws, {_cores()} processes, start included"
    show(
        title,
        Timing.once(took.seconds),
        peer,
        f"bw2calc, best route, one of each form × {each:g}, one process",
    )
    return Size(size, took.seconds, took.megabytes, peer.median)


def _scaled(text: str, factor: float) -> str:
    """A record with every mass, distance and energy times a factor: little, so that all balances still close."""
    return _AMOUNT.sub(lambda found: f'"{float(found[1]) * factor:.6f} {found[2]}"', text)


def _cluster(folder: Path, size: int) -> None:
    lots = table(folder, size)
    alone = _command(lots, folder / "alone", "--template", LYCHEE, "--workers", "1")
    together = _command(lots, folder / "together", "--template", LYCHEE, "--workers", "2")
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        few = table(folder, 2_048)
        _assessed(few, folder / "warm-here", workers=1)
        _assessed(few, folder / "warm-there", cluster=address)
        _, here = _timed(lambda: _assessed(lots, folder / "here", workers=1))
        _, there = _timed(lambda: _assessed(lots, folder / "there", cluster=address))
    made = {
        (folder / out / "footprints.parquet").read_bytes() for out in ("alone", "together", "here", "there")
    }
    assert len(made) == 1  # noqa: S101 - what is not the same is not worth a time
    title = f"{size:,} lots, 2 processes, same bytes, start included on both sides"
    show(title, Timing.once(together.seconds), Timing.once(alone.seconds), "one process")
    title = f"{size:,} lots, Dask with 2 workers, same bytes, all of them up"
    show(title, Timing.once(there), Timing.once(here), "one process")


def _assessed(lots: Path, out: Path, workers: int | None = None, cluster: str | None = None) -> Portfolio:
    return assess_portfolio(
        lots, out, Setting(gwp="AR6-100", draws=DRAWS), template=LYCHEE, workers=workers, cluster=cluster
    )


def _command(products: Path, out: Path, *options: str | Path) -> Watched:
    """`footprint portfolio`, from nothing to its files."""
    verb: list[str | Path] = [Path(sys.executable).parent / "footprint", "portfolio", products, "--out", out]
    took = watched([*verb, "--gwp", "AR6-100", "--draws", str(DRAWS), *options])
    # Refused products would be fast.
    assert pq.read_metadata(out / "problems.parquet").num_rows == 0  # noqa: S101 - as above
    return took


def _cores() -> int:
    return len(os.sched_getaffinity(0))


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
