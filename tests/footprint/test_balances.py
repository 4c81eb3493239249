"""Mass, carbon and nitrogen: what closes is told with how well it closes, what does not is refused."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from footprint import assess
from footprint.explain import explain
from footprint.report import report
from lca_models.errors import RecordError
from lca_models.flows import Balance, Output, Process
from lca_models.product_system import ProductSystem, check_balances

EXAMPLES = Path(__file__).parents[2] / "examples"


def record(name: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / name).read_text(encoding="utf-8"))


def closed(records: dict[str, Any]) -> dict[tuple[str, str], Decimal | None]:
    footprint = assess(ProductSystem.of(records), gwp="AR6-100", draws=64)
    return {(balance.process, balance.of): balance.closed_share for balance in footprint.balances}


def test_the_sample_orchard_tells_what_its_packhouse_sorted_and_its_kiln_kept():
    shares = closed(record("lychee/lychee.toml"))
    assert float(shares["packhouse", "mass"]) == pytest.approx((52 + 11) / 66, abs=1e-4)
    assert 0 < shares["kiln", "carbon"] < 1


def test_the_dairy_tells_its_feed_and_its_manure():
    """820 t of feed needed of 842 t recorded; 8.7 t of nitrogen given of 9.9 t in the stores."""
    shares = closed(record("milk/milk.toml"))
    assert float(shares["dairy", "mass"]) == pytest.approx(820 / 842, abs=0.002)
    assert float(shares["dairy", "nitrogen"]) == pytest.approx(8.7 / 9.9, abs=0.01)


def test_nitrogen_of_a_field_by_hand():
    """4200 kg urea at 46 % and 2500 kg DAP at 18 %: 2382 kg N; manure and stubble add the rest.

    950 t of silage with 0.4 % nitrogen take 3800 kg N. The climate is dry, irrigation floods: 24 % leaches.
    """
    records = record("milk/milk.toml")
    records["activities"][1]["harvest_nitrogen"] = {"amount": "0.4 %", "source": "recall"}
    footprint = assess(ProductSystem.of(records), gwp="AR6-100", draws=64)
    (field,) = [b for b in footprint.balances if (b.process, b.of) == ("silage field", "nitrogen")]
    put_on = field.taken_in_kg
    assert put_on > Decimal(4200) * Decimal("0.46") + 2500 * Decimal("0.18")
    assert field.came_out_kg > 3800 + put_on * Decimal("0.24")
    assert field.tolerance is None


def test_what_came_of_soil_or_air_is_told_and_not_refused():
    beans = Process(
        "beans",
        "field",
        (Output("beans", 1000.0),),
        balances=(Balance("nitrogen", "beans.harvest_nitrogen", 10.0, 60.0, "", tolerance=None),),
    )
    check_balances((beans,))


def test_more_out_than_in_is_refused_beyond_what_scales_err():
    def packed(out: float) -> tuple[Process, ...]:
        balance = Balance("mass", "packhouse.fruit_in", 100.0, out, "weigh both", tolerance=0.02)
        return (Process("packhouse", "packhouse", (Output("fruit", out),), balances=(balance,)),)

    check_balances(packed(101.9))
    with pytest.raises(RecordError, match="103 kg of mass came out — only 100 kg went in"):
        check_balances(packed(103.0))


def test_balances_are_in_words_and_in_the_report():
    footprint = assess(ProductSystem.of(record("milk/milk.toml")), gwp="AR6-100", draws=64)
    assert "WHAT WENT IN AND WHAT IS ACCOUNTED FOR" in explain(footprint)
    assert "dairy, nitrogen:" in explain(footprint)
    assert "What went in and what is accounted for" in report(footprint)
