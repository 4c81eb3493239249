"""A season on a field, under film and on a meadow: by hand, refused by name, and never the wrong way round."""

import copy
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lca_models.activities.field_crop import FieldCrop
from lca_models.activities.grassland import Grassland
from lca_models.activities.greenhouse import Greenhouse
from lca_models.errors import FactorError, RecordError
from lca_models.factors import FactorSet, shipped_factors
from lca_models.faults import problem
from lca_models.flows import Emission, Link, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.product_system import check_balances

N2O = 44 / 28


def said(amount: str, source: str = "meter") -> dict[str, str]:
    return {"amount": amount, "source": source}


WHEAT = {
    "name": "north field",
    "crop": "wheat",
    "area": said("2 ha"),
    "climate": "wet",
    "land_use": {"planted": 1950, "converted_within_20_years": "no"},
    "harvests": [{"when": "June", "sold": said("11.9 t"), "discarded": said("0.1 t")}],
    "residues": {"removed": said("40 %"), "burnt": said("10 %")},
    "fertilisers": [{"product": "urea", "amount": said("600 kg")}],
    "manures": [{"kind": "pig", "amount": said("10 t")}],
    "seeds": [{"kind": "wheat", "amount": said("300 kg")}],
    "irrigation": {"method": "sprinkler", "electricity": said("900 kWh"), "diesel": said("20 litre")},
    "films": [{"material": "ldpe_film", "amount": said("90 kg"), "lasts_seasons": 3}],
    "diesel": said("180 litre"),
}
TOMATO = {
    "name": "house 1",
    "crop": "tomato",
    "area": said("10 mu"),
    "climate": "dry",
    "land_use": {"planted": 2005, "converted_within_20_years": "no"},
    "harvests": [{"when": "winter", "sold": said("26 t")}, {"when": "spring", "sold": said("54 t")}],
    "dry_matter": said("6 %"),
    "residues": {
        "like": "generic",
        "weighed_dry": said("2.4 t"),
        "removed": said("90 %"),
        "burnt": said("0 %"),
    },
    "fertilisers": [{"product": "urea", "amount": said("220 kg")}],
    "energy": {"coal": said("1.5 t"), "electricity": said("2600 kWh")},
    "carbon_dioxide": said("400 kg"),
}
HAY = {
    "name": "meadow",
    "sward": "grass_clover",
    "area": said("3 ha"),
    "climate": "wet",
    "land_use": {"planted": 1990, "converted_within_20_years": "no"},
    "harvests": [{"when": "first cut", "sold": said("14 t")}, {"when": "second cut", "sold": said("7 t")}],
    "dry_matter": said("85 %"),
    "renewed_every_years": 5,
    "films": [{"material": "ldpe_film", "amount": said("12 kg")}],
}


def season(record: dict, kind=FieldCrop, numbers: Numbers | None = None) -> Process:
    (process,) = kind.model_validate(record).processes(numbers or Numbers(shipped_factors()), "CN-HA")
    return process


def emitted(process: Process) -> Counter:
    """Gas by gas and label by label, kg."""
    found: Counter = Counter()
    for exchange in process.exchanges:
        if isinstance(exchange, Emission):
            found[exchange.substance, exchange.label] += exchange.kg
    return found


def gas(process: Process, substance: str) -> float:
    return sum(kg for (name, _), kg in emitted(process).items() if name == substance)


def bought(process: Process) -> Counter:
    """Product by product, in the unit its factor is per."""
    found: Counter = Counter()
    for exchange in process.exchanges:
        if isinstance(exchange, Purchase):
            found[exchange.product] += exchange.amount
    return found


def changed(record: dict, path: str, value: object) -> dict:
    record = copy.deepcopy(record)
    *parents, last = path.split(".")
    target = record
    for part in parents:
        target = target[int(part)] if part.isdigit() else target[part]
    if value is None:
        del target[last]
    else:
        target[int(last) if last.isdigit() else last] = value
    return record


