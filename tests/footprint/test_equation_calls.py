"""A verifier runs any equation with arguments typed as text; what cannot be meant is refused by name."""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.equation_calls import call, written
from footprint.equations import Equation, find, registry
from footprint.errors import FactorError, FootprintError, InputError, ValidityError
from footprint.formula import plain
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
SIMULATIONS = {"rothc.run", "rothc.equilibrium", "soc_steady_state.run"}
"""They repeat other equations month by month or year by year and have no formula of their own."""
N2O = [
    "n_synthetic_kg=200",
    "n_other_kg=0",
    "ef1_synthetic=@n2o.ef1.synthetic.wet",
    "ef1_other=@n2o.ef1.other.wet",
]


def _run(equation_id: str, *assignments: str) -> object:
    return call(find(equation_id), assignments, FACTORS)


# --- the registry


def test_every_function_of_every_process_is_there():
    assert len(registry()) >= 60
    for name, equation in registry().items():
        process, _, function = name.rpartition(".")
        assert equation.function.__module__ == f"lca_models.equations.{process}"
        assert equation.function.__name__ == function


@pytest.mark.parametrize("equation", registry().values(), ids=lambda equation: equation.id)
def test_every_equation_says_what_a_verifier_needs(equation: Equation):
    assert equation.summary.endswith(".")
    assert "$$" in equation.text or equation.id in SIMULATIONS
    assert equation.section("Source")
    assert equation.section("Returns")
    assert ">>>" in equation.text
    for name, parameter in equation.parameters.items():
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
        assert f"{name}" in equation.section("Args")


@pytest.mark.parametrize("equation", registry().values(), ids=lambda equation: equation.id)
def test_every_formula_is_readable_on_a_terminal(equation: Equation):
    drawn = plain(equation.text)
    assert "$" not in drawn
    assert not re.search(r"\\[a-zA-Z]", drawn)


@pytest.mark.parametrize(
    ("written_id", "meant"),
    [("n2o.direct_kg", "n2o.direct_kg"), ("n2o.direct", "n2o.direct_kg"), ("n2o.leach", "n2o.leaching_kg")],
)
def test_an_id_may_leave_out_its_unit(written_id, meant):
    assert find(written_id).id == meant


@pytest.mark.parametrize(
    ("written_id", "message"),
    [
        ("n2o.", r"n2o\. — may be \d+ equations — say one of .*n2o\.direct_kg"),
        ("n2o.dirct", "n2o.dirct — is no equation — say one of n2o.direct_kg"),
        ("direct", "direct — is no equation"),
        ("os.system", "is no equation"),
        ("", "is no equation"),
    ],
)
def test_an_id_that_is_none_or_many_is_refused(written_id, message):
    with pytest.raises(InputError, match=message):
        find(written_id)


# --- calls


def test_two_hundred_kilograms_of_nitrogen_wet_and_dry():
    assert _run("n2o.direct", *N2O) == pytest.approx(5.03, abs=0.005)
    dry = [text.replace("synthetic.wet", "all.dry").replace("other.wet", "all.dry") for text in N2O]
    assert _run("n2o.direct", *dry) == pytest.approx(1.57, abs=0.005)


def test_a_vector_gives_one_result_each():
    many = _run("n2o.direct", "n_synthetic_kg=0, 100,200", *N2O[1:])
    assert many == pytest.approx([0, _run("n2o.direct", *N2O) / 2, _run("n2o.direct", *N2O)])
    assert written(many) == many.tolist()


def test_numbers_and_references_mix_in_a_vector():
    three = _run("n2o.leaching", "n_applied_kg=100", "frac_leach=@n2o.frac_leach,0.1", "ef5=@n2o.ef5")
    assert len(three) == 2


def test_a_whole_table_is_an_argument():
    kept = _run(
        "biochar.permanent_fraction",
        "h_to_corg=0.35",
        "soil_temperature_c=23",
        "coefficients=@biochar.fperm.woolf2021.100",
    )
    assert kept == pytest.approx(0.76, abs=0.005)


def test_one_cell_of_a_table_is_an_argument():
    cell = "@fuels.stationary.agriculture[fuel=wood].ch4_kg_tj"
    assert _run("combustion.gas_kg", "energy_mj=1e6", f"emission_factor_kg_per_tj={cell}") == 300.0
    with pytest.raises(FootprintError, match=r"has no row for fuel = oak .* nearest: .*wood"):
        _run(
            "combustion.gas_kg",
            "energy_mj=1e6",
            "emission_factor_kg_per_tj=@fuels.stationary.agriculture[fuel=oak].ch4_kg_tj",
        )


