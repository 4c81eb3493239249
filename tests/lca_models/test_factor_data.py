"""The shipped numbers as a whole: what must be there, within which range, and what must add up."""

import re
from collections import Counter
from datetime import date

import pytest

from footprint.characterisation import AGGREGATED, BIOGENIC_CO2, GWP_SETS
from lca_models.factors import Factor, FactorSet, shipped_factors

FACTORS = shipped_factors()
PRODUCTS = sorted(FACTORS.products)
PROVINCES = "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HL HN JL JS JX LN NM NX QH SC SD SH SN SX TJ XJ YN ZJ"
NEEDED = """
fertiliser.urea fertiliser.dap fertiliser.kcl fertiliser.lime.limestone pesticide.fungicide seed.wheat
seedling.tree.container5 feed.grain feed.aquaculture.high_animal_protein
feed.maize feed.wheat_bran feed.soybean_meal.brazil feed.fish_meal.anchovy feed.concentrate.cattle feed.hay feed.maize_silage
fuel.diesel.agricultural fuel.diesel.road fuel.petrol.road fuel.natural_gas fuel.lpg fuel.coal.industrial
fuel.wood_logs fuel.wood.stove fuel.charcoal.stove fuel.marine_gas_oil
electricity.CN electricity.TW electricity.lifecycle.FR electricity.lifecycle.VN electricity.lifecycle.GLO
packaging.eps packaging.board.closed_loop packaging.glass packaging.aluminium packaging.steel packaging.pet
disposal.board.landfill disposal.plastic_film.energy_recovery disposal.food.composting disposal.food.digestion
transport.rail transport.ship.container transport.ship.reefer transport.air.long_haul
transport.air.long_haul.with_altitude_effects transport.reefer.artic33 transport.van
water.supply water.treatment
"""

# kg CO2e (AR6-100, without biogenic CO2) per unit: what somebody who knows the trade would still believe. The first pattern
# that fits counts; a product that fits none fails, so that nothing ships without having been thought about.
PLAUSIBLE = [
    (r"electricity\.lifecycle\..+", "kWh", 0.01, 1.3),
    (r"electricity\..+", "kWh", 0.05, 0.9),
    (r"fuel\.(biodiesel|bioethanol)", "litre", 0.2, 1.2),
    (r"fuel\.(lpg|propane)", "litre", 1.5, 2.0),
    (r"fuel\.natural_gas", "m3", 2.0, 2.8),
    (r"fuel\.(coal|bituminous|anthracite).*", "kg", 2.0, 4.0),
    (r"fuel\.(wood|straw|charcoal|biogas).*", "kg", 0.03, 0.5),
    (r"fuel\..+", "litre", 2.5, 4.2),
    (r"transport\.rail", "t_km", 0.01, 0.06),
    (r"transport\.ship\..+", "t_km", 0.002, 0.1),
    (r"transport\.air\..+", "t_km", 0.5, 4.0),
    (r"transport\..+", "t_km", 0.06, 1.0),
    (r"packaging\.(wood|board|paper).*", "kg", 0.02, 2.5),
    (r"packaging\..+", "kg", 0.5, 12.0),
    (r"disposal\..+\.landfill", "kg", 0.001, 2.5),
    (r"disposal\..+", "kg", 0.001, 0.05),
    (r"fertiliser\.lime\..+", "kg", 0.02, 0.6),
    (r"fertiliser\..+", "kg", 0.2, 16.0),
    (r"pesticide\..+", "kg", 8.0, 50.0),
    (r"feed\.(.+_silage|.+_straw|.+_stover)", "kg", 0.03, 0.5),
    (r"feed\..+", "kg", 0.1, 5.0),
    (r"seed\..+", "kg", 0.1, 4.0),
    (r"seedling\..+", "plant", 0.005, 10.0),
    (r"water\..+", "m3", 0.05, 1.0),
    (r"soil\.compost\..+", "kg", 0.02, 0.4),
    (r"material\..+", "kg", 0.05, 6.0),
    (r"equipment\..+", "kg", 2.0, 10.0),
    (r"sugar\..+", "kg", 0.2, 1.5),
]  # fmt: skip


def _co2e(rows: tuple[Factor, ...], gwp: str = "AR6-100") -> float:
    return sum(
        row.value
        if str(row.substance).startswith(AGGREGATED)
        else row.value * FACTORS[f"gwp.{gwp}.{row.substance}"].value
        for row in rows
        if row.substance != BIOGENIC_CO2
    )


def _total(product: str) -> float:
    return _co2e(FACTORS.product(product))


# --- what is there


def test_more_than_three_hundred_numbers_ship_besides_warming_potentials():
    assert sum(not name.startswith(("gwp.", "pedigree.")) for name in FACTORS.factors) > 300


