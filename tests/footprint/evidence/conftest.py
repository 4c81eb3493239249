"""Two passports of the worked example, computed, signed and bundled once."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from footprint import load
from footprint.evidence import Bundle
from footprint.passport import Assurance, Signer, TrustList, VerifiedPassport, verify
from footprint.result import Footprint
from footprint.setting import Setting

CHAIN = Path(__file__).parents[3] / "examples" / "lychee" / "chain"
SIGNER = Signer.from_seed(b"\x05" * 32)
TRUST = TrustList.of(SIGNER.trusted_as("Sample signer (sample data)"))
ISSUED = datetime(2025, 7, 1, tzinfo=UTC)
UNTIL = datetime(2026, 7, 1, tzinfo=UTC)
DRAWS = 256


def signed(footprint: Footprint, lot: str, kg: int, *upstream: VerifiedPassport) -> VerifiedPassport:
    """The verified passport of a lot."""
    passport = SIGNER.issue(
        footprint,
        gtin="09506000134352",
        lot=lot,
        resolver="https://id.example.org",
        issued_at=ISSUED,
        valid_until=UNTIL,
        assurance=Assurance(level="self"),
        lot_quantity=Decimal(kg),
        upstream=upstream,
    )
    return verify(passport, trust=TRUST, at=ISSUED)


def bundled(record: str, **terms: Any) -> tuple[Bundle, Footprint]:
    return Bundle.of(load(CHAIN / record), Setting(**{"gwp": "AR6-100", "draws": DRAWS, **terms}))


@pytest.fixture(scope="session")
def fresh() -> tuple[VerifiedPassport, Bundle]:
    bundle, footprint = bundled("fresh.toml")
    return signed(footprint, "2025-06-A", 9600), bundle


@pytest.fixture(scope="session")
def dried(fresh: tuple[VerifiedPassport, Bundle]) -> tuple[VerifiedPassport, Bundle]:
    bundle, footprint = bundled("dried.toml", upstream=[fresh[0]])
    return signed(footprint, "D1", 2650, fresh[0]), bundle
