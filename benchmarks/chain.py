"""A chain of a thousand passports, beside the same passports verified one by one."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.timing import show, timed
from footprint.assess import assess
from footprint.passport import Assurance, Passport, Signer, TrustList, VerifiedPassport, verify
from footprint.passport.chain import verify_chain
from footprint.records import load
from footprint.result import Footprint, Upstream

FRESH = Path(__file__).parents[1] / "examples" / "lychee" / "chain" / "fresh.toml"
PASSPORTS = 1000
BRANCHES = 3
AT = datetime(2025, 7, 1, tzinfo=UTC)
UNTIL = datetime(2026, 7, 1, tzinfo=UTC)
_SIGNER = Signer.from_seed(bytes(32))
_TRUST = TrustList.of(_SIGNER.trusted_as("Sample signer (sample data)"))


def run() -> None:
    """A tree: each lot was made of up to three others, all of them given."""
    passports = _tree(assess(load(FRESH), gwp="AR6-100", draws=256))
    asked, others = passports[-1], passports[:-1]
    walked = timed(lambda: verify_chain(asked, others, trust=_TRUST, at=AT), runs=3)
    alone = timed(lambda: [verify(one, trust=_TRUST, at=AT) for one in passports], runs=3)
    show(f"a chain of {PASSPORTS:,} passports", walked, alone, "verified one by one, not added up")


def _tree(footprint: Footprint) -> list[Passport]:
    """Passports, each after those it builds on, the one that builds on all of them last."""
    ready: list[VerifiedPassport] = []
    passports: list[Passport] = []
    for number in range(PASSPORTS):
        last = number == PASSPORTS - 1
        bought = ready if last else [ready.pop(0) for _ in range(BRANCHES)] if len(ready) > 60 else []
        made = _issue(footprint, f"L{number}", bought)
        passports.append(made)
        ready = [] if last else [*ready, verify(made, trust=_TRUST, at=AT)]
    return passports


def _issue(footprint: Footprint, lot: str, bought: list[VerifiedPassport]) -> Passport:
    per_unit = Decimal("0.01")
    upstream = tuple(
        Upstream(
            id=one.id,
            digest_multibase=one.digest_multibase,
            product=one.claims.product.name,
            lot_kg=Decimal(9600),
            pcf_kg_co2e=one.claims.pcf_kg_co2e,
            primary_share=one.claims.quality.primary_share,
            per_unit_kg=per_unit,
            kg_co2e=(per_unit * one.claims.pcf_kg_co2e).quantize(Decimal("0.000001")),
        )
        for one in bought
    )
    return _SIGNER.issue(
        footprint.model_copy(update={"upstream": upstream}),
        gtin="09506000134352",
        lot=lot,
        resolver="https://passport.example.org",
        issued_at=AT,
        valid_until=UNTIL,
        assurance=Assurance(level="self"),
        lot_quantity=Decimal(9600),
        upstream=bought,
    )
