"""Verified passports of a sample orchard, for drawing."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from footprint.passport import Assurance, Signer, TrustList, VerifiedPassport, verify
from footprint.result import Footprint

GTIN = "09506000134352"
NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
DATA = Path(__file__).parents[1] / "service" / "data" / "lychee_footprint.json"


def _verified(
    *,
    lot: str = "2025-06-A",
    name: str = "Lychee, fresh, Guiwei",
    resolver: str = "https://passports.example.org",
    assurance: Assurance | None = None,
    **changes: Any,
) -> VerifiedPassport:
    signer = Signer.from_seed(bytes(range(32)))
    document = json.loads(DATA.read_text())
    document["product"]["name"] = name
    footprint = Footprint.model_validate({**document, **changes})
    passport = signer.issue(
        footprint,
        gtin=GTIN,
        lot=lot,
        resolver=resolver,
        issued_at=NOW,
        valid_until=NOW + timedelta(days=365),
        assurance=assurance or Assurance(level="self"),
    )
    return verify(passport, trust=TrustList.of(signer.trusted_as("Sample co-op (sample data)")), at=NOW)


@pytest.fixture(scope="session")
def verified() -> Callable[..., VerifiedPassport]:
    """Makes a verified passport; arguments replace parts of the sample footprint."""
    return _verified