def test_groups_of_arguments_are_written_field_by_field():
    pools = [
        f"pools.{pool}={amount}"
        for pool, amount in (("dpm", 0.1), ("rpm", 5), ("bio", 0.7), ("hum", 25), ("iom", 2.7))
    ]
    after = written(_run("rothc.after_month", *pools, "rate_modifier=1", "clay_frac=0.23"))
    assert set(after) == {"dpm", "rpm", "bio", "hum", "iom"}
    assert after["iom"] == 2.7
    assert after["rpm"] < 5
    with pytest.raises(InputError, match=r"pools\.hum — is missing"):
        _run("rothc.after_month", *pools[:3], pools[4], "rate_modifier=1", "clay_frac=0.23")
    with pytest.raises(InputError, match=r"pools — is a group of arguments — give its fields: pools\.dpm"):
        _run("rothc.after_month", "pools=1", "rate_modifier=1", "clay_frac=0.23")


def test_a_share_takes_a_whole_number_and_a_sequence():
    assert _run("allocation.share", "index=0", "weights=8000,2000") == 0.8
    with pytest.raises(InputError, match=r"index — '0\.5' is not a whole number"):
        _run("allocation.share", "index=0.5", "weights=8000,2000")


@pytest.mark.parametrize(
    ("assignments", "messages"),
    [
        (
            [*N2O[1:], "n_sinthetic_kg=1"],
            ["n_sinthetic_kg — is not an argument — nearest: n_synthetic_kg", "n_synthetic_kg — is missing"],
        ),
        ([*N2O, "n_other_kg=1"], ["n_other_kg — is there twice"]),
        (["200", *N2O[1:]], ["200 — is not name=value"]),
        (["n_synthetic_kg=", *N2O[1:]], ["is not name=value"]),
        (["n_synthetic_kg=1.2.3", *N2O[1:]], ["'1.2.3' is not a number"]),
        (["n_synthetic_kg=nan", *N2O[1:]], ["'nan' is not a number"]),
        (["n_synthetic_kg=1e999", *N2O[1:]], ["'1e999' is not a number"]),
        (["n_synthetic_kg=9**9**9", *N2O[1:]], ["is not a number"]),
        (["n_synthetic_kg=200 kg", *N2O[1:]], ["is not a number"]),
        (
            ["n_synthetic_kg=@n2o.ef9", *N2O[1:]],
            ["n_synthetic_kg.n2o.ef9 — no such factor .* nearest: .*n2o.ef5"],
        ),
        (
            ["n_synthetic_kg=@fuels.stationary.agriculture", *N2O[1:]],
            [r"is a table — name a cell: @fuels.stationary.agriculture\[fuel=…\].column"],
        ),
        (["n_synthetic_kg.x=1", *N2O[1:]], ["n_synthetic_kg — has no such fields"]),
        (["n_synthetic_kg=1,2", "n_other_kg=1,2,3", *N2O[2:]], ["cannot be computed"]),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(assignments, messages):
    with pytest.raises(InputError) as caught:
        _run("n2o.direct", *assignments)
    for message in messages:
        assert re.search(message, str(caught.value)), str(caught.value)


def test_outside_its_range_an_equation_refuses_here_too():
    with pytest.raises(ValidityError, match=r"H/C_org 0\.90"):
        _run(
            "biochar.permanent_fraction",
            "h_to_corg=0.9",
            "soil_temperature_c=23",
            "coefficients=@biochar.fperm.woolf2021.100",
        )


def test_a_missing_number_stays_a_factor_error_of_its_own():
    with pytest.raises(FactorError, match="nearest"):
        FACTORS["n2o.ef9"]


@given(nitrogen=st.floats(0, 1e6), factor=st.floats(0, 1))
def test_text_and_python_agree(nitrogen, factor):
    typed = _run(
        "n2o.direct",
        f"n_synthetic_kg={nitrogen!r}",
        "n_other_kg=0",
        f"ef1_synthetic={factor!r}",
        "ef1_other=0",
    )
    assert typed == find("n2o.direct").function(
        n_synthetic_kg=nitrogen, n_other_kg=0, ef1_synthetic=factor, ef1_other=0
    )


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_refusal(text):
    try:
        result = _run("n2o.direct", f"n_synthetic_kg={text}", *N2O[1:])
    except FootprintError:
        return
    assert np.all(np.isfinite(result))


def test_results_are_plain_for_json():
    assert written((1.0, np.float64(2.0), np.array([1.0, 2.0]))) == [1.0, 2.0, [1.0, 2.0]]


def test_nothing_but_equations_can_be_called():
    assert all(
        Path(inspect.getfile(equation.function)).parent.name == "equations"
        for equation in registry().values()
    )
