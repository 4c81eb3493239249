"""One sample footprint, one signer, and ways to make passports that should never have been signed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from footprint.passport import Assurance, Passport, Signer, TrustList, canonical
from footprint.passport.data_integrity import add_proof
from footprint.result import Footprint

SHARED = Path(__file__).parents[2].parent / "shared"

ISSUED = datetime(2025, 6, 20, 8, tzinfo=UTC)
UNTIL = datetime(2026, 6, 20, 8, tzinfo=UTC)
TODAY = datetime(2025, 7, 1, tzinfo=UTC)

SAMPLE = {
    "engine": "agrifood-footprint 0.1.0",
    "product": {
        "name": "荔枝 Lychee, fresh, Guiwei",
        "category": "fresh-fruit",
        "description": "Fresh lychee, sample",
        "producer": "Sample Lychee Co-operative (sample data)",
        "country": "CN",
        "subdivision": "CN-GD",
    },
    "functional_unit": "1 kg lychee at the shop, Beijing",
    "declared_unit": {"amount": "1", "unit": "kg"},
    "boundary": "cradle to shop",
    "boundary_coverage": "1",
    "period_start": "2024-08-01",
    "period_end": "2025-08-01",
    "gwp": "AR6-100",
    "stages": ["orchard", "kiln", "packhouse", "packaging", "transport", "shop"],
    "gross": {
        "cells": [
            {"stage": stage, "substance": substance, "kg": kg, "kg_co2e": kg_co2e}
            for stage, substance, kg, kg_co2e in [
                ("orchard", "n2o", "0.001", "0.273000"),
                ("orchard", "co2_fossil", "0.08", "0.080000"),
                ("orchard", "co2e:AR5-100", "0.25", "0.250000"),
                ("kiln", "ch4_biogenic", "0.002", "0.054000"),
                ("packaging", "co2e:AR5-100", "0.18", "0.180000"),
                ("transport", "co2_fossil", "0.21", "0.210000"),
                ("transport", "hfc-134a", "0.00001", "0.015300"),
            ]
        ],
        "interval": {"p5": "0.821", "p50": "1.063", "p95": "1.470"},
    },
    "land_use_change": {"state": "none", "kg_co2e": "0", "statement": "Orchard since 1998 (sample)."},
    "removals": [
        {
            "kind": "biochar",
            "method": "woolf-2021",
            "horizon_years": 100,
            "permanence_class": "100",
            "gross_kg_co2": "0.120000",
            "permanent_fraction": "0.761",
            "kept_kg_co2": "0.091320",
            "interval": {"p5": "0.060", "p50": "0.091", "p95": "0.120"},
            "process_kg_co2e": "0.054000",
            "status": "on_product",
        }
    ],
    "biogenic": {"carbon_content_kg_c": "0.075", "uptake_kg_co2": "0.275", "released_kg_co2": "0.310"},
    "contributions": [
        {"label": "N2O from fertiliser", "stage": "orchard", "kg_co2e": "0.273", "factors": ["n2o.ef1"]}
    ],
    "variance_shares": [],
    "quality": {
        "technological": "2.1",
        "geographical": "2.4",
        "temporal": "2.0",
        "primary_share": "0.62",
        "unverified_share": "0.35",
    },
    "allocations": [
        {
            "process": "packhouse",
            "method": "mass",
            "share": "0.92",
            "alternatives": [{"method": "economic", "share": "0.97", "gross_kg_co2e": "1.131"}],
        }
    ],
    "exclusions": [{"what": "capital goods", "why": "below 1 % in orchard studies"}],
    "notes": [],
    "factors": [],
    "sampling": {
        "draws": 2000,
        "seed": 1,
        "standard_error_kg_co2e": {"mean": "0.001", "p5": "0.004", "p50": "0.003", "p95": "0.006"},
    },
    "digests": dict.fromkeys(("records", "factors", "method"), "sha256:" + "ab" * 32),
}

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="session")
def sample() -> Footprint:
    return Footprint.model_validate(SAMPLE)


@pytest.fixture(scope="session")
def sample_with() -> Callable[..., Footprint]:
    """The sample with some top-level fields replaced."""
    return lambda **changes: Footprint.model_validate({**SAMPLE, **changes})


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer.from_seed(bytes(range(32)))


@pytest.fixture(scope="session")
def stranger() -> Signer:
    return Signer.from_seed(b"\x07" * 32)


@pytest.fixture(scope="session")
def trust(signer: Signer) -> TrustList:
    return TrustList.of(signer.trusted_as("Sample Lychee Co-operative (sample data)"))


@pytest.fixture(scope="session")
def terms() -> dict[str, Any]:
    """The usual arguments of `issue`."""
    return {
        "gtin": "09506000134352",
        "lot": "2025-06-A",
        "resolver": "https://id.example.org",
        "issued_at": ISSUED,
        "valid_until": UNTIL,
        "assurance": Assurance(level="self"),
    }


@pytest.fixture(scope="session")
def passport(signer: Signer, sample: Footprint, terms: dict[str, Any]) -> Passport:
    return signer.issue(sample, **terms)


@pytest.fixture
def edited(passport: Passport) -> Callable[[Change], bytes]:
    """The passport with something changed after signing."""

    def edit(change: Change) -> bytes:
        document = passport.document
        change(document)
        return json.dumps(document, ensure_ascii=False).encode()

    return edit


@pytest.fixture
def resigned(passport: Passport, signer: Signer) -> Callable[[Change], bytes]:
    """The passport changed and signed again by the trusted key itself: genuine, but false."""

    def resign(change: Change) -> bytes:
        document = passport.document
        del document["proof"]
        change(document)
        proven = add_proof(document, method=signer.verification_method, created=ISSUED, by=signer)
        return canonical(proven)

    return resign


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference data beside the checkout; a clone alone does without."""
    if not SHARED.is_dir():
        pytest.skip("no reference data beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def gross() -> Decimal:
    return Decimal("1.0623")
