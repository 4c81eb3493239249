"""Who computes the shards: this process, several of this machine, or a Dask cluster. All give the same bytes."""

import os
import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from itertools import islice
from multiprocessing import parent_process
from multiprocessing.connection import wait as wait_for_end
from threading import Thread
from types import TracebackType

from footprint.errors import InputError, Problem
from footprint.portfolio.fork_server import context
from footprint.portfolio.freed_memory import keep_freed_memory
from footprint.portfolio.shard import Shard, compute

AHEAD = 2
"""Shards handed out per worker: one to compute and one to go on with, so that memory stays bounded."""
Computed = tuple[Shard, bytes]

_ANSWERS_WITHIN_SECONDS = 10.0


def work(job: bytes, shard: Shard) -> bytes:
    """What every worker does, wherever it is.

    Args:
        job: packed.
        shard: to be computed.

    Returns:
        The results, packed.
    """
    keep_freed_memory()
    return compute(job, shard)


def _work_packed(job: bytes, shard: bytes) -> bytes:
    # It comes from whoever started the job, as the job does.
    return work(job, pickle.loads(shard))  # noqa: S301


class Workers(AbstractContextManager["Workers"], ABC):
    """Computes shards in whatever order they come to an end."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the workers go."""

    @abstractmethod
    def computed(self, job: bytes, shards: Iterable[Shard]) -> Iterator[Computed]:
        """Each shard with its results, packed.

        Args:
            job: packed.
            shards: taken only as fast as they are computed.

        Raises:
            InputError: a shard that ends its worker, twice.
        """


class Here(Workers):
    """One after the other, in this process."""

    def computed(self, job: bytes, shards: Iterable[Shard]) -> Iterator[Computed]:
        """As `Workers.computed`."""
        for shard in shards:
            yield shard, work(job, shard)


class Processes(Workers):
    """Processes of this machine.

    Args:
        count: how many.
        task: what they do with a job and a shard.
    """

    def __init__(self, count: int, task: Callable[[bytes, Shard], bytes] = work) -> None:
        self._count, self._task = count, task

    def computed(self, job: bytes, shards: Iterable[Shard]) -> Iterator[Computed]:
        """As `Workers.computed`. When a worker dies all shards it may have had are tried again, one by one."""
        waiting = iter(shards)
        while True:
            suspects: list[Shard] = []
            yield from self._until_one_dies(job, waiting, suspects)
            if not suspects:
                return
            for shard in suspects:
                yield shard, self._alone(job, shard)

    def _until_one_dies(
        self, job: bytes, shards: Iterator[Shard], suspects: list[Shard]
    ) -> Iterator[Computed]:
        running: dict[Future[bytes], Shard] = {}
        with self._pool(self._count) as pool:
            try:
                for shard in shards:
                    suspects.append(shard)  # until it is handed over
                    running[pool.submit(self._task, job, shard)] = suspects.pop()
                    while len(running) >= AHEAD * self._count:
                        yield from _ended(running)
                while running:
                    yield from _ended(running)
            except BrokenProcessPool:
                suspects.extend(running.values())
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, job: bytes, shard: Shard) -> bytes:
        with self._pool(1) as pool:
            try:
                return pool.submit(self._task, job, shard).result()
            except BrokenProcessPool as error:
                raise _deadly(shard) from error

    def _pool(self, count: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(count, mp_context=context(), initializer=_end_with_caller)


def _end_with_caller() -> None:
    """When the caller is killed, end too: a worker would wait for ever, as its siblings hold its pipe open."""
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    if (caller := parent_process()) is not None:
        wait_for_end([caller.sentinel])
        os._exit(1)


def _ended(running: dict[Future[bytes], Shard]) -> Iterator[Computed]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        result = future.result()
        yield running.pop(future), result


class Cluster(Workers):
    """The workers of a Dask cluster that somebody started, with this package installed in the same version.

    Args:
        address: of its scheduler, e.g. `tcp://127.0.0.1:8786`.

    Raises:
        InputError: Dask is not installed, no scheduler answers, or it has no workers.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 - only a cluster needs it
        except ImportError as error:
            fix = "pip install 'agrifood-footprint[cluster]'"
            raise InputError(
                Problem("cluster", "Dask is not installed", "it talks to the workers", fix)
            ) from error
        try:
            self._client = Client(address, timeout=_ANSWERS_WITHIN_SECONDS)
        except (OSError, ValueError) as error:
            fix = "start `dask scheduler` and `dask worker`, and check the address"
            raise InputError(Problem(address, "no scheduler answers", str(error)[:200], fix)) from error
        try:
            self._client.wait_for_workers(1, timeout=_ANSWERS_WITHIN_SECONDS)
        except TimeoutError as error:
            self._client.close()
            why = f"none came within {_ANSWERS_WITHIN_SECONDS:g} s"
            fix = f"start `dask worker {address} --nthreads 1`"
            raise InputError(Problem(address, "has no workers", why, fix)) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the cluster to others."""
        self._client.close()

    def computed(self, job: bytes, shards: Iterable[Shard]) -> Iterator[Computed]:
        """As `Workers.computed`. Dask itself tries a shard again whose worker died."""
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 - as above

        sent = self._client.scatter(job, broadcast=True)
        waiting, handed_out = iter(shards), {}
        ended = as_completed()

        def hand_out() -> None:
            for shard in islice(waiting, 1):
                # Dask would look into each product of a shard, and not into bytes.
                future = self._client.submit(_work_packed, sent, pickle.dumps(shard), pure=False)
                handed_out[future.key] = shard
                ended.add(future)

        for _ in range(AHEAD * max(1, sum(self._client.nthreads().values()))):
            hand_out()
        for future in ended:
            shard = handed_out.pop(future.key)
            try:
                result = future.result()
            except KilledWorker as error:
                raise _deadly(shard) from error
            yield shard, result
            hand_out()


def _deadly(shard: Shard) -> InputError:
    why = "its worker died, and another one too that tried it again"
    fix = "see whether memory ran out; finished shards are kept, run the same command again"
    return InputError(Problem(str(shard), "cannot be computed", why, fix))