@pytest.mark.parametrize("province", PROVINCES.split())
def test_every_province_of_the_notice_has_its_grid(province):
    assert FACTORS.product(f"electricity.CN-{province}")[0].substance == "co2_fossil"


@pytest.mark.parametrize("product", NEEDED.split())
def test_a_food_supply_chain_finds_its_numbers(product):
    assert FACTORS.product(product)


# --- every number, one by one


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_product_is_plausible(product):
    pattern, per, low, high = next(row for row in PLAUSIBLE if re.fullmatch(row[0], product))
    rows = FACTORS.product(product)
    assert {row.per for row in rows} == {per}, pattern
    assert low <= _total(product) <= high, f"{_total(product):.4g} kg CO2e/{per}"


@pytest.mark.parametrize("product", PRODUCTS)
def test_units_say_the_gas_and_what_it_is_per(product):
    for row in FACTORS.product(product):
        gas, _, per = row.unit.partition("/")
        assert per.split()[0] == row.per, row.id
        aggregated = str(row.substance).startswith(AGGREGATED)
        assert gas == "kg CO2e" if aggregated else gas in ("kg", "kg CO2"), row.id


@pytest.mark.parametrize("gwp", GWP_SETS)
@pytest.mark.parametrize("product", PRODUCTS)
def test_every_product_can_be_characterised_with_every_set(product, gwp):
    assert _co2e(FACTORS.product(product), gwp) > 0


def test_no_row_counts_one_gas_of_one_part_twice():
    keys = Counter(
        (row.product, row.substance, row.part, row.value < 0)
        for row in FACTORS.factors.values()
        if row.product
    )
    assert [key for key, count in keys.items() if count > 1] == []


SPLIT = [row for row in FACTORS.factors.values() if "the three gases add up to the source's" in row.note]


@pytest.mark.parametrize("product", sorted({str(row.product) for row in SPLIT}))
def test_gases_told_apart_add_up_to_the_total_of_their_source(product):
    rows = [row for row in SPLIT if row.product == product]
    told = {re.search(r"the source's ([\d.]+) kg CO2e", row.note)[1] for row in rows}
    assert len(rows) == 3
    (total,) = map(float, told)
    weights = {"co2_fossil": 1, "ch4_fossil": 28, "n2o": 265}
    # The source rounds each gas at the fifth decimal.
    assert sum(row.value * weights[row.substance] for row in rows) == pytest.approx(total, abs=2.5e-5)


@pytest.mark.parametrize(
    "entry", [*FACTORS.factors.values(), *FACTORS.tables.values()], ids=lambda entry: entry.id
)
def test_what_was_written_from_memory_says_so(entry):
    if entry.note.startswith("from memory"):
        assert not entry.verified


def test_share_alike_and_attribution_stand_with_every_number():
    for row in FACTORS.factors.values():
        if row.id.startswith("electricity.lifecycle."):
            assert "BY-SA" in row.licence
        if row.source.id.startswith("desnz-"):
            assert "Open Government Licence" in row.licence


# --- against each other


def test_methods_of_electricity_are_never_one_product():
    for product in PRODUCTS:
        if product.startswith("electricity."):
            assert len({row.source.id.partition("-")[0] for row in FACTORS.product(product)}) == 1
    assert {
        row.substance for p in PRODUCTS if p.startswith("electricity.CN") for row in FACTORS.product(p)
    } == {"co2_fossil"}


@pytest.mark.parametrize("day", [date(2021, 7, 1), date(2022, 7, 1)])
def test_a_grid_region_lies_between_its_provinces(day):
    members = {
        "north": "BJ TJ HE SX NM SD", "northeast": "LN JL HL NM", "east": "SH JS ZJ AH FJ", "central": "HA HB HN JX",
        "northwest": "SN GS QH NX XJ", "south": "GD GX YN GZ HI", "southwest": "CQ SC",
    }  # fmt: skip
    factors = FactorSet.load(at=day)

    def value(place: str) -> float:
        return factors[f"electricity.{place}.generation.co2_fossil"].value

    regions = {region: value(f"CN.{region}") for region in members}
    for region, provinces in members.items():
        inside = [value(f"CN-{province}") for province in provinces.split()]
        assert min(inside) < regions[region] < max(inside), region
    assert min(regions.values()) < value("CN") < max(regions.values())


@pytest.mark.parametrize("product", [p for p in PRODUCTS if p.endswith(".closed_loop")])
def test_recycled_material_costs_less_than_new(product):
    assert _total(product) < _total(product.removesuffix(".closed_loop"))