def test_a_season_of_wheat_by_hand():
    """Defaults of IPCC 2019 V4 Ch11, Tables 11.1, 11.1A and 11.3, on a pocket calculator."""
    grain = 12_000 * 0.89  # sold and thrown away, dry
    straw = grain * 1.3
    roots = (grain + straw) * 0.24
    residue_n = straw * 0.006 * (1 - 0.4 - 0.1 * 0.9) + roots * 0.009
    urea_n, manure_n = 600 * 0.46, 10_000 * 0.0055
    found = emitted(season(WHEAT))

    assert found["n2o", "N2O from fertiliser in the soil"] == pytest.approx(urea_n * 0.016 * N2O)
    assert found["n2o", "N2O from manure and residues in the soil"] == pytest.approx(
        (manure_n + residue_n) * 0.006 * N2O
    )
    assert found["n2o", "N2O from ammonia that came down elsewhere"] == pytest.approx(
        (urea_n * 0.15 + manure_n * 0.21) * 0.014 * N2O
    )
    assert found["n2o", "N2O from nitrogen that leached"] == pytest.approx(
        (urea_n + manure_n + residue_n) * 0.24 * 0.011 * N2O
    )
    assert found["co2_fossil", "CO2 from urea in the soil"] == pytest.approx(600 * 0.2 * 44 / 12)
    assert found["ch4_biogenic", "burning residues in the field"] == pytest.approx(straw * 0.1 * 0.9 * 0.0027)
    assert dict(bought(season(WHEAT))) == pytest.approx(
        {
            "fertiliser.urea": urea_n,
            "seed.wheat": 300,
            "packaging.ldpe_film": 30,
            "electricity.CN-HA": 900,
            "fuel.diesel.agricultural": 20 + 180,
        }
    )
    assert season(WHEAT).reference.kg == 11_900


def test_a_season_under_film_by_hand():
    process = season(TOMATO, Greenhouse)
    found = emitted(process)
    roots = (80_000 * 0.06 + 2400) * 0.22
    residue_n = 2400 * 0.008 * 0.1 + roots * 0.009
    assert process.reference.kg == 80_000
    assert process.stage == "greenhouse"
    assert found["n2o", "N2O from manure and residues in the soil"] == pytest.approx(residue_n * 0.005 * N2O)
    assert found["co2_fossil", "CO2 bought for the plants"] == 400
    assert bought(process)["fuel.coal.industrial"] == 1500
    assert bought(process)["electricity.CN-HA"] == 2600


def test_a_meadow_by_hand():
    """Only what is ploughed up gives its roots back: a fifth of them every year."""
    dry = 21_000 * 0.85
    above = dry * 0.3
    residue_n = above * 0.025 + (dry + above) * 0.8 / 5 * 0.016
    found = emitted(season(HAY, Grassland))
    assert found["n2o", "N2O from manure and residues in the soil"] == pytest.approx(residue_n * 0.006 * N2O)
    lasting = season(changed(HAY, "renewed_every_years", None), Grassland)
    assert gas(lasting, "n2o") < gas(season(HAY, Grassland), "n2o")


