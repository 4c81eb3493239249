"""A crop of shiitake on pruned wood."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from lca_models.activities.mushrooms import Mushrooms
from lca_models.errors import RecordError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Link, Process
from lca_models.numbers import Numbers
from lca_models.product_system import check_balances


def said(amount: str, source: str = "meter") -> dict[str, str]:
    return {"amount": amount, "source": source}


CROP: dict[str, Any] = {
    "name": "house",
    "substrate": [{"product": "prunings", "amount": said("10 t")}],
    "bran": said("1200 kg"),
    "spawn": said("200 kg"),
    "water": said("9 m3"),
    "gives": [{"product": "shiitake", "amount": said("6.5 t")}],
    "allocation": "mass",
    "bags": [{"material": "pp", "amount": said("300 kg"), "thrown": "landfill"}],
    "wood": [{"product": "prunings", "amount": said("3 t"), "moisture": said("25 %")}],
    "spent": {"amount": said("9 t"), "fate": "given_away"},
}


def crop(numbers: Numbers | None = None, **answers: object) -> Process:
    record = {name: answer for name, answer in (CROP | answers).items() if answer is not None}
    (process,) = Mushrooms.model_validate(record).processes(numbers or Numbers(shipped_factors()), "CN-GD")
    return process


def emitted(process: Process, substance: str) -> Any:
    return sum(e.kg for e in process.exchanges if isinstance(e, Emission) and e.substance == substance)


def test_a_season_by_hand():
    """3 t of wood at 25 %: (18.6·0.75 − 2.443·0.25)·3000 = 40 018 MJ; 300 kg CH4 per TJ in a stove."""
    process = crop()
    assert emitted(process, "ch4_biogenic") == pytest.approx(40_018 * 300e-6, rel=1e-4)
    bought = {e.label: e.amount for e in process.exchanges if not isinstance(e, Emission)}
    assert bought == {
        "bran for the substrate": 1200,
        "spawn for the substrate": 200,
        "water for mushrooms": 9,
        "making the bags": 300,
        "throwing away the bags": 300,
    }
    assert [(link.product, link.kg) for link in process.links] == [("prunings", 10_000), ("prunings", 3_000)]


def test_composting_the_spent_substrate_is_counted_and_giving_it_away_is_not():
    """IPCC 2006 V5, Table 4.1, wet: 4 g CH4 and 0.24 g N2O per kg."""
    away, composted = crop(), crop(spent={"amount": said("9 t"), "fate": "composted"})
    assert emitted(composted, "ch4_biogenic") - emitted(away, "ch4_biogenic") == pytest.approx(36)
    assert emitted(composted, "n2o") - emitted(away, "n2o") == pytest.approx(9 * 0.24)


def test_more_cannot_be_picked_than_went_into_the_bags():
    with pytest.raises(
        RecordError, match=r"house\.spent — 24000 kg of mass came out — only 20400 kg went in"
    ):
        check_balances((crop(gives=[{"product": "shiitake", "amount": said("15 t")}]),))


def test_water_is_never_taken_for_none():
    with pytest.raises(ValidationError, match="water"):
        crop(water=None)


def test_steam_of_another_plant_is_taken_in_megajoules():
    process = crop(wood=None, steam=[{"product": "steam", "amount": said("30 GJ")}])
    assert process.links[-1] == Link("steam", 30_000, unit="MJ")
    assert emitted(process, "ch4_biogenic") == 0


def test_draws_agree_one_by_one_with_the_draws_together():
    chances = np.array([0.1, 0.5, 0.9])
    together = emitted(crop(Numbers(shipped_factors(), lambda _: chances)), "n2o")
    for i, chance in enumerate(chances):
        alone = emitted(crop(Numbers(shipped_factors(), lambda _, c=chance: np.array([c]))), "n2o")
        assert alone[0] == pytest.approx(together[i])
