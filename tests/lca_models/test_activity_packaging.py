"""Boxes and bottles: what they weigh, how often they travel, what was recycled."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lca_models.activities.disposal import PackageMaterial
from lca_models.activities.packaging import Packaging
from lca_models.factors import shipped_factors
from lca_models.flows import Process
from lca_models.numbers import Numbers


def said(amount: str, source: str = "meter") -> dict[str, str]:
    return {"amount": amount, "source": source}


BOTTLE: dict[str, Any] = {"material": "glass", "mass_each": said("420 g"), "holds": said("468 g")}


def line(*packs: dict[str, Any], **answers: object) -> Process:
    record = {"name": "bottling", "takes": "liquor", "gives": "bottled", "packs": list(packs)} | answers
    (process,) = Packaging.model_validate(record).processes(Numbers(shipped_factors()), "CN-GD")
    return process


def bought(process: Process) -> dict[str, float]:
    return {exchange.product: exchange.amount for exchange in process.exchanges}


def test_a_bottle_by_hand():
    recycled = BOTTLE | {"recycled": said("30 %")}
    assert bought(line(recycled)) == pytest.approx({
        "packaging.glass": 0.7 * 420 / 468,
        "packaging.glass.closed_loop": 0.3 * 420 / 468,
    })  # fmt: skip


def test_a_crate_used_forty_times_weighs_a_fortieth():
    crate = {"material": "pp", "mass_each": said("1.8 kg"), "holds": said("18 kg")}
    assert bought(line(crate | {"trips": 40}))["packaging.pp"] == pytest.approx(0.1 / 40)
    assert bought(line(crate))["packaging.pp"] == pytest.approx(0.1)


def test_what_breaks_on_the_line_has_to_be_made_too():
    assert line(BOTTLE, loss=said("1 %")).links[0].kg == pytest.approx(1 / 0.99)
    assert line(BOTTLE).links[0].kg == 1


@given(st.integers(0, 100))
def test_recycled_content_shares_the_mass_and_makes_none(per_cent):
    parts = bought(line(BOTTLE | {"recycled": said(f"{per_cent} %")}))
    assert sum(parts.values()) == pytest.approx(420 / 468)


@pytest.mark.parametrize("material", get_args(PackageMaterial))
def test_every_material_a_record_may_name_has_its_factors(material):
    pack = BOTTLE | {"material": material} | ({} if material == "wood" else {"recycled": said("50 %")})
    for product in bought(line(pack)):
        assert shipped_factors().product(product)


@pytest.mark.parametrize(
    ("pack", "message"),
    [
        (BOTTLE | {"recycled": said("130 %")}, "a share of '130 %'"),
        (BOTTLE | {"trips": 0}, "greater than or equal to 1"),
        (BOTTLE | {"material": "wood", "recycled": said("10 %")}, "wood has no recycled content"),
        (BOTTLE | {"holds": said("0 g")}, "is zero"),
        (BOTTLE | {"material": "bamboo"}, "Input should be 'aluminium'"),
    ],
)
def test_a_bad_answer_is_refused_by_name(pack, message):
    with pytest.raises(ValidationError, match=message):
        line(pack)
