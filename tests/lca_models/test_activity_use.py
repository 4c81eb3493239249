"""At home: peel in the landfill, boxes in the fire, and nothing eaten that was thrown away."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lca_models.activities.disposal import PackageMaterial, PackageWay
from lca_models.activities.use import HomeUse
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Process
from lca_models.numbers import Numbers


def said(amount: str, source: str = "recall") -> dict[str, str]:
    return {"amount": amount, "source": source}


def going(**shares: str) -> list[dict[str, Any]]:
    return [{"way": way, "share": said(share)} for way, share in shares.items()]


HOME: dict[str, Any] = {
    "name": "home",
    "takes": "lychee, sold",
    "gives": "lychee, eaten",
    "inedible": said("35 %"),
    "uneaten": said("4 %"),
    "food_waste": {"ways": going(landfill="100 %"), "landfill": "managed"},
}


def home(numbers: Numbers | None = None, **answers: object) -> Process:
    record = {name: answer for name, answer in (HOME | answers).items() if answer is not None}
    (process,) = HomeUse.model_validate(record).processes(numbers or Numbers(shipped_factors()), "CN-GD")
    return process


def emitted(process: Process, substance: str) -> Any:
    return sum(e.kg for e in process.exchanges if isinstance(e, Emission) and e.substance == substance)


def test_peel_in_a_landfill_by_hand():
    """IPCC 2006 V5 Ch3: 0.15 · 0.7 · 1 · 0.5 · 16/12 · 0.9 = 0.063 kg CH4 per kg of food waste."""
    process = home()
    bought = 1 / (0.96 * 0.65)
    assert process.links[0].kg == pytest.approx(bought)
    assert emitted(process, "ch4_biogenic") == pytest.approx((bought - 1) * 0.063)


def test_compost_emits_less_than_a_landfill_and_both_at_once_lie_between():
    """AR6-100 weights 27.0 and 273 only to compare."""
    ways = [going(landfill="100 %"), going(landfill="50 %", composting="50 %"), going(composting="100 %")]
    amounts = []
    for way in ways:
        process = home(food_waste={"ways": way, "landfill": "managed"})
        amounts.append(27.0 * emitted(process, "ch4_biogenic") + 273 * emitted(process, "n2o"))
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[1] == pytest.approx((amounts[0] + amounts[2]) / 2)


def test_an_unknown_landfill_is_declared_and_never_silently_managed():
    numbers = Numbers(shipped_factors())
    process = home(numbers, food_waste={"ways": going(landfill="100 %"), "landfill": "unknown"})
    assert numbers.reading.defaults == {"kind of landfill": "waste.mcf.unknown"}
    assert emitted(process, "ch4_biogenic") == pytest.approx((1 / (0.96 * 0.65) - 1) * 0.07 * 0.6)


def test_a_burnt_plastic_bag_by_hand():
    """IPCC 2006 V5, Table 2.4: 75 % carbon, all fossil: 2.75 kg CO2 per kg."""
    bag = {"material": "ldpe_film", "amount": said("20 g"), "ways": going(incineration="100 %")}
    bought = 1 / (0.96 * 0.65)
    assert emitted(home(packages=[bag]), "co2_fossil") == pytest.approx(0.02 * bought * 2.75)


def test_glass_in_the_fire_is_only_moved_there():
    jar = {"material": "glass", "amount": said("300 g"), "ways": going(incineration="100 %")}
    process = home(packages=[jar])
    assert emitted(process, "co2_fossil") == 0
    assert [e.product for e in process.exchanges if not isinstance(e, Emission)] == [
        "disposal.glass.energy_recovery"
    ]


@pytest.mark.parametrize("material", get_args(PackageMaterial))
@pytest.mark.parametrize("way", get_args(PackageWay))
def test_every_way_a_package_can_go_is_refused_by_name_or_has_its_factors(material, way):
    thrown = {"material": material, "amount": said("10 g"), "ways": going(**{way: "100 %"})}
    if way == "composting" and material not in ("board", "paper", "wood"):
        with pytest.raises(ValidationError, match=f"{material} is not composted"):
            home(packages=[thrown])
        return
    for exchange in home(packages=[thrown]).exchanges:
        if not isinstance(exchange, Emission):
            assert shipped_factors().product(exchange.product)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 90), st.integers(0, 90))
def test_throwing_more_away_never_lowers_what_must_be_bought(one, other):
    less, more = (home(uneaten=said(f"{share} %")).links[0].kg for share in sorted((one, other)))
    assert less <= more


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"food_waste": None}, "it is not said where it goes"),
        ({"uneaten": said("100 %")}, "nothing would arrive"),
        ({"food_waste": {"ways": going(landfill="70 %"), "landfill": "managed"}}, "the shares add up to 70%"),
        ({"food_waste": {"ways": going(composting="50 %") * 2}}, "a way stands twice"),
        ({"packages": [{"material": "pp", "amount": said("1 g"), "ways": going(composting="100 %")}]}, "pp is not composted"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_refused_by_name(answers, message):
    with pytest.raises(ValidationError, match=message):
        home(**answers)


def test_everything_eaten_needs_no_bin():
    process = home(inedible=None, uneaten=said("0 %"), food_waste=None)
    assert process.links[0].kg == 1
    assert process.exchanges == ()


def test_drawn_shares_still_add_up_to_all_of_the_waste():
    """Recycling and landfill of a box, drawn apart: together they are the box, in every draw."""
    box = {"material": "board", "amount": said("70 g"), "ways": going(recycling="70 %", landfill="30 %")}
    chances = np.array([0.02, 0.5, 0.98])

    def draw(name: str) -> np.ndarray:
        return chances[::-1] if name.endswith("landfill") else chances

    numbers = Numbers(shipped_factors(), draw)
    process = home(numbers, packages=[box])
    parts = [e.amount for e in process.exchanges if not isinstance(e, Emission)]
    mass = numbers.answer(
        "home.packages.1.amount",
        HomeUse.model_validate(HOME | {"packages": [box]}).packages[0].amount.amount,
        "recall",
        "kg",
        label="",
    )
    assert np.asarray(sum(parts)) == pytest.approx(np.asarray(mass * process.links[0].kg))
