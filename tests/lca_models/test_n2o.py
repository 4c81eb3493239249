"""Nitrous oxide of rice, peat, pasture and vanishing soil carbon; the dry-land terms are in `test_equations`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import n2o
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
ef = {name: FACTORS[f"n2o.{name}"].value for name in (
    "ef1.synthetic.wet", "ef1.other.wet", "ef1.all.dry", "ef1.rice.continuous", "ef1.rice.drained",
    "ef2.cropland.tropical", "ef3.prp.cattle_poultry_pigs.wet", "ef3.prp.cattle_poultry_pigs.dry",
    "som.c_to_n.land_use_change", "som.c_to_n.management", "reduction.nitrification_inhibitor")}  # fmt: skip


def test_two_hundred_kilograms_wet_and_dry_and_what_a_silent_dry_climate_would_hide():
    """IPCC 2019 Refinement V4 Ch11, Table 11.1, by hand: 200 · 0.016 · 44/28 and 200 · 0.005 · 44/28."""

    def direct(ef1: float) -> float:
        return n2o.direct_kg(
            n_synthetic_kg=200, n_other_kg=0, ef1_synthetic=ef1, ef1_other=ef["ef1.other.wet"]
        )

    wet, dry = direct(ef["ef1.synthetic.wet"]), direct(ef["ef1.all.dry"])
    assert (round(wet, 2), round(dry, 2)) == (5.03, 1.57)
    assert wet / dry == pytest.approx(3.2)


def test_what_drainage_of_a_paddy_costs_in_nitrous_oxide():
    """Verra VM0051, appendix 3: CF_N2O 0.00314 kg N2O/kg N, drained less continuously flooded."""
    drained = n2o.flooded_rice_kg(n_applied_kg=1, ef1_rice=ef["ef1.rice.drained"])
    flooded = n2o.flooded_rice_kg(n_applied_kg=1, ef1_rice=ef["ef1.rice.continuous"])
    assert drained - flooded == pytest.approx(0.00314, abs=5e-6)


def test_a_hectare_of_tropical_peat_and_a_cow_on_pasture():
    """By hand: 5 · 44/28 and 60 · 0.006 · 44/28; three times as much in the wet as in the dry."""
    peat = n2o.organic_soil_kg(area_ha=1, ef2_kg_per_ha=ef["ef2.cropland.tropical"])
    wet = n2o.grazing_kg(n_deposited_kg=60, ef3=ef["ef3.prp.cattle_poultry_pigs.wet"])
    dry = n2o.grazing_kg(n_deposited_kg=60, ef3=ef["ef3.prp.cattle_poultry_pigs.dry"])
    assert (peat, wet) == (pytest.approx(7.857, abs=1e-3), pytest.approx(0.5657, abs=1e-4))
    assert wet == pytest.approx(3 * dry)


def test_nitrogen_of_lost_carbon_after_ploughing_grass_and_after_changed_tillage():
    """Equation 11.8 by hand: 1500 kg C at C:N 15 and at C:N 10."""
    after_grass = n2o.mineralised_n_kg(carbon_loss_kg=1500, c_to_n_ratio=ef["som.c_to_n.land_use_change"])
    after_tillage = n2o.mineralised_n_kg(carbon_loss_kg=1500, c_to_n_ratio=ef["som.c_to_n.management"])
    assert (after_grass, after_tillage) == (100.0, 150.0)


def test_a_gain_of_carbon_is_refused_and_a_stray_draw_of_one_sets_nothing_free():
    with pytest.raises(ValidityError, match=r"carbon loss kg is -1500"):
        n2o.mineralised_n_kg(carbon_loss_kg=-1500, c_to_n_ratio=10)
    drawn = n2o.mineralised_n_kg(carbon_loss_kg=np.array([-50.0, 100.0, 200.0]), c_to_n_ratio=10)
    np.testing.assert_array_equal(drawn, [0.0, 10.0, 20.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: n2o.mineralised_n_kg(carbon_loss_kg=1, c_to_n_ratio=0), "c to n ratio is 0"),
        (lambda: n2o.organic_soil_kg(area_ha=-1, ef2_kg_per_ha=5), "area ha is -1"),
        (lambda: n2o.organic_soil_kg(area_ha=1, ef2_kg_per_ha=5, years=-1), "years is -1"),
        (lambda: n2o.inhibited_ef1(ef1=0.016, reduction_frac=38), "share left is -37"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


def test_an_inhibitor_lowers_the_direct_factor_only_by_its_share():
    reduced = n2o.inhibited_ef1(ef1=0.016, reduction_frac=ef["reduction.nitrification_inhibitor"])
    assert reduced == pytest.approx(0.016 * 0.62)
    assert n2o.inhibited_ef1(ef1=0.016, reduction_frac=0.0) == 0.016


@given(st.floats(0, 1e5), st.floats(0, 1e5), st.floats(0, 1))
def test_more_nitrogen_never_lowers_n2o_on_paddy_or_pasture(n, more, factor):
    for equation, name in ((n2o.flooded_rice_kg, "n_applied_kg"), (n2o.grazing_kg, "n_deposited_kg")):
        last = "ef1_rice" if equation is n2o.flooded_rice_kg else "ef3"
        assert equation(**{name: n + more, last: factor}) >= equation(**{name: n, last: factor})


CALLS = {
    "rice": lambda x: n2o.flooded_rice_kg(n_applied_kg=180, ef1_rice=x),
    "peat": lambda x: n2o.organic_soil_kg(area_ha=x, ef2_kg_per_ha=5.0),
    "pasture": lambda x: n2o.grazing_kg(n_deposited_kg=x, ef3=0.006),
    "soil": lambda x: n2o.mineralised_n_kg(carbon_loss_kg=1500.0, c_to_n_ratio=x),
    "inhibitor": lambda x: n2o.inhibited_ef1(ef1=0.016, reduction_frac=x),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    values = np.linspace(0.1, 0.9, 5)
    np.testing.assert_allclose(CALLS[name](values), [CALLS[name](float(x)) for x in values], rtol=1e-14)
    assert isinstance(CALLS[name](0.5), float)
