"""The network solve, against systems small enough to solve by hand, and against Brightway."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.brightway import crosscheck
from footprint.engine import solve
from footprint.errors import FactorError, NetworkError
from lca_models.factors import shipped_factors
from lca_models.flows import Emission, Link, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem

NUMBERS = Numbers(shipped_factors())


def _farm(**changes: object) -> Process:
    given_: dict[str, object] = {
        "name": "farm",
        "stage": "orchard",
        "outputs": (Output("fruit", 1000.0),),
        "exchanges": (Emission("n2o", 5.0, "soil"),),
    }
    return Process(**(given_ | changes))  # type: ignore[arg-type]


def _total(*processes: Process, demand: str) -> float:
    return sum(float(entry.kg) for entry in solve(processes, demand, NUMBERS).entries)


def test_a_loss_on_the_way_is_grown_again():
    """1000 kg and 5 kg N2O at the farm; a fifth is lost: 1 kg sold needs 1.25 kg grown, 6.25 g N2O."""
    shop = Process("shop", "shop", (Output("sold", 1.0),), (Link("fruit", 1 / 0.8),))
    assert _total(_farm(), shop, demand="sold") == pytest.approx(0.00625)


def test_a_co_product_carries_its_share():
    """800 kg first grade and 200 kg second: by mass 80 %, by value at 14 and 4 CNY/kg 93.3 %."""
    packhouse = Process(
        "packhouse",
        "packhouse",
        (Output("first", 800.0, 14.0), Output("second", 200.0, 4.0)),
        (Link("fruit", 1000.0),),
    )
    assert _total(_farm(), packhouse, demand="first") == pytest.approx(0.005)
    by_value = solve([_farm(), packhouse], "first", NUMBERS, {"packhouse": "economic"})
    assert float(by_value.entries[0].kg) == pytest.approx(0.005 * (11200 / 12000) / 0.8)


def test_the_shares_of_both_grades_add_up_to_the_whole():
    packhouse = Process(
        "packhouse", "packhouse", (Output("first", 700.0), Output("second", 300.0)), (Link("fruit", 1000.0),)
    )
    both = 700 * _total(_farm(), packhouse, demand="first") + 300 * _total(
        _farm(), packhouse, demand="second"
    )
    assert both == pytest.approx(5.0)


def test_a_loop_is_solved_not_iterated():
    """A farm that eats a tenth of its own fruit delivers 0.9 of it: 1/0.9 for each kilogram."""
    assert _total(_farm(links=(Link("fruit", 100.0),)), demand="fruit") == pytest.approx(0.005 / 0.9)


def test_a_loop_that_eats_all_it_makes_is_an_error_that_names_it():
    with pytest.raises(NetworkError, match="farm — the network has no solution"):
        _total(_farm(links=(Link("fruit", 1000.0),)), demand="fruit")
    with pytest.raises(NetworkError, match="farm — would have to run backwards"):
        _total(_farm(links=(Link("fruit", 1500.0),)), demand="fruit")


def test_allocation_by_value_needs_prices():
    unpriced = Process(
        "packhouse", "packhouse", (Output("first", 8.0), Output("second", 2.0)), allocation="economic"
    )
    with pytest.raises(NetworkError, match="first has no price"):
        _total(unpriced, demand="first")


def test_a_product_nobody_makes_cannot_be_asked_for():
    with pytest.raises(NetworkError, match="wine — is not made by any process"):
        _total(_farm(), demand="wine")


def test_a_purchase_without_a_factor_is_an_error_never_a_zero():
    with pytest.raises(FactorError, match=r"miracle\.dust — no such product"):
        _total(_farm(exchanges=(Purchase("miracle.dust", 1.0, "dust"),)), demand="fruit")


@given(
    st.lists(st.floats(min_value=0, max_value=0.9), min_size=1, max_size=5),
    st.floats(min_value=0.001, max_value=0.09),
)
@settings(max_examples=50)
def test_a_further_loss_never_lowers_the_footprint(losses, more):
    def chain(rates: list[float]) -> float:
        processes = [_farm()]
        for number, rate in enumerate(rates):
            takes = processes[-1].reference.product
            processes.append(
                Process(
                    f"leg {number}",
                    "transport",
                    (Output(f"at {number}", 1.0),),
                    (Link(takes, 1 / (1 - rate)),),
                )
            )
        return _total(*processes, demand=processes[-1].reference.product)

    assert chain([*losses[:-1], losses[-1] + more]) > chain(losses)


def test_draws_give_what_the_floats_give_one_by_one():
    kilograms = np.array([900.0, 1000.0, 1100.0])
    shop = Process("shop", "shop", (Output("sold", 1.0),), (Link("fruit", np.array([1.1, 1.2, 1.3])),))
    together = solve([_farm(outputs=(Output("fruit", kilograms),)), shop], "sold", NUMBERS).entries[0].kg
    np.testing.assert_allclose(together, 5.0 * np.array([1.1, 1.2, 1.3]) / kilograms)


@pytest.mark.parametrize("route", ["beijing", "guangzhou"])
@pytest.mark.parametrize("gwp", ["AR6-100", "AR5-20"])
def test_brightway_agrees(lychee: ProductSystem, route, gwp):
    assert crosscheck(lychee, gwp=gwp, route=route).relative_difference <= 1e-10
