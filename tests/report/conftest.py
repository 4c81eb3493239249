"""A lychee of a co-operative that does not exist, as a footprint."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from footprint.result import Footprint

DIGEST = "sha256:" + "ab" * 32
SAMPLE: dict[str, Any] = {
    "engine": "agrifood-footprint 0.1.0",
    "product": {
        "name": "Lychee, fresh, Guiwei",
        "category": "fresh-fruit",
        "description": "Fresh lychee, sample data",
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
    "stages": ["orchard", "kiln", "transport", "shop"],
    "gross": {
        "cells": [
            {"stage": "orchard", "substance": "n2o", "kg": "0.001", "kg_co2e": "0.273000"},
            {"stage": "orchard", "substance": "co2e:AR5-100", "kg": "0.25", "kg_co2e": "0.250000"},
            {"stage": "kiln", "substance": "ch4_biogenic", "kg": "0.002", "kg_co2e": "0.054000"},
            {"stage": "transport", "substance": "co2_fossil", "kg": "0.21", "kg_co2e": "0.210000"},
            {"stage": "transport", "substance": "hfc-134a", "kg": "0.00001", "kg_co2e": "0.015300"},
        ],
        "interval": {"p5": "0.601234", "p50": "0.811000", "p95": "1.104000"},
    },
    "gates": [
        {"product": "lychee, at farm gate", "kg_co2e": "0.555555"},
        {"product": "lychee, sold", "kg_co2e": "0.802300"},
    ],
    "land_use_change": {"state": "none", "kg_co2e": "0", "statement": "Declared: orchard since 1998."},
    "removals": [
        {
            "kind": "biochar",
            "method": "woolf-2021",
            "horizon_years": 100,
            "permanence_class": "100",
            "gross_kg_co2": "0.120000",
            "permanent_fraction": "0.761",
            "kept_kg_co2": "0.091320",
            "interval": {"p5": "0.060000", "p50": "0.091000", "p95": "0.121000"},
            "process_kg_co2e": "0.054000",
            "status": "on_product",
        }
    ],
    "biogenic": {
        "carbon_content_kg_c": "0.075000",
        "uptake_kg_co2": "0.275000",
        "released_kg_co2": "0.310000",
    },
    "contributions": [
        {"label": "N2O from fertiliser", "stage": "orchard", "kg_co2e": "0.273000", "factors": ["n2o.ef1"]},
        {
            "label": "Refrigerated truck",
            "stage": "transport",
            "kg_co2e": "0.210000",
            "factors": ["truck", "gone"],
        },
    ],
    "variance_shares": [
        {
            "parameter": "n2o.ef1",
            "label": "Share of nitrogen leached",
            "share": "0.41",
            "total_share": "0.44",
            "narrows": "0.23",
        },
        {
            "parameter": "distance",
            "label": "distance to the market",
            "share": "0.07",
            "total_share": "0.08",
            "narrows": "0.31",
        },
    ],
    "quality": {
        "technological": "2.1",
        "geographical": "2.4",
        "temporal": "1.95",
        "primary_share": "0.62",
        "unverified_share": "0.35",
        "declared_defaults": ["foam box mass"],
    },
    "allocations": [
        {
            "process": "packhouse",
            "method": "mass",
            "share": "0.92",
            "alternatives": [{"method": "economic", "share": "0.97", "gross_kg_co2e": "0.831000"}],
        }
    ],
    "exclusions": [{"what": "capital goods", "why": "below 1 % in orchard studies"}],
    "notes": ["some of the result rests on factors given only as CO2e"],
    "factors": [
        {
            "id": "n2o.ef1",
            "name": "Direct N2O, synthetic N, wet",
            "value": "0.016",
            "lower": "0.013",
            "upper": "0.019",
            "unit": "kg N2O-N/kg N",
            "region": "GLO",
            "year": 2019,
            "source": "IPCC (2019): Refinement, Vol. 4, Ch. 11",
            "locator": "Table 11.1",
            "licence": "facts, cited",
            "verified": True,
        },
        {
            "id": "truck",
            "name": "Refrigerated truck, driving",
            "value": "0.0878",
            "lower": "0.0605",
            "upper": "0.1273",
            "unit": "kg/t_km",
            "region": "GB",
            "year": 2025,
            "source": "A government (2025): Conversion factors (sample)",
            "locator": "Freighting goods",
            "licence": "Open Government Licence v3.0",
            "verified": False,
        },
    ],
    "sampling": {
        "draws": 2000,
        "seed": 17,
        "standard_error_kg_co2e": {"mean": "0.001", "p5": "0.004", "p50": "0.003", "p95": "0.0061"},
    },
    "digests": {"records": DIGEST, "factors": DIGEST, "method": DIGEST},
}


def lychee(**changes: Any) -> Footprint:
    return Footprint.model_validate(SAMPLE | changes)


def named(name: str, producer: str = "Sample Co-operative") -> Footprint:
    return lychee(product=SAMPLE["product"] | {"name": name, "producer": producer, "description": name})


@pytest.fixture
def footprint() -> Footprint:
    return lychee()


@pytest.fixture
def footprint_of() -> Callable[..., Footprint]:
    return lychee


@pytest.fixture
def footprint_named() -> Callable[..., Footprint]:
    return named


@pytest.fixture
def removal_facts() -> dict[str, Any]:
    return dict(SAMPLE["removals"][0])


@pytest.fixture
def total() -> Decimal:
    return Decimal("0.802300")
