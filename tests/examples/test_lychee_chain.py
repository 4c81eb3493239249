"""The arithmetic of examples/lychee/chain/README.md, with a pocket calculator."""

from decimal import Decimal

import pytest

from footprint import assess, load
from footprint.passport.chain import verify_chain
from tests.footprint.evidence.conftest import CHAIN, ISSUED, TRUST, signed

README = (CHAIN / "README.md").read_text(encoding="utf-8")


def test_by_hand():
    fresh = signed(assess(load(CHAIN / "fresh.toml"), gwp="AR6-100", draws=256), "2025-06-A", 9600)
    footprint = assess(load(CHAIN / "dried.toml"), gwp="AR6-100", draws=256, upstream=[fresh])
    per_kg = 9.4 / 2.65 / 0.99
    stages = {stage: float(kg) for stage, kg in footprint.gross.by_stage().items()}
    assert float(fresh.claims.gross_kg_co2e) == pytest.approx(0.764, rel=0.01)
    assert stages["bought"] == pytest.approx(per_kg * 0.764, rel=0.01)
    assert stages["processing"] == pytest.approx(12_100 * 0.4403 / 2650, rel=0.01)
    assert stages["transport"] == pytest.approx(per_kg * 0.018 * 0.456, rel=0.01)
    for said in ("2.739", "2.010", "0.029", "4.78"):
        assert f"**{said}" in README
    assert float(footprint.gross_kg_co2e) == pytest.approx(2.739 + 2.010 + 0.029, rel=0.01)


def test_the_whole_lot_of_dried_fruit_used_what_the_readme_says():
    fresh = signed(assess(load(CHAIN / "fresh.toml"), gwp="AR6-100", draws=256), "2025-06-A", 9600)
    footprint = assess(load(CHAIN / "dried.toml"), gwp="AR6-100", draws=256, upstream=[fresh])
    dried = signed(footprint, "D1", 2650, fresh)
    (lot,) = verify_chain(dried.passport, [fresh.passport], trust=TRUST, at=ISSUED).lots
    assert lot.used_kg == pytest.approx(Decimal(9495), abs=1)
    assert "9495 of 9600 kg" in README
