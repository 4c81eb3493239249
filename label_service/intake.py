"""Where posted passports wait: judged and stored a handful at a time, answered to the event loop all at once.

A thread for each request would be the obvious way, and was: with a few dozen of them Python spends most of its time
handing its lock from one to the next. Here one thread judges whatever came in while the handful before it was
written. More threads only take the lock from each other, and share the flushes to disk among fewer passports.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread

from label_service.store import Posting, Shelf, Stored
from label_service.store.errors import unavailable
from label_service.store.sequencer import LARGEST_BATCH, LONGEST_QUEUE, PATIENCE_S

Judge = Callable[[], Posting]
Outcome = Stored | BaseException


@dataclass(slots=True, eq=False)
class _Waiting:
    """One posted passport, still to be judged, and the one who waits for it."""

    judge: Judge
    answer: "asyncio.Future[Stored]"


class Intake:
    """Judges and stores what is posted, in the order it came; made in the event loop that it answers to."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf, self._loop = shelf, asyncio.get_running_loop()
        self._queue: deque[_Waiting] = deque()
        self._arrived, self._open = Condition(), True
        self._thread = Thread(target=self._run, name="intake", daemon=True)
        self._thread.start()

    async def take(self, judge: Judge) -> Stored:
        """What `judge` lets through, stored, with its receipt; raises what it raises.

        Raises:
            ConflictError: it does not fit what is stored.
            RegistryError: units it names are not its to claim.
            StoreError: the database does not take it now, or too many are waiting.
        """
        waiting = _Waiting(judge, self._loop.create_future())
        with self._arrived:
            if not self._open:
                raise unavailable("the service is stopping")
            if len(self._queue) >= LONGEST_QUEUE:
                raise unavailable("too many writers are waiting")
            self._queue.append(waiting)
            self._arrived.notify()
        patience = self._loop.call_later(PATIENCE_S, self._give_up, waiting)
        try:
            return await waiting.answer
        finally:
            patience.cancel()

    def close(self) -> None:
        """Finishes what is waiting, then stops."""
        with self._arrived:
            self._open = False
            self._arrived.notify()
        self._thread.join()

    def _give_up(self, waiting: _Waiting) -> None:
        """Still in the queue, so it will never run; otherwise its answer is on the way."""
        with self._arrived:
            try:
                self._queue.remove(waiting)
            except ValueError:
                return
        _settle([(waiting, unavailable("too many writers are waiting"))])

    def _run(self) -> None:
        while batch := self._next_batch():
            outcomes = self._stored([_judged(waiting.judge) for waiting in batch])
            with suppress(RuntimeError):  # the loop is closed, and whoever waited has gone with it
                # one wake-up for all, not one for each answer
                self._loop.call_soon_threadsafe(_settle, list(zip(batch, outcomes, strict=True)))

    def _next_batch(self) -> list[_Waiting]:
        """What is waiting; nothing when the service stops."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._queue or not self._open)
            return [self._queue.popleft() for _ in range(min(len(self._queue), LARGEST_BATCH))]

    def _stored(self, judged: Sequence[Posting | BaseException]) -> list[Outcome]:
        postings = [one for one in judged if isinstance(one, Posting)]
        outcomes = iter(self._put(postings))
        return [next(outcomes) if isinstance(one, Posting) else one for one in judged]

    def _put(self, postings: Sequence[Posting]) -> Sequence[Outcome]:
        try:
            return self._shelf.put_all(postings) if postings else []
        except Exception as error:  # noqa: BLE001 - whoever waits must be told, whatever it was
            return [error] * len(postings)


def _judged(judge: Judge) -> Posting | BaseException:
    try:
        return judge()
    except Exception as error:  # noqa: BLE001 - one that is refused says nothing about its neighbours
        return error


def _settle(answers: Iterable[tuple[_Waiting, Outcome]]) -> None:
    for waiting, outcome in answers:
        if waiting.answer.done():
            continue  # the client has hung up
        if isinstance(outcome, Stored):
            waiting.answer.set_result(outcome)
        else:
            waiting.answer.set_exception(outcome)
