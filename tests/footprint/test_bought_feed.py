"""Cows fed Brazilian soy: its cleared land is in the gross footprint, told apart, and nobody calls it the farm's own."""

from decimal import Decimal
from pathlib import Path

from footprint import Footprint, assess, load
from footprint.result import LandUseChange
from lca_models.factors import shipped_factors

MILK = Path(__file__).parents[2] / "examples" / "milk" / "milk.toml"


def _assessed(folder: Path, feed: str) -> Footprint:
    told = MILK.read_text(encoding="utf-8")
    assert told.count('product = "grain"') == 1
    record = folder / "milk.toml"
    record.write_text(told.replace('product = "grain"', f'product = "{feed}"'), encoding="utf-8")
    return assess(load(record), gwp="AR6-100", draws=256)


def _cleared(footprint: Footprint) -> Decimal:
    return footprint.gross.by_substance().get(LandUseChange.SUBSTANCE, Decimal(0))


def test_soy_from_cleared_land_is_a_line_of_its_own(tmp_path):
    soy, grain = _assessed(tmp_path, "soybean_meal.brazil"), _assessed(tmp_path, "grain")
    assert _cleared(grain) == 0
    assert _cleared(soy) > 0
    # By hand, per kilogram of feed: 0.41 of cleared land and 0.28 of growing it, instead of 0.30 of grain.
    per_cleared = (Decimal("0.41") + Decimal("0.28") - Decimal("0.30")) / Decimal("0.41")
    assert abs(soy.gross_kg_co2e - grain.gross_kg_co2e - _cleared(soy) * per_cleared) < Decimal("0.0001")


def test_the_farm_did_not_convert_its_land_and_says_what_the_feed_carries(tmp_path):
    change = _assessed(tmp_path, "soybean_meal.brazil").land_use_change
    assert (change.state, change.kg_co2e) == ("none", 0)
    assert "Bought products carry land-use change of their own: 0.1" in change.statement
    assert "Bought products" not in _assessed(tmp_path, "wheat_bran").land_use_change.statement


def test_what_rests_on_memory_is_in_the_unverified_share(tmp_path):
    assert not shipped_factors()["feed.soybean_meal.brazil.land_use_change"].verified
    soy, bran = _assessed(tmp_path, "soybean_meal.brazil"), _assessed(tmp_path, "wheat_bran")
    assert soy.quality.unverified_share > bran.quality.unverified_share
