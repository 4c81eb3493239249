"""What land was, how its soil is treated, peat under it: by hand, refused by name, and never a gain off an emission."""

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lca_models.activities.field_crop import FieldCrop
from lca_models.activities.grassland import Grassland
from lca_models.activities.greenhouse import Greenhouse
from lca_models.activities.land import Land
from lca_models.activities.orchard import Orchard
from lca_models.activities.paddy import Paddy
from lca_models.errors import FactorError, RecordError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem

FACTORS = shipped_factors()
CO2, N2O = 44 / 12, 44 / 28
HUMID = {"climate_zone": "warm_temperate_moist", "soil": "low_activity_clay"}
FOREST = {"was": "forest", "forest": "subtropical_humid"} | HUMID
FORMER_FIELD = {"was": "annual_crops"} | HUMID
# South China, month by month: mean temperature, rain, evaporation of grass.
WEATHER = [
    (13, 45, 70), (14, 70, 65), (18, 90, 85), (22, 190, 105), (26, 280, 130), (28, 300, 140),
    (29, 240, 165), (28, 230, 155), (27, 170, 135), (24, 80, 125), (20, 40, 100), (15, 35, 80)]  # fmt: skip
SAMPLE = {
    "organic_carbon": {"amount": "1.2 %", "source": "meter"},
    "bulk_density_g_per_cm3": 1.3,
    "depth": {"amount": "0.3 m", "source": "meter"},
    "coarse": {"amount": "0 %", "source": "meter"},
}


def said(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "meter"}


@pytest.fixture
def orchard_of(answers: dict[str, Any]):
    def build(**asked: Any) -> Orchard:
        system = ProductSystem.of(answers | {"orchard": answers["orchard"] | asked})
        return system.orchard

    return build


def converted(**conversion: Any) -> dict[str, Any]:
    return {"converted_within_20_years": "yes", "planted": 2012, "conversion": conversion}


def season(land: Land, numbers: Numbers | None = None) -> Process:
    return next(p for p in land.processes(numbers or Numbers(FACTORS), "CN-GD") if p.name == land.name)


def kg(process: Process, substance: str, label: str = "") -> float:
    return float(
        sum(
            e.kg
            for e in process.exchanges
            if isinstance(e, Emission) and e.substance == substance and label in e.label
        )
    )


def stored(process: Process) -> dict[str, float]:
    return {store.kind: float(store.carbon_kg) for store in process.storages}


def test_a_forest_turned_into_an_orchard_by_hand(orchard_of):
    """3 mu of humid subtropical forest, red soil: Tables 4.7, 4.4, 5.3, 2.3 and 5.5, a twentieth a year."""
    orchard = orchard_of(land_use=converted(area=said("3 mu"), **FOREST))
    before, after = 323.0 * (1 + 0.246) * 0.47 + 55.0, 8.5 / 2 * (1 + 0.2) + 55.0 * 0.72
    process = season(orchard)
    assert kg(process, "co2_luc") == pytest.approx(0.2 * (before - after) * CO2 * 1000 / 20)
    assert stored(process) == {"land": 0.0}

    as_before = season(orchard_of())
    freed_n = 0.2 * 55.0 * (1 - 0.72) * 1000 / 20 / 15
    label = "N2O from manure, soil organic matter and prunings"
    direct = kg(process, "n2o", label) - kg(as_before, "n2o", "N2O from manure and prunings")
    assert direct == pytest.approx(freed_n * 0.006 * N2O)
    assert kg(process, "n2o", "leached") - kg(as_before, "n2o", "leached") == pytest.approx(
        freed_n * 0.24 * 0.011 * N2O
    )
    assert kg(process, "n2o", "ammonia") == pytest.approx(kg(as_before, "n2o", "ammonia"))


