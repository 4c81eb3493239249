"""Processes and a Dask cluster give the bytes that one process gives, and a worker that dies is no end."""

import os
import signal
import subprocess
import sys
import time
from itertools import count
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from footprint.errors import InputError
from footprint.portfolio.freed_memory import keep_freed_memory
from footprint.portfolio.shard import Product, Shard
from footprint.portfolio.workers import Cluster, Processes

SHARDS = [Shard(number, (Product(number + 1, f"lot-{number}"),)) for number in range(5)]


def _echo(job, shard):
    return job + str(shard.number).encode()


def _dies_once(job, shard):
    """Kills its own process the first time it meets shard 3; `job` is a file that remembers."""
    if shard.number == 3 and not os.path.exists(job):  # noqa: PTH110 - bytes
        open(job, "wb").close()  # noqa: PTH123
        os.kill(os.getpid(), signal.SIGKILL)
    return b"done"


def _dies_always(job, shard):
    if shard.number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"done"


def test_every_shard_comes_back_once():
    with Processes(2, _echo) as crew:
        found = {shard.number: result for shard, result in crew.computed(b"job ", iter(SHARDS))}
    assert found == {number: f"job {number}".encode() for number in range(5)}


def _has_loaded(job, shard):
    return b"yes" if job.decode() in sys.modules else b"no"


@pytest.mark.skipif("forkserver" not in get_all_start_methods(), reason="this system cannot fork a server")
def test_a_worker_starts_with_what_it_needs_in_memory():
    with Processes(1, _has_loaded) as crew:
        found = [result for _, result in crew.computed(b"footprint.portfolio.loaded", iter(SHARDS[:1]))]
    assert found == [b"yes"]


_NEVER_DONE = """
import os, sys, time
from footprint.portfolio.shard import Product, Shard
from footprint.portfolio.workers import Processes

def says_and_sleeps(job, shard):
    print(os.getpid(), flush=True)
    time.sleep(600)

if __name__ == "__main__":
    with Processes(1, says_and_sleeps) as crew:
        list(crew.computed(b"", iter([Shard(0, (Product(1, "lot"),))])))
"""


def test_a_worker_ends_when_its_caller_is_killed(tmp_path):
    script = tmp_path / "never_done.py"
    script.write_text(_NEVER_DONE, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, cwd=Path.cwd()) as caller:
        worker = int(caller.stdout.readline())
        caller.kill()
    for _ in range(300):
        if not _runs(worker):
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker goes on for nobody")


def _runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")  # one that nobody has fetched is still listed
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_shards_are_taken_only_as_fast_as_they_are_computed():
    taken = count()
    endless = (Shard(next(taken), (Product(1, "lot"),)) for _ in iter(int, 1))
    with Processes(1, _echo) as crew:
        results = crew.computed(b"", endless)
        for _ in range(3):
            next(results)
        results.close()
    assert next(taken) < 10


def test_a_worker_killed_in_its_shard_is_replaced_and_the_shard_tried_again(tmp_path):
    with Processes(2, _dies_once) as crew:
        found = [shard.number for shard, _ in crew.computed(os.fsencode(tmp_path / "died"), iter(SHARDS))]
    assert sorted(found) == list(range(5))


def test_a_shard_that_kills_twice_is_named():
    with (
        Processes(2, _dies_always) as crew,
        pytest.raises(InputError, match="shard 3, products 'lot-3' to 'lot-3'"),
    ):
        list(crew.computed(b"", iter(SHARDS)))


def test_two_processes_give_the_bytes_of_one(table, assessed, written, small_shards):
    assert written(assessed(table(), out="two", workers=2)) == written(assessed(table(), out="one"))


_ARRAYS = """
import resource, sys
import numpy as np
from footprint.portfolio.freed_memory import keep_freed_memory

if sys.argv[1] == "kept":
    assert keep_freed_memory()
for _ in range(4):
    np.ones(1 << 17)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    np.ones(1 << 17)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(not keep_freed_memory(), reason="the C library of this system is not glibc")
def test_an_array_takes_the_memory_of_the_last_one_even_where_dask_says_otherwise():
    told = {**os.environ, "MALLOC_TRIM_THRESHOLD_": "65536"}
    kept, handed_back = (
        int(subprocess.check_output([sys.executable, "-c", _ARRAYS, how], env=told, cwd=Path.cwd()))
        for how in ("kept", "handed back")
    )
    assert kept < 1_000  # pages of 4 kB
    assert handed_back > 10_000


@pytest.mark.e2e
def test_a_dask_cluster_gives_the_bytes_of_one_process(table, assessed, written, small_shards):
    from distributed import Client, LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        there = assessed(table(), out="there", workers=None, cluster=cluster.scheduler_address)
        with Client(cluster) as client:
            asked = client.run(lambda: keep_freed_memory.cache_info().currsize)
        assert set(asked.values()) == {1}
    assert written(there) == written(assessed(table(), out="here"))


def test_a_scheduler_that_does_not_answer_is_said(monkeypatch):
    monkeypatch.setattr("footprint.portfolio.workers._ANSWERS_WITHIN_SECONDS", 1.0)
    with pytest.raises(InputError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9")


@pytest.mark.e2e
def test_a_scheduler_without_workers_is_said(monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr("footprint.portfolio.workers._ANSWERS_WITHIN_SECONDS", 1.0)
    with (
        LocalCluster(
            n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        pytest.raises(InputError, match="has no workers"),
    ):
        Cluster(cluster.scheduler_address)
