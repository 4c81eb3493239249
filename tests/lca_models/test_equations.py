"""Equations against published cases, and properties that must hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import allocation, biochar, burning, lime_urea, n2o, refrigeration, transport
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
WOOLF = {name: FACTORS.table("biochar.fperm.woolf2021.100").column(name) for name in
         FACTORS.table("biochar.fperm.woolf2021.100").columns}  # fmt: skip
kilograms = st.floats(min_value=0, max_value=1e6)
fractions = st.floats(min_value=0, max_value=1)


def test_two_hundred_kilograms_of_nitrogen_in_a_wet_and_a_dry_climate():
    """IPCC 2019 Refinement V4 Ch11, Table 11.1: 0.016 and 0.005 kg N2O-N per kg N; worked by hand."""
    wet, dry = FACTORS["n2o.ef1.synthetic.wet"].value, FACTORS["n2o.ef1.all.dry"].value
    assert n2o.direct_kg(n_synthetic_kg=200, n_other_kg=0, ef1_synthetic=wet, ef1_other=0) == pytest.approx(
        5.03, abs=5e-3
    )
    assert n2o.direct_kg(n_synthetic_kg=200, n_other_kg=0, ef1_synthetic=dry, ef1_other=0) == pytest.approx(
        1.57, abs=5e-3
    )


def test_a_tonne_of_urea_and_of_limestone():
    """IPCC 2006 V4 Ch11, section 11.4: urea is 20 % carbon; 1000 kg give 733 kg CO2; limestone 440 kg."""
    assert lime_urea.carbonate_co2_kg(
        material_kg=1000, carbon_frac=FACTORS["co2.urea"].value
    ) == pytest.approx(733.3, abs=0.1)
    assert lime_urea.carbonate_co2_kg(
        material_kg=1000, carbon_frac=FACTORS["co2.limestone"].value
    ) == pytest.approx(440)


@pytest.mark.parametrize(
    ("soil_temperature_c", "expected"),
    [(5, 0.9651), (10, 0.8893), (14.9, 0.8222), (20, 0.7779), (23, 0.7609), (25, 0.7520), (30, 0.7344)],
)
def test_permanence_of_a_char_with_h_to_corg_035(soil_temperature_c, expected):
    """Woolf et al. 2021, regression of the SI data: fraction left after 100 years at H/C_org 0.35."""
    fraction = biochar.permanent_fraction(
        h_to_corg=0.35, soil_temperature_c=soil_temperature_c, coefficients=WOOLF
    )
    assert fraction == pytest.approx(expected, abs=2e-4)


def test_prediction_error_of_one_char_is_wider_than_the_residual():
    at_mean = biochar.permanent_fraction(h_to_corg=0.566, soil_temperature_c=23, coefficients=WOOLF)
    one_off = biochar.permanent_fraction(
        h_to_corg=0.566, soil_temperature_c=23, coefficients=WOOLF, residual=-1.0
    )
    assert at_mean - one_off == pytest.approx(0.2066 * np.sqrt(1 + 1 / 85), rel=1e-6)


@pytest.mark.parametrize(
    ("ratio", "temperature"), [(0.71, 23), (0, 23), (-0.1, 23), (0.35, 4.9), (0.35, 30.5)]
)
def test_outside_its_range_the_equation_refuses(ratio, temperature):
    with pytest.raises(ValidityError, match="outside"):
        biochar.permanent_fraction(h_to_corg=ratio, soil_temperature_c=temperature, coefficients=WOOLF)


@given(
    st.floats(min_value=0.05, max_value=0.69),
    st.floats(min_value=5, max_value=29),
    st.floats(min_value=0.01, max_value=1),
)
def test_less_carbonised_or_warmer_keeps_less(ratio, temperature, step):
    here = biochar.permanent_fraction(h_to_corg=ratio, soil_temperature_c=temperature, coefficients=WOOLF)
    warmer = biochar.permanent_fraction(
        h_to_corg=ratio, soil_temperature_c=temperature + step, coefficients=WOOLF
    )
    greener = biochar.permanent_fraction(
        h_to_corg=min(0.7, ratio + step / 100), soil_temperature_c=temperature, coefficients=WOOLF
    )
    assert 0 <= greener <= here <= 1
    assert warmer <= here + 1e-12


@given(kilograms, kilograms, fractions)
def test_more_nitrogen_never_lowers_n2o(n, more, ef):
    def emitted(kg: float) -> float:
        return (
            n2o.direct_kg(n_synthetic_kg=kg, n_other_kg=kg, ef1_synthetic=ef, ef1_other=ef / 2)
            + n2o.volatilisation_kg(n_volatilised_kg=kg * 0.11, ef4=ef)
            + n2o.leaching_kg(n_applied_kg=kg, frac_leach=0.24, ef5=ef)
        )

    assert emitted(n + more) >= emitted(n)


@given(st.lists(st.floats(min_value=0.01, max_value=1e6), min_size=1, max_size=6))
def test_allocation_shares_add_up_to_one(weights):
    shares = [allocation.share(index=i, weights=weights) for i in range(len(weights))]
    assert sum(shares) == pytest.approx(1)


ARRAY = np.linspace(0.1, 0.6, 7)
CALLS = {
    "direct": lambda x: n2o.direct_kg(
        n_synthetic_kg=200 * x, n_other_kg=30, ef1_synthetic=x, ef1_other=0.006
    ),
    "volatilised": lambda x: n2o.volatilisation_kg(n_volatilised_kg=x, ef4=0.014),
    "leached": lambda x: n2o.leaching_kg(n_applied_kg=200, frac_leach=x, ef5=0.011),
    "carbonate": lambda x: lime_urea.carbonate_co2_kg(material_kg=1000, carbon_frac=x),
    "burning": lambda x: burning.open_burning_kg(
        dry_matter_kg=1000, combustion_factor=x, emission_factor=0.0027
    ),
    "leak": lambda x: refrigeration.leakage_kg(charge_kg=12, leak_rate_per_year=x, years=0.1),
    "freight": lambda x: transport.activity_t_km(mass_kg=x, distance_km=2150),
    "stored": lambda x: biochar.carbon_kg(dry_mass_kg=1000, organic_carbon_frac=x),
    "kept": lambda x: biochar.permanent_fraction(h_to_corg=x, soil_temperature_c=23.0, coefficients=WOOLF),
    "kiln": lambda x: biochar.kiln_gas_kg(biochar_kg=1000, emission_factor=x),
    "share": lambda x: allocation.share(index=0, weights=[x, 2.0]),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    call = CALLS[name]
    np.testing.assert_allclose(call(ARRAY), [call(float(x)) for x in ARRAY], rtol=1e-14)