@pytest.mark.parametrize(
    "product", [p for p in PRODUCTS if p.startswith("fuel.") and not re.search("bio|wood|straw|charcoal", p)]
)
def test_fetching_a_fossil_fuel_costs_less_than_burning_it(product):
    upstream = [row for row in FACTORS.product(product) if row.part == "upstream"]
    assert 0.05 * _total(product) < _co2e(tuple(upstream)) < 0.3 * _total(product)


def test_freight_stands_in_its_known_order():
    known = [
        "ship.bulk",
        "ship.container",
        "rail",
        "truck.artic33",
        "truck.rigid17",
        "truck.rigid7_17",
        "truck.rigid3_7",
        "air.domestic",
    ]
    totals = [_total(f"transport.{vehicle}") for vehicle in known]
    assert totals == sorted(totals)
    for size in ("artic33", "rigid17", "rigid7_17", "rigid3_7", "average"):
        assert 1.05 < _total(f"transport.reefer.{size}") / _total(f"transport.truck.{size}") < 1.3
    for haul in ("long_haul", "short_haul"):
        assert _total(f"transport.air.{haul}.with_altitude_effects") > 1.4 * _total(f"transport.air.{haul}")


def test_a_small_stove_gives_off_far_more_methane_than_a_boiler():
    stove = FACTORS["fuel.wood.stove.combustion.ch4_biogenic"].value * 27
    assert stove > 2 * FACTORS["fuel.wood_logs.combustion.ch4_n2o"].value


def test_paper_rots_in_a_landfill_and_plastic_does_not():
    assert _total("disposal.board.landfill") > 50 * _total("disposal.pet.landfill")


# --- tables


def test_a_refrigerant_is_made_of_itself_and_of_gases_that_have_a_potential():
    blends = FACTORS.table("refrigerant.blends")
    for _, *shares in blends.rows:
        assert sum(map(float, shares)) == pytest.approx(1.0)
    for gas in blends.columns[1:]:
        assert all(f"gwp.{gwp}.{gas}" in FACTORS for gwp in GWP_SETS)


@pytest.mark.parametrize(
    ("blend", "ar5"),
    [
        ("R404A", 3943),
        ("R407A", 1923),
        ("R407C", 1624),
        ("R407F", 1674),
        ("R410A", 1924),
        ("R507A", 3985),
        ("R502", 4786),
    ],
)
def test_blends_reproduce_the_potentials_of_the_british_government(blend, ar5):
    """DESNZ (2023), Refrigerant & other, blends, AR5-100."""
    blends = FACTORS.table("refrigerant.blends")
    _, *shares = next(row for row in blends.rows if row[0] == blend)
    potentials = [FACTORS[f"gwp.AR5-100.{gas}"].value for gas in blends.columns[1:]]
    assert sum(float(s) * p for s, p in zip(shares, potentials, strict=True)) == pytest.approx(ar5, abs=0.6)


def test_bought_soy_carries_its_land_use_change_as_a_gas_of_its_own():
    for product in ("feed.soybean.brazil", "feed.soybean_meal.brazil"):
        rows = {row.part: row for row in FACTORS.product(product)}
        assert rows["land_use_change"].substance == "co2_luc"
        assert str(rows["manufacture"].substance).startswith(AGGREGATED)
        assert rows["land_use_change"].lower < 0.05 * rows["land_use_change"].value
        assert rows["land_use_change"].upper > 6 * rows["manufacture"].value


def test_feeds_stand_in_their_known_order():
    """Straw below bran below grain below meal of fish that is caught far out (Liu 2017, Gephart 2021)."""
    known = "maize_stover wheat_straw maize_silage wheat_bran alfalfa maize fish_meal.capelin fish_meal.blue_whiting"
    totals = [_total(f"feed.{feed}") for feed in known.split()]
    assert totals == sorted(totals)


def test_limits_of_stationary_fuels_enclose_their_values():
    table = FACTORS.table("fuels.stationary.agriculture")
    for row in table.rows:
        for place in range(1, len(row), 3):
            value, lower, upper = (float(entry) for entry in row[place : place + 3])
            assert lower < value < upper, row[0]


@pytest.mark.parametrize(
    "gas", sorted({name.split(".", 2)[2] for name in FACTORS.factors if name.startswith("gwp.AR6-100.")})
)
def test_a_short_lived_gas_weighs_more_over_twenty_years(gas):
    hundred, twenty = (FACTORS[f"gwp.AR6-{years}.{gas}"].value for years in (100, 20))
    long_lived = {
        "co2_fossil",
        "co2_luc",
        "co2_soil",
        "n2o",
        "sf6",
        "nf3",
        "hfc-23",
        "hfc-236fa",
        "cfc-13",
        "cfc-114",
        "cfc-115",
        "pfc-14",
        "pfc-116",
        "pfc-218",
        "pfc-318",
        "r717",
    }
    assert (twenty > hundred) == (gas not in long_lived)
