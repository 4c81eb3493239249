"""One writer. Writes queue up and share a transaction, a checkpoint and a disk flush: group commit.

Each write runs in a savepoint of its own, so that one that fails takes none of its neighbours with it. Nobody is
answered before the transaction is committed and its checkpoint kept. There is no waiting for a batch to fill: a
batch is whatever came in while the one before it was written.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as WaitedTooLongError
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine

from label_service.store.engine import write_transaction
from label_service.store.errors import translated, unavailable
from label_service.store.notary import Notary
from label_service.store.receipts import UNSEALED, Sealed, receipts
from label_service.store.records import Receipt

PATIENCE_S = 10.0
LARGEST_BATCH = 128
LONGEST_QUEUE = 1024

Result = TypeVar("Result")


@dataclass(slots=True)
class _Job:
    """One write and the one who waits for it."""

    act: Callable[[Connection], Any]
    leaves_of: Callable[[Any], Iterable[int]] | None = None
    future: "Future[Any]" = field(default_factory=Future)
    outcome: Any = None
    leaves: tuple[int, ...] = ()
    error: BaseException | None = None

    def run(self, connection: Connection) -> None:
        self.outcome = self.act(connection)
        self.leaves = () if self.leaves_of is None else tuple(self.leaves_of(self.outcome))

    def prove(self, proved: dict[int, Receipt]) -> None:
        if self.leaves_of is not None:
            self.outcome = self.outcome, {leaf: proved[leaf] for leaf in self.leaves}

    def answer(self) -> None:
        if self.error is None:
            self.future.set_result(self.outcome)
        else:
            self.future.set_exception(self.error)


class Sequencer:
    """Runs writes one after the other on a thread of its own; its log grows without gaps."""

    def __init__(self, engine: Engine, notary: Notary | None) -> None:
        self._engine, self._notary = engine, notary
        self._jobs: Queue[_Job | None] = Queue(LONGEST_QUEUE)
        self._starting = Lock()
        self._thread: Thread | None = None

    def write(self, act: Callable[[Connection], Result]) -> Result:
        """Runs `act` inside a write transaction; returns when it is on disk, or raises with nothing stored.

        Raises:
            StoreError: the database does not take it now, too many are waiting, or the database was rolled back.
        """
        return cast("Result", self._ask(_Job(act)))

    def write_proved(
        self, act: Callable[[Connection], Result], leaves_of: Callable[[Result], Iterable[int]]
    ) -> tuple[Result, dict[int, Receipt]]:
        """The same, with the receipts of the leaves that the result names: fetched once for all that are written."""
        return cast("tuple[Result, dict[int, Receipt]]", self._ask(_Job(act, leaves_of)))

    def _ask(self, job: _Job) -> Any:  # noqa: ANN401 - whatever the write returns
        self._start()
        try:
            self._jobs.put_nowait(job)
        except Full:
            raise unavailable("too many writers are waiting") from None
        try:
            return job.future.result(PATIENCE_S)
        except WaitedTooLongError:
            if job.future.cancel():  # still in the queue, so it will never run
                raise unavailable("too many writers are waiting") from None
            return job.future.result()
        except CancelledError:
            raise unavailable("the service is stopping") from None

    def close(self) -> None:
        """Finishes what is queued, then stops."""
        with self._starting:
            if self._thread is not None:
                self._jobs.put(None)
                self._thread.join()
                self._thread = None

    def _start(self) -> None:
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = Thread(target=self._run, name="log writer", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._next_batch()
            running = [job for job in batch if job.future.set_running_or_notify_cancel()]
            if running:
                self._commit(running)

    def _next_batch(self) -> tuple[list[_Job], bool]:
        first = self._jobs.get()
        batch: list[_Job] = []
        while first is not None:
            batch.append(first)
            if len(batch) == LARGEST_BATCH:
                return batch, False
            try:
                first = self._jobs.get_nowait()
            except Empty:
                return batch, False
        return batch, True

    def _commit(self, batch: list[_Job]) -> None:
        try:
            with translated("did not take the write"):
                self._write(batch)
        except Exception as error:  # noqa: BLE001 - whoever waits must be told, whatever it was
            for job in batch:
                job.error = error
        for job in batch:
            job.answer()

    def _write(self, batch: list[_Job]) -> None:
        if self._notary is None:
            with write_transaction(self._engine) as connection:
                _run_all(connection, batch)
                _prove_all(connection, batch, UNSEALED)
            return
        with self._notary.turn():
            with write_transaction(self._engine) as connection:
                self._notary.refuse_rollback(connection)
                _run_all(connection, batch)
                sealed = self._notary.seal(connection)
                _prove_all(connection, batch, sealed)
            self._notary.keep(sealed.note)


def _run_all(connection: Connection, batch: list[_Job]) -> None:
    for job in batch:
        try:
            with translated("did not take the write"), connection.begin_nested():
                job.run(connection)
        except Exception as error:  # noqa: BLE001 - the neighbours go on; this one is told
            job.error = error


def _prove_all(connection: Connection, batch: list[_Job], sealed: Sealed) -> None:
    """Inside the transaction that signed the head; nobody is told before it is committed."""
    written = [job for job in batch if job.error is None]
    proved = receipts(connection, (leaf for job in written for leaf in job.leaves), sealed)
    for job in written:
        job.prove(proved)