REFUSED = {
    "more residue gone than there is": ("residues.removed", said("95 %"), "removed and burnt are 105% together"),
    "nothing sold": ("harvests", [{"when": "June", "sold": said("0 t")}], "nothing was sold in the season"),
    "residues nobody asked about": ("residues", None, "Field required"),
    "a share that is no share": ("residues.burnt", said("3 kg"), "a fraction is needed here"),
    "a treatment nobody measured": (
        "fertilisers",
        [{"product": "urea", "treatment": "magic", "amount": said("1 kg")}],
        "nitrification inhibitor",
    ),
    "more dry matter than mass": ("dry_matter", said("120 %"), "a dry matter of '120 %'"),
    "irrigation of an unknown kind": ("irrigation.method", "hose", "'drip', 'sprinkler', 'furrow' or 'flood'"),
    "straw without a price of the grain": (
        "straw",
        {"product": "straw", "amount": said("2 t"), "price": said("0.3 CNY/kg")},
        "straw is sold, but price or allocation is missing",
    ),
    "a film that lasts no season": ("films.0.lasts_seasons", 0, "greater than or equal to 1"),
    "a question nobody asks": ("fertilizers", [], "Extra inputs"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_is_refused_by_name(name):
    path, value, message = REFUSED[name]
    with pytest.raises(ValidationError) as caught:
        FieldCrop.model_validate(changed(WHEAT, path, value))
    problems = [problem(details, fix="") for details in caught.value.errors()]
    assert any(message in f"{p.what} {p.why}" or message in str(caught.value) for p in problems)


def test_a_crop_without_a_row_is_an_error_that_lists_the_nearest():
    with pytest.raises(FactorError, match=r"no row for crop = chinese_cabbage .* nearest: crop = "):
        season(changed(WHEAT, "crop", "Chinese cabbage"))


def test_the_generic_crop_is_a_declared_default():
    numbers = Numbers(shipped_factors())
    season(changed(WHEAT, "residues.like", "generic"), numbers=numbers)
    assert numbers.reading.defaults == {"residues of wheat": "residue.crops.generic"}


def test_a_seed_without_a_factor_is_never_free():
    process = season(changed(WHEAT, "seeds.0.kind", "lotus"))
    (product,) = (p for p in bought(process) if p.startswith("seed."))
    with pytest.raises(FactorError, match=r"seed\.lotus"):
        shipped_factors().product(product)


STRAW = {"product": "straw", "amount": said("6 t"), "price": said("0.4 CNY/kg")}


def with_straw(amount: str) -> dict:
    sold = {**STRAW, "amount": said(amount)}
    return {**WHEAT, "straw": sold, "price": said("2.4 CNY/kg"), "allocation": "economic"}


def test_straw_that_is_sold_is_a_co_product():
    process = season(with_straw("6 t"))
    assert [(o.product, o.kg, o.price) for o in process.outputs] == [
        ("wheat, at farm gate", 11_900, 2.4),
        ("straw", 6000, 0.4),
    ]
    assert process.allocation == "economic"
    check_balances((process,))


def test_more_straw_than_was_carried_off_is_refused():
    with pytest.raises(
        RecordError, match=r"north field\.straw\.amount — 20000 kg of mass came out — only 5554 kg"
    ):
        check_balances((season(with_straw("20 t")),))


def test_nothing_leaches_under_drip_lines_in_a_dry_climate():
    dry = changed(WHEAT, "climate", "dry")
    labels = {label for _, label in emitted(season(changed(dry, "irrigation.method", "drip")))}
    assert "N2O from nitrogen that leached" not in labels
    assert "N2O from nitrogen that leached" in {label for _, label in emitted(season(dry))}
    assert "N2O from nitrogen that leached" not in {
        label for _, label in emitted(season(changed(dry, "irrigation", None)))
    }


def test_manure_of_a_herd_of_the_same_farm_is_linked_and_its_analysis_counts():
    analysed = {"kind": "pig", "amount": said("10 t"), "product": "pig slurry", "nitrogen": said("0.4 %")}
    process = season(changed(WHEAT, "manures.0", analysed))
    assert process.links == (Link("pig slurry", 10_000),)
    key = "n2o", "N2O from manure and residues in the soil"
    less = (0.0055 - 0.004) * 10_000 * 0.006 * N2O
    assert emitted(season(WHEAT))[key] - emitted(process)[key] == pytest.approx(less)
    assert season(WHEAT).links == ()


@pytest.mark.parametrize("treatment", ["nitrification inhibitor", "polymer coating"])
def test_treated_nitrogen_emits_less_directly_and_says_on_whose_word(treatment):
    treated = season(changed(WHEAT, "fertilisers.0", {"product": "urea", "treatment": treatment, "amount": said("600 kg")}))  # fmt: skip
    label = f"N2O from fertiliser with {treatment}"
    (emission,) = (e for e in treated.exchanges if e.label == label)
    left = {"nitrification inhibitor": 0.62, "polymer coating": 0.65}[treatment]
    assert emission.kg == pytest.approx(276 * 0.016 * left * N2O)
    assert any(factor.startswith("n2o.reduction.") for factor in emission.factors)
    assert gas(treated, "n2o") < gas(season(WHEAT), "n2o")


def test_an_inhibitor_lets_more_ammonia_go():
    """Lam et al. 2017 (35.7 % more): what it saves in the field it partly loses downwind."""
    plain = changed(WHEAT, "manures", None)
    treated = changed(plain, "fertilisers.0", {"product": "urea", "treatment": "nitrification inhibitor", "amount": said("600 kg")})  # fmt: skip
    key = "n2o", "N2O from ammonia that came down elsewhere"
    assert emitted(season(treated))[key] == pytest.approx(1.357 * emitted(season(plain))[key])


@settings(deadline=None, max_examples=30)
@given(kg=st.integers(0, 5000), more=st.integers(1, 5000))
def test_more_nitrogen_never_lowers_n2o(kg, more):
    def n2o(urea: int) -> float:
        return gas(season(changed(WHEAT, "fertilisers.0.amount", said(f"{urea} kg"))), "n2o")

    assert n2o(kg + more) > n2o(kg)


@settings(deadline=None, max_examples=30)
@given(removed=st.integers(0, 60), burnt=st.integers(0, 39))
def test_burning_trades_soil_n2o_for_methane(removed, burnt):
    def field(share: int) -> Process:
        residues = {"removed": said(f"{removed} %"), "burnt": said(f"{share} %")}
        return season(changed(WHEAT, "residues", residues))

    less, more = field(burnt), field(burnt + 1)
    assert gas(more, "ch4_biogenic") > gas(less, "ch4_biogenic")
    key = "n2o", "N2O from manure and residues in the soil"
    assert emitted(more)[key] < emitted(less)[key]


@pytest.mark.parametrize(("record", "kind"), [(WHEAT, FieldCrop), (TOMATO, Greenhouse), (HAY, Grassland)])
def test_an_array_is_its_draws_one_by_one(record, kind):
    draws = np.array([0.03, 0.4, 0.5, 0.97])

    def run(probabilities: np.ndarray) -> np.ndarray:
        process = season(record, kind, Numbers(shipped_factors(), lambda _: probabilities))
        amounts = [e.kg if isinstance(e, Emission) else e.amount for e in process.exchanges]
        return np.array([np.broadcast_to(amount, probabilities.shape) for amount in amounts])

    together = run(draws)
    one_by_one = np.hstack([run(draws[i : i + 1]) for i in range(len(draws))])
    assert together == pytest.approx(one_by_one)
    assert (together >= 0).all()


def test_no_draw_returns_less_nitrogen_than_none():
    """Shares of a large part are cut at the whole, not drawn beyond it."""
    burnt = changed(WHEAT, "residues", {"removed": said("92 %", "recall"), "burnt": said("8 %", "recall")})
    high = Numbers(shipped_factors(), lambda _: np.array([0.9999]))
    assert all(np.all(e.kg >= 0) for e in season(burnt, numbers=high).exchanges if isinstance(e, Emission))


OWN_TABLE = """
[publication]
id = "own-cabbage"
title = "Leaves and roots of Chinese cabbage, weighed on one farm (sample data)"
publisher = "Sample Vegetable Co-operative"
year = 2025
url = "https://example.org/cabbage"
licence = "sample data"

[[table]]
id = "residue.crops.chinese_cabbage"
name = "Residue of Chinese cabbage"
unit = "kg/kg"
region = "CN-SD"
year = 2025
locator = "field book, page 3"
verified = true
interval = "smallest and largest of six plots, by row"
columns = ["quantity", "value", "lower", "upper", "distribution"]
rows = [
    ["dry_matter", 0.05, 0.04, 0.06, "triangular"],
    ["above_ratio", 0.6, 0.4, 0.9, "triangular"],
    ["n_above", 0.035, 0.030, 0.040, "triangular"],
    ["below_ratio", 0.1, 0.05, 0.15, "triangular"],
    ["n_below", 0.02, 0.015, 0.025, "triangular"],
]
"""


def test_a_newcomer_adds_a_crop_with_one_table_of_her_own(tmp_path):
    file = tmp_path / "cabbage.toml"
    file.write_text(OWN_TABLE, encoding="utf-8")
    numbers = Numbers(FactorSet.load(file))
    found = emitted(season(changed(WHEAT, "crop", "Chinese cabbage"), numbers=numbers))
    dry = 12_000 * 0.05
    leaves = dry * 0.6
    residue_n = leaves * 0.035 * (1 - 0.4 - 0.1 * 0.85) + (dry + leaves) * 0.1 * 0.02
    assert found["n2o", "N2O from manure and residues in the soil"] == pytest.approx(
        (10_000 * 0.0055 + residue_n) * 0.006 * N2O
    )
    assert "residue.crops.chinese_cabbage.n_above" in numbers.reading.factors
    assert not numbers.reading.defaults
