"""A lychee of a co-operative that does not exist, as claims."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from footprint.passport.claims import Assurance, Claims, Line
from footprint.result import (
    BiogenicLedger,
    Cell,
    Contribution,
    DeclaredUnit,
    Digests,
    Exclusion,
    Footprint,
    GrossLedger,
    Interval,
    LandUseChange,
    Product,
    Quality,
    Removal,
    Sampling,
    StandardError,
)

DIGEST = "sha256:" + "ab" * 32
ERROR = StandardError(mean=Decimal("0.001"), p5=Decimal("0.004"), p50=Decimal("0.003"), p95=Decimal("0.006"))


def biochar(**changes: Any) -> Removal:
    facts: dict[str, Any] = {
        "kind": "biochar",
        "method": "woolf-2021",
        "horizon_years": 100,
        "permanence_class": "100",
        "gross_kg_co2": Decimal("0.120000"),
        "permanent_fraction": Decimal("0.761"),
        "kept_kg_co2": Decimal("0.091320"),
        "interval": Interval(p5=Decimal("0.060000"), p50=Decimal("0.091000"), p95=Decimal("0.120000")),
        "process_kg_co2e": Decimal("0.054000"),
        "status": "on_product",
    }
    return Removal(**facts | changes)


def lychee(**changes: Any) -> Claims:
    facts: dict[str, Any] = {
        "engine": "agrifood-footprint 0.1.0",
        "product": Product(
            name="Lychee, fresh",
            category="fresh-fruit",
            description="Sample data",
            producer="Sample Co-operative (sample data)",
            country="CN",
        ),
        "functional_unit": "1 kg lychee at the shop",
        "declared_unit": DeclaredUnit(amount=Decimal(1), unit="kg"),
        "boundary": "cradle to shop",
        "boundary_coverage": Decimal(1),
        "period_start": "2024-08-01",
        "period_end": "2025-08-01",
        "gwp": "AR6-100",
        "gross_kg_co2e": Decimal("1.092300"),
        "interval": Interval(p5=Decimal("0.821000"), p50=Decimal("1.093000"), p95=Decimal("1.470000")),
        "stages": (
            Line(name="orchard", kg_co2e=Decimal("0.882300")),
            Line(name="transport", kg_co2e=Decimal("0.210000")),
        ),
        "substances": (
            Line(name="n2o", kg_co2e=Decimal("0.273000")),
            Line(name="co2_fossil", kg_co2e=Decimal("0.819300")),
        ),
        "land_use_change": LandUseChange(state="none", kg_co2e=Decimal(0), statement="orchard since 1998"),
        "removals": (biochar(),),
        "biogenic": BiogenicLedger.model_validate(
            {"carbon_content_kg_c": "0.075", "uptake_kg_co2": "0.275", "released_kg_co2": "0.31"}
        ),
        "contributions": (Contribution(label="N2O", stage="orchard", kg_co2e=Decimal("0.273"), factors=()),),
        "quality": Quality(
            technological=Decimal("2.1"),
            geographical=Decimal("2.4"),
            temporal=Decimal("2.0"),
            primary_share=Decimal("0.62"),
            unverified_share=Decimal("0.35"),
        ),
        "allocations": (),
        "exclusions": (Exclusion(what="capital goods", why="below 1 %"),),
        "notes": (),
        "assurance": Assurance(level="self"),
        "sampling": Sampling(draws=2000, seed=1, standard_error_kg_co2e=ERROR),
        "digests": Digests(records=DIGEST, factors=DIGEST, method=DIGEST),
    }
    return Claims(**facts | changes)


def lychee_footprint(**changes: Any) -> Footprint:
    claimed = lychee(**changes)
    shared = set(Footprint.model_fields) & set(Claims.model_fields) - {"stages"}
    cells = (
        Cell(stage="orchard", substance="n2o", kg=Decimal("0.001"), kg_co2e=Decimal("0.273000")),
        Cell(stage="orchard", substance="co2_fossil", kg=Decimal("0.6093"), kg_co2e=Decimal("0.609300")),
        Cell(stage="transport", substance="co2_fossil", kg=Decimal("0.21"), kg_co2e=Decimal("0.210000")),
    )
    return Footprint(
        **{name: getattr(claimed, name) for name in shared},
        stages=("orchard", "transport"),
        gross=GrossLedger(cells=cells, interval=claimed.interval),
        variance_shares=(),
        factors=(),
    )


@pytest.fixture
def footprint_of() -> Callable[..., Footprint]:
    return lychee_footprint


@pytest.fixture
def claims() -> Callable[..., Claims]:
    return lychee


@pytest.fixture
def removal() -> Callable[..., Removal]:
    return biochar
