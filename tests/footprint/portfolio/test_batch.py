"""Products assessed side by side get, to the last digit, what each gets alone."""

import copy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint import assess
from footprint.characterisation import Characterisation
from footprint.portfolio.batch import Assessed, Method, Refused, assess_batch
from footprint.portfolio.shape import shaped
from footprint.records import read_answers
from footprint.uncertainty import Draws, probabilities
from lca_models.factors import shipped_factors
from lca_models.product_system import ProductSystem

# What is bought with a passport is computed with that passport only.
EXAMPLES = sorted(path for path in Path("examples").rglob("*.toml") if path.parent.name != "chain")
DRAWS = 256
FACTORS = shipped_factors()
GWP = Characterisation.named("AR6-100", FACTORS)


def _records():
    for path in EXAMPLES:
        answers = read_answers(path)
        # A lot bought with a passport needs that passport, made elsewhere.
        if {"routes", "product"} <= set(answers) and "gtin = " not in path.read_text(encoding="utf-8"):
            yield pytest.param(answers, id=path.stem)


def _method(route=None):
    return Method(GWP, Draws(probabilities(seed=1, draws=DRAWS)), DRAWS, route)


def _scaled(value, factor):
    """Every mass, distance and energy of a record times a factor."""
    if isinstance(value, dict):
        return {
            key: _amount(v, factor) if key == "amount" else _scaled(v, factor) for key, v in value.items()
        }
    return [_scaled(item, factor) for item in value] if isinstance(value, list) else value


def _amount(text, factor):
    number, _, unit = str(text).partition(" ")
    if unit not in ("kg", "t", "kWh", "km", "litre", "jin"):
        return text
    return f"{float(number) * factor:.6f} {unit}"


def _same(one: Assessed, row: int, alone):
    """A row of a batch is, to the last digit, the footprint of its record alone."""
    assert _co2(one.gross[row]) == alone.gross_kg_co2e
    interval = alone.gross.interval
    assert [_co2(end[row]) for end in one.interval] == [interval.p5, interval.p50, interval.p95]
    assert {stage: _co2(kg[row]) for stage, kg in one.by_stage.items()} == alone.gross.by_stage()
    assert {gas: _co2(kg[row]) for gas, kg in one.by_gas.items()} == alone.gross.by_substance()
    assert sum(_co2(kg[row]) for kg in one.kept.values()) == sum(r.kept_kg_co2 for r in alone.removals)
    assert _co2(one.biogenic_released[row]) == alone.biogenic.released_kg_co2
    assert one.unit == alone.declared_unit.unit
    for name, shares in one.quality.items():
        assert Decimal(int(shares[row])).scaleb(-4) == getattr(alone.quality, name)


def _co2(millionths) -> Decimal:
    return Decimal(int(millionths)).scaleb(-6)


@pytest.mark.parametrize("answers", _records())
@given(factors=st.lists(st.sampled_from([0.9999, 1.0, 1.0001]), min_size=2, max_size=4))
@settings(max_examples=3, deadline=None)
def test_every_example_side_by_side_is_the_example_alone(answers, factors):
    systems = [ProductSystem.of(_scaled(answers, factor)) for factor in factors]
    products = [shaped(system) for system in systems]
    assert len({product.shape for product in products}) == 1
    (together,) = assess_batch(products, range(len(products)), _method())
    for row, system in enumerate(systems):
        _same(together, row, assess(system, gwp="AR6-100", draws=DRAWS))


HUMID = {"climate_zone": "warm_temperate_moist", "soil": "low_activity_clay"}
WARM_YEAR = [(13, 45, 70), (22, 190, 105), (28, 300, 140), (28, 230, 155), (24, 80, 125), (15, 35, 80)]


def _said(amount):
    return {"amount": amount, "source": "receipt"}


def _soil(model, **asked):
    sample = {
        "organic_carbon": _said("1.2 %"),
        "bulk_density_g_per_cm3": 1.3,
        "depth": _said("0.3 m"),
        "coarse": _said("0 %"),
    }
    return {"soil": {"model": model, "changed": 2024, "sample": sample} | asked}