def test_counted_biomass_takes_the_place_of_the_table(orchard_of):
    counted = {"was": "forest", "biomass": said("30 t"), "area": said("3 mu")} | HUMID
    before, after = 30 / 0.2 * 0.47 + 55.0, 8.5 / 2 * 1.2 + 55.0 * 0.72
    found = kg(season(orchard_of(land_use=converted(**counted))), "co2_luc")
    assert found == pytest.approx(0.2 * (before - after) * CO2 * 1000 / 20)


def test_a_gain_is_stored_for_a_time_and_taken_off_nothing(orchard_of):
    """A field turned into an orchard holds more: 120 mu, 4.7 t C/ha of crops against the trees' mean, 0.69 against 0.72."""
    process = season(orchard_of(land_use=converted(**FORMER_FIELD)))
    gained = 8.5 / 2 * 1.2 - 4.7 + 55.0 * (0.72 - 0.69)
    assert kg(process, "co2_luc") == 0
    assert stored(process)["land"] == pytest.approx(8 * gained * 1000 / 20)
    (store,) = process.storages
    assert (store.lasts, store.baseline) == (False, None)
    assert kg(process, "n2o") == pytest.approx(kg(season(orchard_of()), "n2o"))


def test_every_kind_of_land_ends_in_its_own_stock():
    """Forest of the moist tropics on low-activity clay, 1 ha: what stays is what the kind's rows say."""
    forest = 67.7 * (1 + 0.323) * 0.47 + 38.0
    held = {
        FieldCrop: 4.7 + 38.0 * 0.83,
        Greenhouse: 4.7 + 38.0 * 0.83,
        Paddy: 4.7 + 38.0 * 1.35,
        Grassland: 16.1 * 0.47 + 38.0,
    }
    tropics = {"climate_zone": "tropical_moist", "soil": "low_activity_clay"}
    for kind, holds in held.items():
        land = kind.model_validate(
            _land(kind) | {"land_use": converted(was="forest", forest="tropical_moist_deciduous", **tropics)}
        )
        found = kg(season(land), "co2_luc")
        assert found == pytest.approx((forest - holds) * CO2 * 1000 / 20), kind.__name__


def _land(kind: type[Land]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": "land",
        "crop": "wheat",
        "area": said("1 ha"),
        "climate": "wet",
        "land_use": {"converted_within_20_years": "no", "planted": 1990},
        "harvests": [{"when": "June", "sold": said("6 t")}],
    }
    if kind is Grassland:
        return record | {"crop": "hay", "sward": "perennial_grass", "dry_matter": said("85 %")}
    residues = {"residues": {"removed": said("0 %"), "burnt": said("0 %")}}
    if kind is Paddy:
        water = {"rice_region": "east_asia", "water": "continuous", "before": "dry_under_180"}
        return record | residues | water | {"crop": "rice", "days": said("110 days")}
    return record | residues


def test_half_a_year_carries_half_of_it():
    whole = FieldCrop.model_validate(_land(FieldCrop) | {"land_use": converted(**FOREST)})
    half = whole.model_copy(update={"part_of_year": FieldCrop.model_validate(
        _land(FieldCrop) | {"part_of_year": said("50 %")}).part_of_year})  # fmt: skip
    assert kg(season(half), "co2_luc") == pytest.approx(kg(season(whole), "co2_luc") / 2)


def test_an_intercrop_does_not_carry_the_conversion_twice(answers, orchard_of):
    peanut = {
        "crop": "peanuts",
        "area": said("4 mu"),
        "harvests": [{"when": "August", "sold": said("500 kg")}],
        "residues": {"removed": said("0 %"), "burnt": said("0 %")},
        "allocation": "mass",
        "price": {"amount": "8 CNY/kg", "source": "receipt"},
        "fruit_price": {"amount": "12 CNY/kg", "source": "receipt"},
    }
    alone = orchard_of(land_use=converted(**FOREST))
    shared = orchard_of(land_use=converted(**FOREST), intercrop=peanut)
    found = [
        sum(kg(process, "co2_luc") for process in land.processes(Numbers(FACTORS), "CN-GD"))
        for land in (alone, shared)
    ]
    assert found[0] == pytest.approx(found[1])


