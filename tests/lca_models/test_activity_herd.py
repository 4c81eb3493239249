"""A dairy herd by hand, then pigs and hens by head: every gas where IPCC 2019 V4 Ch10 puts it, nothing twice."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.allocation_keys import carried_share, ways
from footprint.engine import solve
from footprint.uncertainty import probabilities
from lca_models.activities.herd import Herd
from lca_models.activities.manure_systems import SYSTEMS, rain
from lca_models.errors import FactorError, RecordError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process
from lca_models.lookup import row
from lca_models.numbers import Numbers
from lca_models.product_system import check_balances

EXAMPLE = Path(__file__).parents[2] / "examples" / "milk" / "milk.toml"
FACTORS = shipped_factors()
DRAWS = 64


def _receipt(amount: str) -> dict[str, str]:
    return {"amount": amount, "source": "receipt"}


PIGS: dict[str, Any] = {
    "activity": "herd",
    "name": "pigs",
    "livestock_region": "asia",
    "climate_zone": "tropical_moist",
    "allocation": "mass",
    "animals": [
        {
            "name": "fattening pigs",
            "kind": "growing_swine",
            "productivity": "high",
            "head": _receipt("400 头"),
            "days": _receipt("146 days"),
            "live_weight": _receipt("60 kg"),
            "manure": [{"system": "pit_3_months", "share": _receipt("100 %")}],
        }
    ],
    "feeds": [{"product": "grain", "amount": _receipt("105 t"), "dry_matter": _receipt("88 %")}],
    "gives": [{"product": "pigs, live weight", "amount": _receipt("42 t")}],
}


@pytest.fixture
def dairy() -> dict[str, Any]:
    """The herd of the milk example, free to be spoilt."""
    herd, _ = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["activities"]
    return herd


@pytest.fixture
def pigs() -> dict[str, Any]:
    return copy.deepcopy(PIGS)


def _season(record: dict[str, Any], numbers: Numbers | None = None) -> tuple[Process, ...]:
    return tuple(Herd.model_validate(record).processes(numbers or Numbers(FACTORS), "CN-HE"))


def _gases(processes: tuple[Process, ...], label: str = "") -> dict[str, float]:
    kg: dict[str, float] = {}
    for process in processes:
        for exchange in process.exchanges:
            if isinstance(exchange, Emission) and exchange.label.startswith(label):
                kg[exchange.substance] = kg.get(exchange.substance, 0.0) + float(exchange.kg)
    return kg


def _refused(record: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Herd.model_validate(record)


# --- a season by hand


def test_the_milking_cows_methane_by_hand(dairy):
    """Equations 10.3, 10.8, 10.13, 10.14, 10.16, 10.21 with a pocket calculator."""
    milk_a_day = 822_000 / (100 * 305)
    needs = 0.386 * 620**0.75 * (1 + 0.10 * 0.80) + milk_a_day * (1.47 + 0.40 * 3.8)
    ratio = 1.123 - 4.092e-3 * 69 + 1.126e-5 * 69**2 - 25.4 / 69
    gross = needs / ratio / 0.69
    found = _gases(_season(dairy), "methane from the guts, milking cows")
    assert found == pytest.approx({"ch4_biogenic": gross * 0.063 / 55.65 * 100 * 305})


def test_the_heifers_grow_by_hand(dairy):
    """Equations 10.3, 10.6, 10.14 to 10.16: a growing animal needs the second ratio."""
    gain = (435 - 165) / 365
    growth = 22.02 * (300 / (0.8 * 640)) ** 0.75 * gain**1.097
    for_life = 0.322 * 300**0.75 / (1.123 - 4.092e-3 * 65 + 1.126e-5 * 65**2 - 25.4 / 65)
    for_tissue = growth / (1.164 - 5.160e-3 * 65 + 1.308e-5 * 65**2 - 37.4 / 65)
    gross = (for_life + for_tissue) / 0.65
    found = _gases(_season(dairy), "methane from the guts, heifers")
    assert found == pytest.approx({"ch4_biogenic": gross * 0.063 / 55.65 * 70 * 365})


def test_pigs_by_head_by_hand(pigs):
    """400 pigs kept 146 days are 160 on the average day (Equation 10.1); high-productivity Asia, pit of 3 months."""
    solids = 5.1 * 60 / 1000 * 146 * 400
    nitrogen = 0.63 * 60 / 1000 * 146 * 400
    mcf = row(FACTORS.table("manure.mcf"), system="slurry_3_months", climate="tropical_moist")["value"]
    season = _season(pigs)
    assert _gases(season, "methane from the guts") == pytest.approx({"ch4_biogenic": 160 * 1.5})
    assert _gases(season, "CH4 from the manure") == pytest.approx(
        {"ch4_biogenic": solids * 0.45 * 0.67 * mcf}
    )
    direct, elsewhere = nitrogen * 0.002 * 44 / 28, nitrogen * 0.25 * 0.014 * 44 / 28
    assert _gases(season, "N2O in the manure stores") == pytest.approx({"n2o": direct})
    assert _gases(season, "N2O from ammonia") == pytest.approx({"n2o": elsewhere})
    assert _gases(season, "N2O from what ran out") == {"n2o": 0.0}


def test_what_pigs_drop_outdoors_is_grazing_not_storage(pigs):
    """Chapter 11: 0.006 wet, volatilised 0.21 · 0.014, leached 0.24 · 0.011; stored manure has none of these."""
    pigs["animals"][0]["manure"] = [{"system": "pasture", "share": _receipt("100 %")}]
    nitrogen = 0.63 * 60 / 1000 * 146 * 400
    season = _season(pigs)
    factor = 0.006 + 0.21 * 0.014 + 0.24 * 0.011
    assert _gases(season)["n2o"] == pytest.approx(nitrogen * factor * 44 / 28)
    assert not _gases(season, "N2O in the manure stores")


def test_nothing_leaches_on_dry_pasture(pigs):
    pigs["climate_zone"] = "warm_temperate_dry"
    pigs["animals"][0]["manure"] = [{"system": "pasture", "share": _receipt("100 %")}]
    assert not _gases(_season(pigs), "N2O from what leached under pasture")


def test_hens_have_no_factor_for_their_guts_and_the_result_says_so(pigs):
    pigs["animals"][0] |= {"name": "hens", "kind": "layers", "live_weight": _receipt("1.6 kg")}
    pigs["animals"][0]["manure"] = [{"system": "poultry_without_litter", "share": _receipt("100 %")}]
    numbers = Numbers(FACTORS)
    season = _season(pigs, numbers)
    assert not _gases(season, "methane from the guts")
    assert any("guts of poultry (hens)" in note for note in numbers.reading.notes)


def test_an_unknown_live_weight_is_the_typical_one_and_declared(pigs):
    pigs["animals"][0]["live_weight"] = {"source": "default"}
    numbers = Numbers(FACTORS)
    _season(pigs, numbers)
    assert numbers.reading.defaults == {
        "live weight of fattening pigs": "livestock.mass.growing_swine.asia.high"
    }
    assert numbers.reading.factors["livestock.mass.growing_swine.asia.high"].value == 56


def test_sheep_have_one_row_for_all_productivities_of_asia(pigs):
    """Table 10A.5 has one weight of sheep in Asia; methane of the guts still tells high from low (Table 10.10)."""
    sheep = {"name": "sheep", "kind": "sheep", "live_weight": {"source": "default"}}
    pigs["animals"][0] |= sheep | {"manure": [{"system": "dry_lot", "share": _receipt("100 %")}]}
    numbers = Numbers(FACTORS)
    high = _gases(_season(pigs, numbers), "methane from the guts")
    assert high == pytest.approx({"ch4_biogenic": 160 * 9})
    assert numbers.reading.factors["livestock.mass.sheep.asia.mean"].value == 31
    pigs["animals"][0]["productivity"] = "low"
    assert _gases(_season(pigs), "methane from the guts") == pytest.approx({"ch4_biogenic": 160 * 5})


# --- milk and meat


def test_milk_and_animals_together_carry_all_the_methane_of_the_herd(dairy):
    dairy["fodder"], numbers = [], Numbers(FACTORS)
    herd = _season(dairy)[0]
    carried = sum(
        float(entry.kg) * output.kg
        for output in herd.outputs
        for entry in solve((herd,), output.product, numbers).entries
        if entry.substance == "ch4_biogenic"
    )
    assert carried == pytest.approx(_gases((herd,))["ch4_biogenic"])


def test_the_milk_carries_what_idf_gives_it_by_hand(dairy):
    """FPCM 800 t × 0.97536 = 780.3 t; 1 − 6.04 × 22.5 / 780.3 = 0.8258."""
    herd = _season(dairy)[0]
    by_hand = 1 - 6.04 * 22.5 / (800 * (0.1226 * 3.8 + 0.0776 * 3.3 + 0.2534))
    assert carried_share(herd, 0, herd.allocation) == pytest.approx(by_hand)


def test_the_records_of_a_dairy_allow_three_ways_and_the_shares_of_each_add_up(dairy):
    herd = _season(dairy)[0]
    assert ways(herd) == ("biophysical", "mass", "economic")
    milk = {way: carried_share(herd, 0, way) for way in ways(herd)}
    assert milk == pytest.approx({"biophysical": 0.8258, "mass": 0.9726, "economic": 0.8889}, abs=1e-4)
    for way, share in milk.items():
        assert share + carried_share(herd, 1, way) == pytest.approx(1.0)


def test_what_milk_is_stays_known_when_the_herd_is_shared_by_price(dairy):
    herd = _season({**dairy, "allocation": "economic"})[0]
    assert ways(herd) == ("economic", "mass", "biophysical")


def test_calves_and_culled_cows_share_the_rest_by_weight(dairy):
    milk, _ = dairy["gives"]
    dairy["gives"] = [
        milk,
        {"product": "culled cows", "amount": _receipt("18 t")},
        {"product": "bull calves", "amount": _receipt("4.5 t")},
    ]
    herd = _season(dairy)[0]
    cows, calves = (carried_share(herd, number, "biophysical") for number in (1, 2))
    assert cows / calves == pytest.approx(4.0)


# --- manure


def test_manure_goes_to_fields_without_a_burden(dairy):
    *_, field, neighbours = _season(dairy)
    assert (field.exchanges, field.links, neighbours.exchanges) == ((), (), ())
    solution = solve(_season(dairy)[1:], "manure for the silage field", Numbers(FACTORS))
    assert solution.entries == ()


def test_more_nitrogen_than_the_stores_held_cannot_be_given(dairy):
    dairy["manure"][0]["amount"] = _receipt("9000 t")
    with pytest.raises(RecordError, match=r"dairy\.manure — .* kg of nitrogen came out"):
        check_balances(_season(dairy))


def test_what_is_dropped_on_pasture_cannot_be_given(dairy):
    for group in dairy["cattle"]:
        group["manure"] = [{"system": "pasture", "share": _receipt("100 %")}]
    with pytest.raises(RecordError, match="only 0 kg went in"):
        check_balances(_season(dairy))


def test_straw_put_under_the_animals_brings_nitrogen_for_the_fields(dairy):
    def left() -> float:
        (balance,) = [b for b in _season(dairy)[0].balances if b.of == "nitrogen"]
        return float(balance.taken_in_kg)

    before = left()
    dairy["bedding"] = [{"product": "straw", "amount": _receipt("100 t"), "nitrogen": _receipt("0.6 %")}]
    assert left() - before == pytest.approx(600)


def test_nitrogen_eaten_is_milk_growth_manure_and_gases(dairy):
    """What the stores get and what milk and growth keep is what was eaten, for the milking cows."""
    dairy["cattle"] = dairy["cattle"][:1]
    dairy["cattle"][0]["manure"] = [{"system": "daily_spread", "share": _receipt("100 %")}]
    (balance,) = [b for b in _season(dairy)[0].balances if b.of == "nitrogen"]
    excreted = float(balance.taken_in_kg) / (1 - 0.07)  # daily spread: 7 % lost as ammonia, nothing else
    needs = 0.386 * 620**0.75 * 1.08 + 822_000 / 30_500 * 2.99
    eaten = (
        needs / (1.123 - 4.092e-3 * 69 + 1.126e-5 * 69**2 - 25.4 / 69) / 0.69 / 18.45 * 30_500 * 0.16 / 6.25
    )
    assert excreted == pytest.approx(eaten - 822_000 * 0.033 / 6.38)


# --- feed


def test_cows_that_were_fed_too_little_for_their_milk_are_named(dairy):
    dairy["feeds"] = dairy["feeds"][:1]
    with pytest.raises(
        RecordError, match=r"dairy\.feeds — 820371 kg of mass came out — only 559200 kg went in"
    ):
        check_balances(_season(dairy))


def test_grazing_animals_are_not_asked_for_all_their_feed(dairy):
    dairy["feeds"] = dairy["feeds"][:1]
    dairy["cattle"][2]["housing"] = "pasture"
    check_balances(_season(dairy))


def test_feed_without_a_factor_is_an_error_never_zero(dairy):
    dairy["feeds"][1]["product"], dairy["fodder"] = "grian", []
    with pytest.raises(FactorError, match=r"feed\.grian — no such product .* feed\.grain"):
        _ = solve(_season(dairy)[:1], "raw milk", Numbers(FACTORS)).entries


# --- properties


@settings(max_examples=25, deadline=None)
@given(more=st.integers(1, 300))
def test_more_milk_from_the_same_cows_never_means_less_methane(more):
    herd = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["activities"][0]
    before = _gases(_season(herd))["ch4_biogenic"]
    herd["cattle"][0]["milk"]["amount"] = _receipt(f"{822 + more} t")
    assert _gases(_season(herd))["ch4_biogenic"] > before


@settings(max_examples=25, deadline=None)
@given(worse=st.integers(1, 20))
def test_worse_feed_means_more_methane_and_more_manure(worse):
    herd = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["activities"][0]
    before = _gases(_season(herd))
    herd["cattle"][0]["digestibility"] = _receipt(f"{69 - worse} %")
    after = _gases(_season(herd))
    assert all(after[gas] > before[gas] for gas in ("ch4_biogenic", "n2o"))


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_manure_system_has_its_gases(pigs, system):
    """A name in the list without a row in every table would fail only when somebody first used it."""
    if system.startswith("poultry"):
        pigs["animals"][0] |= {"kind": "layers"}
    pigs["animals"][0]["manure"] = [{"system": system, "share": _receipt("100 %")}]
    assert _gases(_season(pigs), "CH4 from the manure")["ch4_biogenic"] >= 0


def test_every_climate_zone_is_wet_or_dry_never_silently():
    assert {zone: rain(zone) for zone in ("boreal_moist", "tropical_wet", "tropical_montane_dry")} == {
        "boreal_moist": "wet",
        "tropical_wet": "wet",
        "tropical_montane_dry": "dry",
    }


@pytest.mark.parametrize("zone", ["tropical_montane_moist", "boreal_dry", "cool_temperate_moist"])
def test_a_zone_the_table_calls_otherwise_is_found(pigs, zone):
    assert _gases(_season({**pigs, "climate_zone": zone}), "CH4 from the manure")


def test_draws_at_their_middle_are_the_central_herd(dairy):
    """One array of draws through the same lines of code; at probability one half it is the float."""
    middle = Numbers(FACTORS, lambda _: np.full(3, 0.5))
    central, drawn = _season(dairy), _season(dairy, middle)
    for one, many in zip(central, drawn, strict=True):
        for single, several in zip(one.exchanges, many.exchanges, strict=True):
            if isinstance(single, Emission) and single.label.startswith("methane from the guts"):
                assert np.asarray(several.kg) == pytest.approx(single.kg)


def test_drawn_shares_of_manure_are_always_all_of_it(dairy):
    numbers = Numbers(FACTORS, probabilities(seed=1, draws=DRAWS))
    dairy["cattle"] = dairy["cattle"][:1]
    dairy["cattle"][0]["manure"] = [
        {"system": "pasture", "share": _receipt("60 %")},
        {"system": "daily_spread", "share": _receipt("40 %")},
    ]
    herd = Herd.model_validate({**dairy, "manure": []})
    (process, *_) = herd.processes(numbers, "CN-HE")
    assert all(
        np.shape(e.kg) == (DRAWS,) for e in process.exchanges if isinstance(e, Emission) and "CH4" in e.label
    )


# --- bad input, by name


def test_a_herd_without_animals_is_refused(pigs):
    _refused({**pigs, "animals": []}, "there are no animals")


def test_two_groups_of_one_name_are_refused(pigs):
    _refused({**pigs, "animals": pigs["animals"] * 2}, "give each its own name")


def test_a_fraction_of_a_pig_is_refused(pigs):
    pigs["animals"][0]["head"] = _receipt("12.5 head")
    _refused(pigs, r"'12\.5 head' is not a number of animals")


def test_a_bare_number_of_pigs_is_refused(pigs):
    pigs["animals"][0]["head"] = _receipt("400")
    _refused(pigs, "has no unit")


def test_a_count_survives_its_file(pigs):
    herd = Herd.model_validate(pigs)
    assert Herd.model_validate_json(herd.model_dump_json()) == herd


def test_more_days_than_a_year_has_are_refused(pigs):
    pigs["animals"][0]["days"] = _receipt("400 days")
    _refused(pigs, "is more than a year")


def test_manure_that_is_nowhere_is_refused(pigs):
    pigs["animals"][0]["manure"][0]["share"] = _receipt("80 %")
    _refused(pigs, "the shares add up to 80% — manure that is nowhere emits nothing")


def test_an_unknown_manure_system_lists_the_nearest(pigs):
    pigs["animals"][0]["manure"][0]["system"] = "lagune"
    _refused(pigs, "'lagune' is not known — its gases need a source — nearest: lagoon")


def test_an_animal_in_a_system_it_is_not_kept_in_is_a_miss(pigs):
    pigs["animals"][0]["manure"][0]["system"] = "poultry_with_litter"
    with pytest.raises(FactorError, match="has no row for animal = swine, system = poultry_with_litter"):
        _season(pigs)


def test_a_productivity_the_table_tells_apart_has_to_be_said(pigs):
    pigs["animals"][0]["productivity"] = "mean"
    with pytest.raises(
        FactorError, match="no row for animal = growing_swine, region = asia, productivity = mean"
    ):
        _season(pigs)


def test_a_lactating_cow_without_milk_is_refused(dairy):
    del dairy["cattle"][0]["milk"]
    _refused(dairy, "a lactating cow gives milk, other cattle none")


def test_milk_from_a_bull_is_refused(dairy):
    dairy["cattle"][0]["kind"] = "bull"
    _refused(dairy, "a lactating cow gives milk, other cattle none")


def test_an_animal_that_shrinks_is_refused(dairy):
    dairy["cattle"][2]["growth"]["end_weight"] = _receipt("100 kg")
    _refused(dairy, "'100 kg' is less than '165 kg'")


def test_sharing_by_energy_needs_to_know_the_milk(dairy):
    _refused({**dairy, "biophysical": None}, "it says which product is the milk")
    dairy["biophysical"]["milk"] = "cream"
    _refused(dairy, "biophysical.milk is 'cream'")


def test_digestibility_above_everything_is_refused(dairy):
    dairy["cattle"][0]["digestibility"] = _receipt("690 %")
    _refused(dairy, "a share is part of the whole")
