"""A service with real keys, a real trust list and a database on disk; passports signed by a sample orchard."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

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
def house(tmp_path: Path, orchard: Orchard) -> House:
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


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with house.open() as client:
        yield client