def _months(**named):
    names = list(named)
    return [dict(zip(names, map(float, month), strict=True)) for month in WARM_YEAR for _ in range(2)]


LAND = {
    "forest cleared": {
        "land_use": {
            "converted_within_20_years": "yes",
            "planted": 2012,
            "conversion": {"was": "forest", "forest": "subtropical_humid"} | HUMID,
        }
    },
    "soil by RothC": _soil(
        "rothc",
        clay=_said("25 %"),
        vegetation="crops_and_improved_grassland",
        months=[
            month | {"covered": True, "plant_t_c_per_ha": 0.5, "manure_t_c_per_ha": 0.0}
            for month in _months(air_temperature_c=0, rain_mm=0, pan_evaporation_mm=0)
        ],
    ),
    "soil by IPCC tier 2": _soil(
        "ipcc tier 2",
        sand=_said("40 %"),
        tillage="none",
        carbon_t_c_per_ha=6.0,
        months=_months(air_temperature_c=0, rain_mm=0, evapotranspiration_mm=0),
    ),
}


@pytest.mark.parametrize("land", LAND.values(), ids=LAND)
def test_carbon_of_land_side_by_side_is_that_of_each_alone(lychee_answers, land):
    """Lots of two sizes and of two soils: whatever runs until it rests must rest for each at its own time."""

    def lot(area, carbon, clay):
        record = copy.deepcopy(lychee_answers)
        record["orchard"] |= copy.deepcopy(land)
        record["orchard"]["area"]["amount"] = area
        if "soil" in land:
            record["orchard"]["soil"]["sample"]["organic_carbon"]["amount"] = carbon
            texture = "clay" if "clay" in land["soil"] else "sand"
            record["orchard"]["soil"][texture]["amount"] = clay
        return ProductSystem.of(record)

    systems = [lot("120 mu", "1.2 %", "25 %"), lot("90 mu", "0.7 %", "31 %"), lot("150 mu", "2.4 %", "19 %")]
    (together,) = assess_batch([shaped(system) for system in systems], range(3), _method())
    for row, system in enumerate(systems):
        _same(together, row, assess(system, gwp="AR6-100", draws=DRAWS))


def test_a_product_that_cannot_be_is_refused_and_the_others_go_on(lychee_answers):
    """The third lot's biochar holds more carbon than its prunings did."""
    impossible = copy.deepcopy(lychee_answers)
    impossible["kiln"]["biochar_dry"]["amount"] = "26000 kg"
    lots = [lychee_answers, lychee_answers, impossible, lychee_answers]
    products = [shaped(ProductSystem.of(lot)) for lot in lots]
    results = list(assess_batch(products, [10, 11, 12, 13], _method()))
    assert [type(result) for result in results] == [Assessed, Refused, Assessed]
    assert [number for one in results if isinstance(one, Assessed) for number in one.numbers] == [10, 11, 13]
    refused = results[1]
    assert refused.number == 12
    assert "carbon" in refused.problems[0].what


def test_a_zero_an_absent_answer_and_another_choice_are_other_shapes(lychee_answers):
    def changed(**kiln):
        lot = copy.deepcopy(lychee_answers)
        lot["kiln"] |= kiln
        return shaped(ProductSystem.of(lot)).shape

    without = copy.deepcopy(lychee_answers)
    del without["orchard"]["irrigation"]
    zero = copy.deepcopy(lychee_answers)
    zero["orchard"]["irrigation"]["amount"] = "0 kWh"
    shapes = {
        changed(),
        changed(feedstock="dry"),
        changed(start_up_diesel={"amount": "15 litre", "source": "meter"}),
        shaped(ProductSystem.of(without)).shape,
        shaped(ProductSystem.of(zero)).shape,
    }
    assert len(shapes) == 5
    assert changed(start_up_diesel={"amount": "16 litre", "source": "recall"}) == changed()
