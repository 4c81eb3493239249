"""A cold store: what spoils, what leaks, what it draws."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.engine import solve
from lca_models.activities.storage import ColdStore
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Output, Process
from lca_models.numbers import Numbers


def said(amount: str, source: str = "meter") -> dict[str, str]:
    return {"amount": amount, "source": source}


STORE: dict[str, Any] = {
    "name": "store",
    "takes": {"product": "lychee", "amount": said("40 t")},
    "gives": "lychee, stored",
    "days": said("7 days"),
    "spoilage": {"share": said("0.6 %"), "per": "day"},
    "electricity": {"source": "default"},
    "volume": said("130 m3"),
    "cooling": {"refrigerant": "R134a", "charge": said("18 kg"), "served": said("73 days")},
}


def store(numbers: Numbers | None = None, **answers: object) -> Process:
    record = {name: answer for name, answer in (STORE | answers).items() if answer is not None}
    (process,) = ColdStore.model_validate(record).processes(numbers or Numbers(shipped_factors()), "CN-GD")
    return process


def test_seven_days_by_hand():
    """40 kWh/m3/yr · 130 m3 / 0.5 · 7/365 = 199.5 kWh; 40 t · 0.994^7 = 38.35 t come out."""
    process = store()
    power = next(e for e in process.exchanges if not isinstance(e, Emission))
    assert (power.product, power.amount) == ("electricity.CN-GD", pytest.approx(199.45, abs=0.01))
    assert process.reference.kg == pytest.approx(40_000 * 0.994**7)


def test_the_machine_leaks_over_its_whole_life():
    """18 kg · (0.16 + (0.0175 + 0.75·0.55)/22.5)/yr · 0.2 yr: IPCC 2006 V3 Ch7, Table 7.9 midpoints."""
    leaked = [e for e in store().exchanges if isinstance(e, Emission)]
    by_hand = 18 * (0.16 + (0.0175 + 0.75 * (1 - 0.45)) / 22.5) * 73 / 365
    assert [e.substance for e in leaked] == ["hfc-134a"]
    assert leaked[0].kg == pytest.approx(by_hand, rel=2e-3)


def test_a_store_abroad_says_which_grid_and_by_which_method():
    process = store(region="lifecycle.VN")
    power = next(e for e in process.exchanges if not isinstance(e, Emission))
    assert power.product == "electricity.lifecycle.VN"
    assert shipped_factors().product(power.product)[0].region == "VN"
    with pytest.raises(ValidationError, match="region"):
        store(region="lifecycle.vietnam")


def test_metered_electricity_needs_no_volume():
    process = store(electricity=said("310 kWh"), volume=None)
    assert next(e.amount for e in process.exchanges if not isinstance(e, Emission)) == 310


def test_the_grid_is_where_the_store_stands():
    process = store(region="CN-HN")
    assert next(e.product for e in process.exchanges if not isinstance(e, Emission)) == "electricity.CN-HN"


def test_a_cellar_draws_nothing_and_leaks_nothing():
    assert store(electricity=None, cooling=None, volume=None).exchanges == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_a_longer_stay_never_lowers_the_footprint_of_a_kilogram_that_comes_out(one, other):
    farm = Process("farm", "orchard", (Output("lychee", 1.0),), exchanges=(Emission("n2o", 0.001, "soil"),))
    amounts = []
    for days in sorted((one, other)):
        numbers = Numbers(shipped_factors())
        solution = solve([farm, store(numbers, days=said(f"{days} days"))], "lychee, stored", numbers)
        amounts.append(sum(float(entry.kg) for entry in solution.entries))
    assert amounts[0] <= amounts[1] * (1 + 1e-12)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"volume": None}, "neither electricity nor volume is known"),
        ({"spoilage": {"share": said("100 %"), "per": "stay"}}, "nothing would arrive"),
        ({"spoilt": {"ways": [{"way": "landfill", "share": said("100 %")}]}}, "the kind of landfill is missing"),
        ({"spoilt": {"ways": [{"way": "composting", "share": said("60 %")}]}}, "the shares add up to 60%"),
        ({"region": "Guangdong"}, "region"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_refused_by_name(answers, message):
    with pytest.raises(ValidationError, match=message):
        store(**answers)


def test_draws_agree_one_by_one_with_the_draws_together():
    chances = np.array([0.1, 0.5, 0.9])
    together = store(Numbers(shipped_factors(), lambda _: chances)).reference.kg
    for i, chance in enumerate(chances):
        alone = store(Numbers(shipped_factors(), lambda _, c=chance: np.array([c]))).reference.kg
        assert alone[0] == pytest.approx(together[i])
