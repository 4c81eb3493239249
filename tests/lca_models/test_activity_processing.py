"""What was added to processing: drying without a meter, wood in the oven, alcohol, goods that come uncounted."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from lca_models.activities.processing import Processing
from lca_models.errors import RecordError, ValidityError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process
from lca_models.numbers import Numbers
from lca_models.product_system import check_balances


def said(amount: str, source: str = "meter") -> dict[str, str]:
    return {"amount": amount, "source": source}


DRYING: dict[str, Any] = {
    "name": "drying house",
    "step": "drying",
    "allocation": "mass",
    "takes": [{"product": "flesh", "amount": said("1000 kg")}],
    "gives": [{"product": "dried", "amount": said("230 kg")}],
}
AIR = {
    "moisture_in": said("82 %"),
    "moisture_out": said("22 %"),
    "starts_at": said("30 degC"),
    "dries_at": said("70 degC"),
    "heated_by": "electricity",
    "efficiency": {"source": "default"},
}
FIRE = [{"product": "prunings", "amount": said("900 kg"), "moisture": said("20 %")}]


def step(numbers: Numbers | None = None, **answers: object) -> Process:
    record = {name: answer for name, answer in (DRYING | answers).items() if answer is not None}
    (process,) = Processing.model_validate(record).processes(numbers or Numbers(shipped_factors()), "CN-GD")
    return process


def emitted(process: Process, substance: str) -> Any:
    return sum(e.kg for e in process.exchanges if isinstance(e, Emission) and e.substance == substance)


def bought(process: Process) -> dict[str, Any]:
    return {e.product: e.amount for e in process.exchanges if not isinstance(e, Emission)}


def test_drying_without_a_meter_by_hand():
    """769.2 kg water · 2.336 MJ + 1000 · 0.00358 · 40 MJ = 1940 MJ; / 0.45 / 3.6 = 1197 kWh."""
    numbers = Numbers(shipped_factors())
    process = step(numbers, evaporation=AIR)
    assert bought(process)["electricity.CN-GD"] == pytest.approx(1197, abs=2)
    assert numbers.reading.defaults == {"efficiency of the dryer": "drying.efficiency.convective"}


def test_the_same_dryer_over_coal():
    """4310 MJ / 25.8 MJ per kg (IPCC 2006 V2 Ch1, Table 1.2, other bituminous coal)."""
    coal = bought(step(evaporation=AIR | {"heated_by": "coal"}))["fuel.coal.industrial"]
    assert coal == pytest.approx(4310 / 25.8, rel=2e-3)


def test_more_cannot_be_dried_than_the_dry_matter_allows():
    too_much = [{"product": "dried", "amount": said("300 kg")}]
    with pytest.raises(
        RecordError, match=r"evaporation\.moisture_out — 300 kg of mass came out — only 231 kg"
    ):
        check_balances((step(evaporation=AIR, gives=too_much),))


def test_a_dryer_that_wets_is_refused():
    with pytest.raises(ValidityError, match="is above going in"):
        step(evaporation=AIR | {"moisture_out": said("90 %")})


def test_a_wood_oven_smokes_like_a_stove():
    """900 kg · 14.39 MJ/kg · 300 kg CH4 per TJ."""
    process = step(step="roasting", wood=FIRE)
    assert emitted(process, "ch4_biogenic") == pytest.approx(900 * 14.3914 * 300e-6)
    assert ("prunings", 900) in [(link.product, link.kg) for link in process.links]


def test_firewood_is_no_part_of_what_is_made():
    """Wood goes up the chimney: it must not make room for more product in the mass balance."""
    with pytest.raises(RecordError, match="1500 kg of mass came out — only 1000 kg went in"):
        check_balances((step(wood=FIRE, gives=[{"product": "roast", "amount": said("1500 kg")}]),))


def test_fermenting_by_hand():
    """5000 l at 9 % vol: 355 kg ethanol, 44.01/46.07 of it CO2; biogenic, so nothing in the gross ledger."""
    process = step(step="fermenting", alcohol={"volume": said("5000 litre"), "strength": said("9 %")})
    assert emitted(process, "co2_biogenic") == pytest.approx(5000 * 0.09 * 0.78924 * 44.01 / 46.07)
    assert {e.substance for e in process.exchanges if isinstance(e, Emission)} == {"co2_biogenic"}


def test_what_comes_uncounted_is_said_out_loud():
    numbers = Numbers(shipped_factors())
    goose = [{"product": "goose", "amount": said("1050 kg"), "why": "no factor of a goose ships"}]
    process = step(numbers, step="roasting", takes=None, uncounted=goose, wood=FIRE)
    assert list(numbers.reading.notes) == [
        "goose comes to drying house without its footprint: no factor of a goose ships"
    ]
    assert "goose" not in [link.product for link in process.links]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"takes": None}, "nothing goes in"),
        ({"step": "roasting", "evaporation": AIR}, "evaporation is estimated for drying"),
        ({"alcohol": {"volume": said("1 litre"), "strength": said("9 %")}}, "alcohol is made by fermenting"),
        ({"evaporation": AIR | {"efficiency": said("320 %")}}, "a share of '320 %'"),
        ({"evaporation": AIR | {"moisture_in": said("182 %")}}, "a share of '182 %'"),
    ],
)
def test_a_bad_answer_is_refused_by_name(answers, message):
    with pytest.raises(ValidationError, match=message):
        step(**answers)


def test_draws_agree_one_by_one_with_the_draws_together():
    chances = np.array([0.1, 0.5, 0.9])
    together = bought(step(Numbers(shipped_factors(), lambda _: chances), evaporation=AIR))
    for i, chance in enumerate(chances):
        alone = bought(step(Numbers(shipped_factors(), lambda _, c=chance: np.array([c])), evaporation=AIR))
        assert alone["electricity.CN-GD"][0] == pytest.approx(together["electricity.CN-GD"][i])