def test_mulch_and_compost_in_an_orchard_by_hand(orchard_of):
    """From tilled to untilled with compost: 55 × 0.72 × (1.10 × 1.44 − 1), 120 mu, over 20 years."""
    soil = {
        "model": "ipcc tier 1", "changed": 2018, "baseline": "tilled twice a year",
        "before": {"tillage": "full_tillage", "inputs": "medium"},
        "now": {"tillage": "no_tillage", "inputs": "high_with_manure"},
    } | HUMID  # fmt: skip
    process = season(orchard_of(soil=soil))
    gained = 8 * 55.0 * 0.72 * (1.10 * 1.44 - 1) * 1000 / 20
    (store,) = process.storages
    assert (store.kind, store.quantified_by, store.baseline) == (
        "soil",
        "ipcc-2019-tier-1",
        "tilled twice a year",
    )
    assert float(store.carbon_kg) == pytest.approx(gained)
    assert kg(process, "co2_soil") == 0


def test_ploughing_up_gives_the_same_back_with_its_nitrogen(orchard_of):
    back = {
        "model": "ipcc tier 1", "changed": 2018,
        "before": {"tillage": "no_tillage", "inputs": "high_with_manure"},
        "now": {"tillage": "full_tillage", "inputs": "medium"},
    } | HUMID  # fmt: skip
    process = season(orchard_of(soil=back))
    lost = 8 * 55.0 * 0.72 * (1.10 * 1.44 - 1) * 1000 / 20
    assert kg(process, "co2_soil") == pytest.approx(lost * CO2)
    assert kg(process, "co2_luc") == 0
    freed = kg(process, "n2o") - kg(season(orchard_of()), "n2o")
    assert freed == pytest.approx(lost / 10 * (0.006 + 0.24 * 0.011) * N2O)


def test_what_nobody_said_of_the_soil_is_declared(orchard_of):
    numbers = Numbers(FACTORS)
    season(orchard_of(land_use=converted(**FORMER_FIELD)), numbers)
    assert (
        numbers.reading.defaults["tillage after the conversion"]
        == "soc.f_mg.warm_temperate_moist.full_tillage"
    )
    assert "inputs to the soil before the conversion" in numbers.reading.defaults


def rothc(plant_t_c_per_ha: float, carbon: str = "1.2 %") -> dict[str, Any]:
    months = [
        {"air_temperature_c": float(warm), "rain_mm": float(rain), "pan_evaporation_mm": evaporation / 0.75,
         "covered": True, "plant_t_c_per_ha": plant_t_c_per_ha / 12, "manure_t_c_per_ha": 0.0}
        for warm, rain, evaporation in WEATHER
    ]  # fmt: skip
    sample = SAMPLE | {"organic_carbon": said(carbon)}
    return {"model": "rothc", "changed": 2024, "clay": said("25 %"), "months": months, "sample": sample,
            "vegetation": "crops_and_improved_grassland"}  # fmt: skip


def steady(carbon_t_c_per_ha: float, carbon: str = "1.2 %") -> dict[str, Any]:
    months = [
        {"air_temperature_c": float(warm), "rain_mm": float(rain), "evapotranspiration_mm": float(demand)}
        for warm, rain, demand in WEATHER
    ]
    sample = SAMPLE | {"organic_carbon": said(carbon)}
    return {"model": "ipcc tier 2", "changed": 2024, "sand": said("40 %"), "tillage": "none", "sample": sample,
            "carbon_t_c_per_ha": carbon_t_c_per_ha, "months": months}  # fmt: skip


def gain_kg(process: Process) -> float:
    """Carbon gained, negative when lost."""
    return stored(process)["soil"] - kg(process, "co2_soil") / CO2


@pytest.mark.parametrize(("model", "ample"), [(rothc, 8.0), (steady, 12.0)])
def test_a_soil_near_its_maximum_gains_little(orchard_of, model, ample):
    """The same compost brings a poor soil much, a good one little, and a rich one loses what it cannot keep."""
    gains = [
        gain_kg(season(orchard_of(soil=model(ample, carbon=f"{share} %")))) for share in (0.6, 1.2, 1.8, 4.0)
    ]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0 > gains[-1]


