"""An orchard beyond one season: the years without harvest, the wood, what grows under and between the trees."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.engine import solve
from lca_models.activities import Orchard
from lca_models.equations.biomass import establishment_charge_kg
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process, Purchase
from lca_models.numbers import Numbers

FRUIT = "lychee, at farm gate"


def said(amount: str, source: str = "receipt") -> dict[str, str]:
    return {"amount": amount, "source": source}


ORCHARD: dict[str, Any] = {
    "crop": "lychee",
    "area": said("10 ha"),
    "climate": "wet",
    "soil_temperature": said("23 degC"),
    "land_use": {"planted": 2015, "converted_within_20_years": "no"},
    "harvests": [
        {"season": year, "sold": said(sold), "discarded": said("0 t")}
        for year, sold in (("2023", "70 t"), ("2024", "40 t"), ("2025", "70 t"))
    ],
    "fertilisers": [{"product": "urea", "amount": said("4 t")}],
    "sprays": [{"kind": "herbicide", "active_ingredient": said("10 kg")}],
}
YOUNG: dict[str, Any] = {
    "before_harvest": said("4 years"),
    "bearing": said("36 years"),
    "fertilisers": [{"product": "urea", "amount": said("3.6 t")}],
    "diesel": said("1800 litre"),
}
CLEARED = {"burnt": said("50 %"), "kept": said("20 %")}
PEANUTS: dict[str, Any] = {
    "crop": "peanuts",
    "area": said("3 ha"),
    "harvests": [{"when": "August", "sold": said("6 t")}],
    "residues": {"removed": said("0 %"), "burnt": said("0 %")},
    "fertilisers": [{"product": "superphosphate", "amount": said("500 kg")}],
    "allocation": "economic",
    "price": said("8 CNY/kg"),
    "fruit_price": said("12 CNY/kg"),
}


def orchard(**answers: Any) -> Orchard:
    return Orchard.model_validate(ORCHARD | answers)


def season(numbers: Numbers | None = None, **answers: Any) -> dict[str, Process]:
    """Every process of the season, by name."""
    processes = orchard(**answers).processes(numbers or Numbers(shipped_factors()), "CN-GD")
    return {process.name: process for process in processes}


def gas(process: Process, substance: str, label: str = "") -> float:
    return sum(
        float(e.kg)
        for e in process.exchanges
        if isinstance(e, Emission) and e.substance == substance and label in e.label
    )


def bought(process: Process, product: str) -> float:
    return sum(float(p.amount) for p in process.exchanges if isinstance(p, Purchase) and p.product == product)


def per_kg(substance: str, product: str = FRUIT, **answers: Any) -> float:
    numbers = Numbers(shipped_factors())
    processes = tuple(orchard(**answers).processes(numbers, "CN-GD"))
    found = solve(processes, product, numbers)
    return sum(float(entry.kg) for entry in found.entries if entry.substance == substance)


def test_a_kilogram_carries_its_part_of_the_years_without_harvest():
    """3.6 t of urea, spread over 36 years of 60 t: 1/2,160,000 of its N2O in each kilogram."""
    lifetime_kg = 36 * 60_000
    urea_only = {field: answer for field, answer in YOUNG.items() if field != "diesel"}
    plain, grown = per_kg("n2o"), per_kg("n2o", establishment=urea_only)
    urea_n = 3600 * 0.46
    n2o = urea_n * (0.016 + 0.15 * 0.014 + 0.24 * 0.011) * 44 / 28
    assert grown - plain == pytest.approx(n2o / lifetime_kg, rel=1e-6)
    by_equation = establishment_charge_kg(
        establishment_kg=n2o, season_yield_kg=60_000, lifetime_yield_kg=lifetime_kg
    )
    assert (grown - plain) * 60_000 == pytest.approx(by_equation, rel=1e-6)


def test_a_longer_life_dilutes_the_young_years():
    short, long = (YOUNG | {"bearing": said(years)} for years in ("18 years", "36 years"))
    plain = per_kg("n2o")
    assert per_kg("n2o", establishment=short) - plain == pytest.approx(
        2 * (per_kg("n2o", establishment=long) - plain)
    )


def test_years_nobody_recorded_are_noted_and_not_guessed():
    numbers = Numbers(shipped_factors())
    assert "orchard, establishment" not in season(numbers)
    assert any("years before the first harvest are not recorded" in note for note in numbers.reading.notes)
    recorded = Numbers(shipped_factors())
    season(recorded, establishment=YOUNG)
    assert not recorded.reading.notes


def test_clearing_gives_back_what_growing_took():
    """IPCC Table 5.3: grown at 8.5 t C/ha and roots of 0.24; a fifth is kept, half of what stands above burns."""
    numbers = Numbers(shipped_factors())
    roots = shipped_factors()["biomass.orchard.root_to_shoot"].value
    cleared = season(numbers, establishment=YOUNG | {"clearing": CLEARED})["orchard, establishment"]
    assert gas(cleared, "co2_biogenic") == pytest.approx(10 * 8.5 * (1 + roots) * 0.8 * 44 / 12 * 1000)
    dry = 10 * 8.5 * 1000 / 0.47 * 0.5
    burns = shipped_factors()["burning.combustion_factor.prunings"].value
    methane = shipped_factors()["burning.ch4.agricultural_residues"].value
    assert gas(cleared, "ch4_biogenic") == pytest.approx(dry * burns * methane)


def test_growth_is_a_temporary_store():
    (store,) = season(establishment=YOUNG | {"clearing": CLEARED})["orchard"].storages
    assert (store.kind, store.lasts, store.quantified_by) == ("biomass", False, "ipcc-2019-tier-1")
    roots = shipped_factors()["biomass.orchard.root_to_shoot"].value
    assert store.carbon_kg == pytest.approx(10 * 0.43 * (1 + roots) * 1000)


def test_grown_trees_and_trees_whose_end_is_not_charged_store_nothing():
    old = {"planted": 1990, "converted_within_20_years": "no"}
    numbers = Numbers(shipped_factors())
    grown = season(numbers, establishment=YOUNG | {"clearing": CLEARED}, land_use=old)
    assert grown["orchard"].storages == ()
    assert any("trees are grown" in note for note in numbers.reading.notes)
    assert season(establishment=YOUNG)["orchard"].storages == ()


def test_a_cover_feeds_the_soil_and_mowing_takes_diesel():
    cover = {"kind": "grass_clover", "grown": said("40 t"), "mowings": 3}
    plain, covered = season()["orchard"], season(ground_cover=cover)["orchard"]
    nitrogen = 40_000 * 0.025
    direct = gas(covered, "n2o", "manure, ground cover and prunings")
    assert direct == pytest.approx(nitrogen * 0.006 * 44 / 28)
    mowing = shipped_factors()["ground_cover.mowing_diesel"].value
    assert bought(covered, "fuel.diesel.agricultural") - bought(
        plain, "fuel.diesel.agricultural"
    ) == pytest.approx(3 * 10 * mowing)


def test_a_cover_nobody_weighed_is_a_declared_default():
    numbers = Numbers(shipped_factors())
    season(numbers, ground_cover={"kind": "perennial_grass", "grown": {"source": "default"}})
    assert numbers.reading.defaults == {"ground cover cut and left, dry": "ground_cover.dry_matter"}


def test_roots_of_a_renewed_cover_rot_too():
    kept, renewed = (
        {"kind": "perennial_grass", "grown": said("40 t"), "renewed_every_years": years}
        for years in (None, 5)
    )
    more = gas(season(ground_cover=renewed)["orchard"], "n2o") - gas(
        season(ground_cover=kept)["orchard"], "n2o"
    )
    assert more == pytest.approx(40_000 * 0.8 / 5 * 0.012 * (0.006 + 0.24 * 0.011) * 44 / 28)


def test_fruit_and_intercrop_share_the_land_by_value_and_keep_their_own():
    """60 t at 12 and 6 t at 8 CNY/kg: the fruit carries 720 of 768 parts of urea and herbicide."""
    prunings = {"burnt": said("5 t"), "left": said("5 t"), "kiln": said("0 t")}
    alone = season(prunings=prunings)
    both = season(prunings=prunings, intercrop=PEANUTS)
    assert gas(both["orchard, land"], "co2_fossil") == gas(alone["orchard"], "co2_fossil")
    assert gas(both["orchard"], "ch4_biogenic") == gas(alone["orchard"], "ch4_biogenic")
    assert bought(both["orchard.intercrop"], "fertiliser.ssp") == pytest.approx(500 * 0.16)
    assert per_kg("co2_fossil", intercrop=PEANUTS | {"fertilisers": []}) == pytest.approx(
        per_kg("co2_fossil") * 720 / 768
    )


@settings(deadline=None, max_examples=25)
@given(price=st.integers(1, 60), way=st.sampled_from(["mass", "economic"]))
def test_however_it_is_shared_nothing_is_lost(price, way):
    peanuts = PEANUTS | {"price": said(f"{price} CNY/kg"), "allocation": way}
    land = per_kg("co2_fossil", intercrop=peanuts | {"fertilisers": []}) * 60_000
    own = season(intercrop=peanuts | {"fertilisers": []})["orchard.intercrop"].reference.product
    shared = per_kg("co2_fossil", own, intercrop=peanuts | {"fertilisers": []}) * 6_000
    assert land + shared == pytest.approx(per_kg("co2_fossil") * 60_000)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"establishment": {k: YOUNG[k] for k in ("before_harvest", "bearing")}}, "used anything"),
        ({"establishment": YOUNG | {"bearing": said("0 years")}}, "is zero"),
        ({"establishment": YOUNG | {"bearing": said("36 kg")}}, "36 kg"),
        (
            {"establishment": YOUNG | {"clearing": {"burnt": said("70 %"), "kept": said("40 %")}}},
            "110% together",
        ),
        (
            {"establishment": YOUNG, "land_use": {"planted": 2030, "converted_within_20_years": "no"}},
            "planted in 2030, harvested in 2025",
        ),
        ({"ground_cover": {"kind": "moss", "grown": said("1 t")}}, "grass_clover"),
        ({"ground_cover": {"kind": "grass_clover", "grown": said("0 t")}}, "is zero"),
        ({"intercrop": {k: v for k, v in PEANUTS.items() if k != "fruit_price"}}, "fruit_price"),
        (
            {"intercrop": PEANUTS | {"harvests": [{"when": "August", "sold": said("0 t")}]}},
            "nothing was sold in the season",
        ),
    ],
)
def test_a_bad_answer_is_refused_by_name(answers, message):
    with pytest.raises(ValidationError, match=message):
        orchard(**answers)


@pytest.mark.parametrize(
    ("climate", "method", "leaches"),
    [
        ("wet", None, True),
        ("dry", "drip", False),
        ("dry", "furrow", True),
        ("dry", None, True),
    ],
)
def test_nitrogen_leaches_where_water_runs_through(climate, method, leaches):
    """Table 11.3: in wet climates, and in dry ones under irrigation other than drip; unsaid, it is declared."""
    trees = orchard(climate=climate, irrigation=said("900 kWh"), irrigation_method=method)
    numbers = Numbers(shipped_factors())
    labels = [made.label for process in trees.processes(numbers, "CN-GD") for made in process.exchanges]
    assert any("leached" in label for label in labels) == leaches
    assert ("how the orchard is irrigated" in numbers.reading.defaults) == (climate == "dry" and not method)
