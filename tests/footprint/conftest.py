"""What becomes of a footprint that leaves the house."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from footprint.passport import Assurance, Signer, TrustList, VerifiedPassport, verify
from footprint.result import Footprint

NOW = datetime(2025, 7, 1, tzinfo=UTC)


def _verified(footprint: Footprint) -> VerifiedPassport:
    signer = Signer.from_seed(bytes(32))
    passport = signer.issue(
        footprint,
        gtin="09506000134352",
        lot="2025-06-A",
        resolver="https://passport.example.org",
        issued_at=NOW,
        valid_until=NOW + timedelta(days=1),
        assurance=Assurance(level="self"),
    )
    return verify(passport, trust=TrustList.of(signer.trusted_as("Sample")), at=NOW)


@pytest.fixture(scope="session")
def verified() -> Callable[[Footprint], VerifiedPassport]:
    """Signs a footprint, hands it on and reads it as somebody else would."""
    return _verified
