"""The shelf: where passports are put, once, and found again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from secrets import randbelow
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from footprint.errors import FootprintError, InputError, Problem
from footprint.passport.signed_note import Note, NoteKey
from footprint.passport.status_list import Purpose
from label_service.store import log, putting, reading, receipts, statuses, witnesses, writing
from label_service.store.engine import check_place, open_engine
from label_service.store.errors import translated
from label_service.store.migrate import migrate
from label_service.store.notary import Notary
from label_service.store.records import Place, Posting, Put, Receipt, Record, Stored, StoredLabel
from label_service.store.sequencer import Sequencer
from label_service.store.statuses import Act, Standing

Result = TypeVar("Result")


class Shelf:
    """A database of passports and their log. Reading is free for all; writing is one at a time."""

    def __init__(self, engine: Engine, notary: Notary | None = None) -> None:
        self._engine, self._notary = engine, notary
        self._sequencer = Sequencer(engine, notary)

    @classmethod
    def open(cls, url: str, notary: Notary | None = None) -> "Shelf":
        """Opens the database, makes or upgrades its tables; raises saying what is wrong with it.

        Without a notary nobody signs the head of its log.
        """
        engine = open_engine(url)
        check_place(url)
        try:
            migrate(engine)
        except SQLAlchemyError as error:
            engine.dispose()
            cause = getattr(error, "orig", None) or error
            fix = "name a database this user can write, or a file that does not exist yet"
            raise InputError(Problem("database_url", "cannot be opened", str(cause), fix)) from error
        return cls(engine, notary)

    def close(self) -> None:
        """Finishes what is being written and gives the connections back."""
        self._sequencer.close()
        self._engine.dispose()

    def write(self, act: Callable[[Connection], Result]) -> Result:
        """Runs `act` in the one write transaction; what it appended to the log is under a signed head on return."""
        return self._sequencer.write(act)

    def write_proved(
        self, act: Callable[[Connection], Result], leaves_of: Callable[[Result], Iterable[int]]
    ) -> tuple[Result, dict[int, Receipt]]:
        """The same, with the receipts of the leaves that the result names."""
        return self._sequencer.write_proved(act, leaves_of)

    def read(self, query: Callable[[Connection], Result]) -> Result:
        """Runs `query` on the database as it was last committed."""
        with self._reading() as connection:
            return query(connection)

    def append(self, entry: bytes) -> int:
        """Adds one entry to the log; returns its index. Inside a `write`, use `log.append`."""
        return self.write(lambda connection: log.append(connection, entry))

    def put_all(self, postings: Sequence[Posting]) -> list[Stored | FootprintError]:
        """Stores passports with their leaves, each all or nothing; returns what became of each."""
        outcomes, proved = self.write_proved(
            lambda connection: putting.put_all(connection, postings), _leaves
        )
        return [_stored(one, proved) if isinstance(one, Put) else one for one in outcomes]

    def keep_label(self, passport_id: str, label: StoredLabel) -> StoredLabel:
        """Keeps a label that was drawn; returns the one that is kept, which may have been drawn before."""
        return self.write(lambda connection: writing.keep_label(connection, passport_id, label))

    def beat(self) -> None:
        """One small committed write: proves that a passport could be stored now."""
        self.write(writing.beat)

    def by_id(self, passport_id: str) -> Record | None:
        """The passport with this id."""
        with self._reading() as connection:
            return reading.by_id(connection, passport_id)

    def owns(self, passport_id: str, owner: str) -> bool:
        """Whether this owner of an API key handed the passport in."""
        with self._reading() as connection:
            return reading.owner_of(connection, passport_id) == owner

    def holds(self, digest: str) -> bool:
        """Whether exactly this passport is stored already."""
        with self._reading() as connection:
            return reading.by_digest(connection, digest) is not None

    def versions(self, gtin: str, lot: str, serial: str) -> list[Record]:
        """Every passport of one lot (or item), the current one first."""
        with self._reading() as connection:
            return reading.versions(connection, gtin, lot, serial)

    def current(self, *, gtin: str | None = None, limit: int) -> list[Record]:
        """The current passports, newest first, of one product or of all."""
        with self._reading() as connection:
            return reading.current(connection, gtin, limit)

    def label(self, passport_id: str, language: str, variant: str) -> StoredLabel | None:
        """A label as it was first drawn."""
        with self._reading() as connection:
            return reading.label(connection, passport_id, language, variant)

    def offline_code(self, passport_id: str) -> str | None:
        """The offline code that was handed in with a passport."""
        with self._reading() as connection:
            return reading.offline_code(connection, passport_id)

    def receipt(self, record: Record, tree_size: int | None = None) -> Receipt:
        """The inclusion proof, in the tree of the head that was signed with the passport, or at another size."""
        with self._reading() as connection:
            return receipts.receipt(connection, record.leaf_index, tree_size)

    def reserve_place(self, owner: str, at: str) -> Place:
        """A free place in the status lists, for a passport that is about to be signed."""
        return self.write(lambda connection: statuses.reserve(connection, owner, at, randbelow))

    def change_status(self, passport_id: str, act: Act, reason: str, owner: str, at: str) -> Standing:
        """Revokes, suspends or reinstates a passport."""
        return self.write(lambda connection: statuses.change(connection, passport_id, act, reason, owner, at))

    def status_bit(self, place: Place, purpose: Purpose) -> bool | None:
        """The bit at a place; `None` when the place was never given away."""
        with self._reading() as connection:
            return statuses.bit(connection, place, purpose)

    def status_ones(self, purpose: Purpose, list_number: int) -> list[int] | None:
        """The places of a list whose bit is set; `None` when there is no such list."""
        with self._reading() as connection:
            known = 0 <= list_number < statuses.lists(connection)
            return statuses.ones(connection, purpose, list_number) if known else None

    def checkpoint(self, witnesses_needed: int = 0) -> bytes | None:
        """The newest signed head that so many witnesses have cosigned, with what they put under it; `None`: none."""
        newest = None if self._notary is None else self._notary.newest()
        with self._reading() as connection:
            head = witnesses.newest_head(connection, witnesses_needed) if witnesses_needed else newest
            return None if head is None else str(witnesses.with_cosignatures(connection, head)).encode()

    def cosign(self, sent: Note, known: Sequence[NoteKey]) -> tuple[str, ...]:
        """Keeps the cosignatures of known witnesses under a head of the log; gives their names."""
        return self.write(lambda connection: witnesses.keep(connection, sent, known))

    def tile(self, level: int, position: int, width: int) -> bytes:
        """The first hashes of a tile; fewer when the log does not reach that far."""
        with self._reading() as connection:
            return log.tile(connection, level, position, width)

    def entries(self, position: int, width: int) -> list[bytes]:
        """The first entries of a bundle."""
        with self._reading() as connection:
            return log.entries(connection, position, width)

    def consistency(self, old_size: int, new_size: int) -> tuple[bytes, ...]:
        """The proof that the log only grew from one size to the other."""
        with self._reading() as connection:
            return log.consistency(connection, old_size, new_size)

    def log_size(self) -> int:
        """How many entries the log holds."""
        with self._reading() as connection:
            return log.size(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated("could not be read"), self._engine.connect() as connection:
            yield connection


def _leaves(outcomes: Iterable[Put | FootprintError]) -> list[int]:
    return [one.record.leaf_index for one in outcomes if isinstance(one, Put)]


def _stored(put: Put, proved: dict[int, Receipt]) -> Stored:
    return Stored(put.record, put.is_new, put.supersedes, proved[put.record.leaf_index])
