"""A sample co-op's biochar, a sample power station's stored CO2, and what can be done with them."""

from hashlib import sha256
from typing import Any

from footprint.registry import (
    BatchTerms,
    Disclosed,
    Energy,
    Evidence,
    Ledger,
    Measure,
    OnProduct,
    Register,
    Sold,
    Take,
)

AT = "2025-07-01T08:00:00Z"
GTIN = "09506000134352"
LOT_A = OnProduct(gtin=GTIN, lot="2025-06-A")
LOT_B = OnProduct(gtin=GTIN, lot="2025-06-B")
TOLD = Disclosed(gtin=GTIN, lot="2025-06-A")
HEAT = Energy(carrier="heat", amount_kwh=4000, certificate="heat contract 7 (sample data)")


def record(name: str, proves: str, covers_kg: int, used_kg: int | None = None) -> Evidence:
    """A record by its name: the digest stands for the document."""
    digest = sha256(name.encode()).hexdigest()
    return Evidence(proves=proves, sha256=digest, covers_kg=covers_kg, used_kg=used_kg or covers_kg)


def biochar(amount_kg: int = 1000, buffer_kg: int = 0, *evidence: Evidence, **changes: Any) -> BatchTerms:
    """Char in the soil of an orchard: 1,000 kg of CO2 from 400 kg of dry char."""
    given = {
        "kind": "biochar",
        "method": "woolf-2021",
        "horizon_years": 100,
        "permanence_class": "100",
        "period_start": "2025-01-01",
        "period_end": "2026-01-01",
        "amount_kg": amount_kg,
        "buffer_kg": buffer_kg,
        "evidence": evidence or (record("spread on the orchard, March", "application", 400),),
    }
    return BatchTerms(**{**given, **changes})


def stored_co2(amount_kg: int = 5000) -> BatchTerms:
    """CO2 of a wood-fired power station, injected."""
    return biochar(
        amount_kg,
        0,
        record("injection meter, January", "injection", 6000, 5000),
        kind="geological",
        method="beccs-mass-balance",
        horizon_years=1000,
        permanence_class="1000",
    )


def registered(terms: BatchTerms | None = None, by: str = "co-op") -> tuple[Ledger, str]:
    """A registry that holds one batch."""
    ledger, act = Ledger(), Register.of(terms or biochar(), by, AT)
    ledger.apply(act, 0)
    return ledger, act.batch


def take(batch: str, first: int, stop: int, claim: Any = LOT_A, by: str = "co-op") -> Take:
    """A claim."""
    return Take(at=AT, by=by, batch=batch, first=first, stop=stop, claim=claim)


def sell(batch: str, first: int, stop: int, to: str = "trader", by: str = "co-op") -> Take:
    """A sale."""
    return take(batch, first, stop, Sold(to=to), by)


def measure(
    batch: str,
    measured_kg: int,
    buffer_kg: int = 0,
    by: str = "co-op",
    cause: str = "re-measured",
    *records: Evidence,
) -> Measure:
    """A second look; its laboratory report is of as many kilograms as it found, so that no two looks share one."""
    found = records or (record(f"laboratory {measured_kg}", "laboratory", 10**9, 1),)
    return Measure(
        at=AT, by=by, batch=batch, measured_kg=measured_kg, buffer_kg=buffer_kg, cause=cause, evidence=found
    )


def told(ledger: Ledger, batch: str) -> list[tuple[int, int, str, str]]:
    """Where the units of a batch are."""
    return [(span.first, span.stop, span.status, span.holder) for span in ledger.spans(batch)]
