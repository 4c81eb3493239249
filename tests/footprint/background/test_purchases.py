"""A background in the place of embedded factors: by name, by unit, on shared draws."""

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from footprint.assess import assess
from footprint.background import Background, Purchases, build
from footprint.background.purchases import Bought
from footprint.errors import InputError
from footprint.records import load
from footprint.run import Run
from footprint.uncertainty import probabilities, shared
from lca_models.factors import shipped_factors
from lca_models.flows import Purchase
from lca_models.units import parse
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background

LYCHEE = Path(__file__).parents[3] / "examples" / "lychee" / "lychee.toml"


def _table(pack, *bought):
    return Purchases(pack=pack.id, product=tuple(Bought(**fields) for fields in bought))


UREA = {"product": "fertiliser.urea", "process": "0", "per": "kg"}


def test_a_purchase_resolves_to_the_process(bakery):
    opened = Background.open(bakery, _table(bakery, UREA))
    factors = opened.factors(shipped_factors())
    found = {row.substance: row.value for row in factors.product("fertiliser.urea")}
    assert found == opened.scores.gases("0")
    assert factors.digest != shipped_factors().digest
    assert str(factors.overrides[0]).startswith("fertiliser.urea")
    assert factors.product("fuel.biodiesel") == shipped_factors().product("fuel.biodiesel")


def test_the_unit_bought_in_is_converted(bakery):
    opened = Background.open(
        bakery,
        _table(bakery, {"product": "own.bread", "process": "0", "per": "t", "amount": parse("250 kg")}),
    )
    kg = opened.scores.gases("0")["n2o"]
    rows = opened.factors(shipped_factors()).product("own.bread")
    assert {row.substance: row.value for row in rows}["n2o"] == pytest.approx(250 * kg)
    by_unit = Background.open(bakery, _table(bakery, {"product": "own.bread", "process": "0", "per": "t"}))
    rows = by_unit.factors(shipped_factors()).product("own.bread")
    assert {row.substance: row.value for row in rows}["n2o"] == pytest.approx(1000 * kg)


def test_the_draws_of_the_background_reach_the_foreground_together(bakery):
    table = _table(bakery, UREA, {"product": "own.power", "process": "2", "per": "kg"})
    opened = Background.open(bakery, table).sampled(draws=256, seed=7)
    draw = opened.shared(shared(seed=7, draws=256))
    factors = opened.factors(shipped_factors())
    for product, process in (("fertiliser.urea", "0"), ("own.power", "2")):
        for row in factors.product(product):
            drawn = row.quantile(draw(row.id)) if row.distribution != "exact" else np.full(256, row.value)
            np.testing.assert_allclose(drawn, opened.samples.of(process, row.substance), rtol=1e-6)
    other = draw("n2o.ef5")
    np.testing.assert_array_equal(other, probabilities(seed=7, draws=256)("n2o.ef5"))


def test_a_season_is_assessed_with_a_background(bakery):
    system = load(LYCHEE)
    run = Run.central(system, system.route(None), shipped_factors())
    exchanges = (exchange for process in run.processes for exchange in process.exchanges)
    name = min(exchange.product for exchange in exchanges if isinstance(exchange, Purchase))
    per = str(shipped_factors().product(name)[0].per)
    flour = {"product": name, "process": "0", "per": per, "amount": parse("2 kg")}
    opened = Background.open(bakery, _table(bakery, flour))
    plain = assess(system, gwp="AR6-100", draws=512)
    ours = assess(system, gwp="AR6-100", draws=512, background=opened)
    assert ours.gross != plain.gross
    assert ours.digests != plain.digests
    assert any(bakery.id in note for note in ours.notes)
    (n2o,) = (factor for factor in ours.factors if factor.id == f"background.{name}.n2o")
    assert bakery.id in n2o.locator
    assert n2o.lower < n2o.value < n2o.upper
    assert assess(system, gwp="AR6-100", draws=512, background=opened) == ours


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"process": "99"}, "'99' is not in the pack"),
        ({"per": "litre"}, "litre does not match"),
        ({"amount": "3 kWh"}, "3 kWh does not match"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(bakery, fields, message):
    with pytest.raises(InputError, match=message):
        Background.open(bakery, _table(bakery, UREA | fields))


def test_a_table_of_another_pack_is_refused(bakery, tmp_path):
    other = build(background(**BAKERY), tmp_path / "other")
    with pytest.raises(InputError, match="pack — is another one"):
        Background.open(other, _table(bakery, UREA))
    with pytest.raises(InputError, match="stands twice"):
        Background.open(bakery, _table(bakery, UREA, UREA))


def test_a_product_bought_in_another_unit_is_refused(bakery):
    opened = Background.open(bakery, _table(bakery, UREA | {"per": "t"}))
    with pytest.raises(InputError, match="is bought per kg, not per t"):
        opened.factors(shipped_factors())


def test_a_file_with_faults_names_them(tmp_path):
    path = tmp_path / "table.toml"
    path.write_text('pack = "x"\n[[product]]\nproduct = "a b"\nprocess = "0"\nper = "kg"\ncolour = "red"\n')
    with pytest.raises(InputError) as refused:
        Purchases.load(path)
    assert len(refused.value.problems) == 2
    path.write_text("pack = ")
    with pytest.raises(InputError, match="cannot be read"):
        Purchases.load(path)


def test_a_table_longer_than_anybody_buys_is_refused(bakery):
    rows = [{**UREA, "product": f"own.{number}"} for number in range(2_001)]
    with pytest.raises(ValidationError, match="at most 2000 items"):
        _table(bakery, *rows)


def test_a_long_table_with_a_name_twice_names_it(bakery):
    rows = [{**UREA, "product": f"own.{number}"} for number in range(1_999)]
    with pytest.raises(InputError, match=r"own\.7 — stands twice"):
        Background.open(bakery, _table(bakery, *rows, {**UREA, "product": "own.7"}))