@pytest.mark.parametrize("model", [rothc, steady])
def test_a_soil_at_rest_neither_gains_nor_loses(orchard_of, model):
    """The input that holds the measured stock is found by halving; there both ledgers are empty."""
    low, high = 0.05, 30.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if gain_kg(season(orchard_of(soil=model(middle)))) > 0 else (middle, high)
    assert gain_kg(season(orchard_of(soil=model(low)))) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("model", [rothc, steady])
def test_models_run_on_draws_as_on_central_values(orchard_of, model):
    orchard = orchard_of(soil=model(6.0))
    numbers = Numbers(FACTORS, lambda _: np.full(3, 0.5))
    (store,) = season(orchard, numbers).storages
    assert np.shape(store.carbon_kg) == (3,)
    # Triangles have their mode, not their median, at the central value.
    assert np.median(store.carbon_kg) == pytest.approx(
        float(stored(season(orchard))["soil"]), rel=0.3, abs=20
    )


def test_drained_peat_by_hand(orchard_of):
    peat = {"area": said("3 mu"), "zone": "tropical"}
    process = season(orchard_of(organic_soil=peat))
    assert kg(process, "co2_soil") == pytest.approx(0.2 * 14 * 1000 * CO2)
    assert kg(process, "n2o", "drained organic soil") == pytest.approx(0.2 * 5 * N2O)


@pytest.mark.parametrize(
    ("kind", "peat", "carbon", "nitrogen"),
    [
        (FieldCrop, {"zone": "temperate"}, 7.9, 13.0),
        (Paddy, {"zone": "tropical"}, 9.4, 0.4),
        (Paddy, {"zone": "temperate"}, 7.9, 13.0),
        (Grassland, {"zone": "temperate", "grass": "rich_deep"}, 6.1, 8.2),
        (Grassland, {"zone": "boreal"}, 5.7, 9.5),
    ],
)
def test_peat_has_a_row_for_each_use(kind, peat, carbon, nitrogen):
    land = kind.model_validate(_land(kind) | {"organic_soil": {"area": said("0.5 ha")} | peat})
    process = season(land)
    assert kg(process, "co2_soil") == pytest.approx(0.5 * carbon * 1000 * CO2)
    assert kg(process, "n2o", "drained organic soil") == pytest.approx(0.5 * nitrogen * N2O)


def test_peat_that_was_forest_is_not_counted_as_a_stock(orchard_of):
    """What is in the peat goes year by year; only the trees are spread over 20."""
    peat = {"area": said("120 mu"), "zone": "tropical"}
    orchard = orchard_of(land_use=converted(**FOREST | {"soil": "organic"}), organic_soil=peat)
    trees = 323.0 * 1.246 * 0.47 - 8.5 / 2 * 1.2
    assert kg(season(orchard), "co2_luc") == pytest.approx(8 * trees * CO2 * 1000 / 20)


