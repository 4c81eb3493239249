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


@pytest.mark.e2e
def test_a_dask_cluster_gives_the_bytes_of_one_process(table, assessed, written, small_shards):
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        there = assessed(table(), out="there", workers=None, cluster=cluster.scheduler_address)
    assert written(there) == written(assessed(table(), out="here"))


def test_a_scheduler_that_does_not_answer_is_said(monkeypatch):
    monkeypatch.setattr("footprint.portfolio.workers._ANSWERS_WITHIN", "1s")
    with pytest.raises(InputError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9")