@settings(max_examples=25, deadline=None)
@given(
    was=st.sampled_from(["forest", "grassland", "annual_crops", "paddy"]),
    zone=st.sampled_from(["warm_temperate_moist", "tropical_moist", "tropical_wet", "cool_temperate_moist"]),
    soil=st.sampled_from(["high_activity_clay", "low_activity_clay", "sandy"]),
)
def test_one_ledger_or_the_other_and_never_below_zero(lychee_answers, was, zone, soil):
    forest = {"forest": "tropical_dry"} if was == "forest" else {}
    land_use = converted(was=was, climate_zone=zone, soil=soil, **forest)
    records = copy.deepcopy(lychee_answers)
    records["orchard"]["land_use"] = land_use
    process = season(ProductSystem.of(records).orchard)
    emitted, gained = kg(process, "co2_luc"), stored(process)["land"]
    assert emitted >= 0
    assert gained >= 0
    assert emitted * gained == 0


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"land_use": {"converted_within_20_years": "yes", "planted": 2012}}, "not from what"),
        ({"land_use": {"converted_within_20_years": "no", "planted": 2012, "conversion": FOREST}}, "the answer is 'no'"),
        ({"land_use": {"converted_within_20_years": "unknown", "planted": 2012, "conversion": FOREST}}, "is 'unknown'"),
        ({"land_use": converted(was="forest", **HUMID)}, "the forest is not said"),
        ({"land_use": converted(was="annual_crops", forest="tropical_dry", **HUMID)}, "a forest is named"),
        ({"land_use": converted(**FOREST, before={"tillage": "no_tillage"})}, "before.tillage is said of forest"),
        ({"land_use": converted(**FOREST, now={"sward": "improved"})}, "now.sward is said of perennial crops"),
        ({"land_use": converted(**FOREST, year=2015)}, "converted in 2015, planted in 2012"),
        ({"land_use": converted(**FOREST, area=said("130 mu"))}, "land_use.conversion.area is 130 mu"),
        ({"land_use": converted(**FOREST | {"soil": "organic"})}, "organic_soil is missing"),
        ({"land_use": converted(was="perennial_crops", **HUMID)}, "still is"),
        ({"land_use": converted(**FOREST | {"climate_zone": "warm_temperate_dry"})}, "the climate is wet"),
        ({"land_use": converted(**FOREST), "soil": rothc(4.0)}, "a conversion and a change of the soil"),
        ({"land_use": {**converted(**FOREST), "planted": 2004}}, "is 2004, the season ends in 2025"),
        ({"land_use": {**converted(**FOREST), "planted": 2030}}, "is 2030, the season ends in 2025"),
        ({"soil": {**rothc(4.0), "changed": 1999}}, "orchard.soil.changed is 1999"),
        ({"soil": rothc(0.0)}, "no carbon comes in"),
        ({"soil": {"model": "ipcc tier 1", "changed": 2018, "before": {}, "now": {}} | HUMID}, "are the same"),
        ({"soil": {"model": "century"}}, "century"),
        ({"organic_soil": {"area": said("1 mu"), "zone": "temperate", "grass": "poor"}}, "only temperate meadows"),
        ({"organic_soil": {"area": said("130 mu"), "zone": "tropical"}}, "organic_soil.area is 130 mu"),
        ({"part_of_year": said("120 %")}, "120 %"),
    ],
)  # fmt: skip
def test_bad_answers_are_refused_by_name(orchard_of, asked, what):
    with pytest.raises(RecordError, match=what.replace("(", r"\(")):
        orchard_of(**asked)


def test_a_paddy_has_no_tillage_factors_and_no_dry_model():
    tier1 = {"model": "ipcc tier 1", "changed": 2018, "before": {}, "now": {"tillage": "no_tillage"}} | HUMID
    for soil, why in ((tier1, "tier 1 has no tillage of paddy"), (rothc(4.0), "not flooded")):
        with pytest.raises(ValidationError, match=why):
            Paddy.model_validate(_land(Paddy) | {"soil": soil})


def test_the_steady_state_method_is_for_cropland():
    with pytest.raises(ValidationError, match="cropland that stays cropland"):
        Grassland.model_validate(_land(Grassland) | {"soil": steady(4.0)})


def test_temperate_peat_under_grass_asks_how_deep_it_is_drained():
    with pytest.raises(ValidationError, match="grass is not answered"):
        Grassland.model_validate(
            _land(Grassland) | {"organic_soil": {"area": said("1 ha"), "zone": "temperate"}}
        )


def test_a_soil_that_does_not_occur_in_its_climate_is_an_error(orchard_of):
    nowhere = FOREST | {"climate_zone": "tropical_wet", "soil": "spodic"}
    with pytest.raises(FactorError, match="a miss is an error"):
        season(orchard_of(land_use=converted(**nowhere)))
