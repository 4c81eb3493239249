"""Manure: the printed factors of Table 10.14 come out, and every kilogram of nitrogen is somewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models import lookup
from lca_models.equations import enteric, manure, n2o
from lca_models.errors import FactorError, ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
BO, MCF, EF3 = FACTORS.table("manure.bo"), FACTORS.table("manure.mcf"), FACTORS.table("manure.ef3")
GAS, LEACH = FACTORS.table("manure.frac_gas"), FACTORS.table("manure.frac_leach")
fractions = st.floats(0, 1)


@pytest.mark.parametrize(
    ("animal", "productivity", "system", "climate", "printed"),
    [
        ("dairy_cattle", "high", "lagoon", "cool_temperate_moist", 96.5),
        ("dairy_cattle", "high", "slurry_6_months", "cool_temperate_moist", 33.8),
        ("dairy_cattle", "high", "slurry_6_months", "tropical_wet", 122.2),
        ("dairy_cattle", "high", "solid_storage", "warm_temperate_dry", 6.4),
        ("dairy_cattle", "low", "lagoon", "tropical_moist", 69.7),
        ("other_cattle", "high", "dry_lot", "tropical_dry", 2.4),
        ("growing_swine", "high", "slurry_1_month", "tropical_wet", 114.6),
        ("growing_swine", "low", "slurry_6_months", "tropical_wet", 147.7),
        ("breeding_swine", "high", "daily_spread", "tropical_wet", 3.0),
        ("layers", "high", "solid_storage", "tropical_wet", 13.1),
        ("sheep", "high", "solid_storage", "tropical_wet", 6.4),
        ("goats", "low", "dry_lot", "tropical_wet", 1.7),
        ("camels", "low", "solid_storage", "tropical_wet", 7.0),
    ],
)
def test_capacity_times_conversion_is_the_printed_tier_1_factor(
    animal, productivity, system, climate, printed
):
    """IPCC 2019 V4 Ch10, Table 10.14 (as FAO EX-ACT transcribes it), g CH4 per kg VS, to its one decimal."""
    factor = manure.methane_factor_g_per_kg(
        bo_m3_per_kg=lookup.number(BO, "value", animal=animal, region="asia", productivity=productivity),
        mcf_frac=lookup.number(MCF, "value", system=system, climate=climate),
    )
    assert factor == pytest.approx(printed, abs=0.06)


def test_a_cow_in_asia_from_weight_to_methane():
    """Equations 10.22, 10.22A and 10.30 by hand: 386 kg, 9.0 kg VS and 0.44 kg N per tonne and day."""
    asia = {"animal": "dairy_cattle", "region": "asia", "productivity": "mean"}
    mass = lookup.number(FACTORS.table("livestock.mass"), "value", **asia)
    solids = manure.volatile_solids_tier1_kg(
        rate_kg_per_t_day=lookup.number(FACTORS.table("livestock.vs_rate"), "value", **asia), mass_kg=mass
    )
    nitrogen = manure.nitrogen_excreted_tier1_kg(
        rate_kg_per_t_day=lookup.number(FACTORS.table("livestock.n_rate"), "value", **asia), mass_kg=mass
    )
    assert (solids, nitrogen) == (pytest.approx(9.0 * 0.386 * 365), pytest.approx(0.44 * 0.386 * 365))
    methane = manure.methane_kg(volatile_solids_kg=solids, bo_m3_per_kg=0.13, mcf_frac=0.04)
    assert methane == pytest.approx(1268.0 * 0.13 * 0.67 * 0.04, rel=1e-3)


def test_volatile_solids_of_faeces_and_urine_are_both_divided():
    """Equation 10.24 by hand; a public package divides only the urine and gets 18 times as much."""
    cow = {"gross_energy_mj": 304, "digestibility_frac": 0.71, "urinary_frac": 0.04, "ash_frac": 0.08}
    assert manure.volatile_solids_kg(**cow, days=1) == pytest.approx((304 * 0.29 + 304 * 0.04) * 0.92 / 18.45)


def test_a_dairy_cow_from_feed_protein_to_excreted_nitrogen():
    """Equations 10.31A to 10.33 by hand: 304 MJ at 16.5 % protein, 20.3 kg milk at 3.4 %, no growth."""
    eaten = manure.nitrogen_intake_kg(dry_matter_kg=304 / 18.45, crude_protein_frac=0.165)
    kept = manure.nitrogen_retained_cattle_kg(milk_kg=20.3, milk_protein_frac=0.034, gain_kg=0, growth_mj=0)
    excreted = manure.nitrogen_excreted_kg(intake_kg=eaten, retained_kg=kept)
    assert excreted == pytest.approx(304 / 18.45 * 0.165 / 6.25 - 20.3 * 0.034 / 6.38)
    published = lookup.number(
        FACTORS.table("livestock.n_retention"), "value", animal="dairy_cattle", region="western_europe"
    )
    assert kept / eaten == pytest.approx(published, abs=0.02)


def test_nitrogen_in_a_growing_heifer():
    """Equation 10.33 by hand: 0.7 · (268 − 7.03 · 11.17 / 0.7) / 1000 / 6.25."""
    growth = enteric.growth_cattle_mj(mass_kg=300, mature_mass_kg=550, gain_kg_per_day=0.7, c_sex=0.8)
    kept = manure.nitrogen_retained_cattle_kg(milk_kg=0, milk_protein_frac=0, gain_kg=0.7, growth_mj=growth)
    assert kept == pytest.approx(0.7 * (268 - 7.03 * growth / 0.7) / 1000 / 6.25)
    assert 0.015 < kept < 0.025


def test_nitrous_oxide_of_one_cow_on_solid_storage_in_a_wet_climate():
    """Equations 10.25 to 10.29 by hand: 119 kg N, EF3 0.010, 30 % volatilised, 2 % leached."""
    gas = lookup.number(GAS, "value", animal="dairy_cattle", system="solid_storage")
    leached = lookup.number(LEACH, "value", system="solid_storage")
    ef3 = lookup.number(EF3, "value", system="solid_storage")
    direct = manure.direct_n2o_kg(nitrogen_kg=119, ef3=ef3)
    elsewhere = manure.volatilisation_n2o_kg(nitrogen_kg=119, frac_gas=gas, ef4=0.014)
    washed = manure.leaching_n2o_kg(nitrogen_kg=119, frac_leach=leached, ef5=0.011)
    assert direct == pytest.approx(119 * 0.010 * 44 / 28)
    assert elsewhere == n2o.volatilisation_kg(n_volatilised_kg=119 * gas, ef4=0.014)
    assert washed == n2o.leaching_kg(n_applied_kg=119, frac_leach=leached, ef5=0.011)


def test_half_slurry_half_heap():
    mean = manure.system_mean(shares=[0.5, 0.5], values=[0.37, 0.04])
    assert mean == pytest.approx(0.205)
    parts = [manure.methane_kg(volatile_solids_kg=50, bo_m3_per_kg=0.24, mcf_frac=m) for m in (0.37, 0.04)]
    whole = manure.methane_kg(volatile_solids_kg=100, bo_m3_per_kg=0.24, mcf_frac=mean)
    assert whole == pytest.approx(sum(parts))


@given(st.floats(0, 1e4), fractions, fractions, fractions)
def test_every_kilogram_of_nitrogen_is_in_the_field_the_air_or_the_water(nitrogen, gas, leach, ef3):
    gas, leach, ef3 = 0.4 * gas, 0.2 * leach, 0.1 * ef3
    lost = manure.lost_frac(frac_gas=gas, frac_leach=leach, ef3=ef3, n2_to_n2o=3)
    left = manure.nitrogen_left_kg(nitrogen_kg=nitrogen, lost_frac=lost, bedding_nitrogen_kg=0)
    as_n2o = manure.direct_n2o_kg(nitrogen_kg=nitrogen, ef3=ef3) * 28 / 44
    gone = nitrogen * gas + nitrogen * leach + as_n2o + 3 * as_n2o
    assert left + gone == pytest.approx(nitrogen)


@given(st.floats(0, 1e4), st.floats(0, 1e4), fractions)
def test_more_manure_never_means_less_gas(solids, more, mcf):
    def methane(kg: float) -> float:
        return manure.methane_kg(volatile_solids_kg=kg, bo_m3_per_kg=0.24, mcf_frac=mcf)

    assert methane(solids + more) >= methane(solids)


@pytest.mark.parametrize("system", [s for s in dict.fromkeys(MCF.column("system")) if s != "lagoon"])
def test_warmth_never_makes_a_store_emit_less(system):
    def value(climate: str) -> float:
        return lookup.number(MCF, "value", system=system, climate=climate)

    assert (
        value("boreal_moist")
        <= value("cool_temperate_moist")
        <= value("warm_temperate_moist")
        <= value("tropical_wet")
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: manure.system_mean(shares=[0.5, 0.4], values=[0.37, 0.04]), r"shares add up to 0\.9"),
        (lambda: manure.system_mean(shares=[1.0], values=[0.37, 0.04]), "1 shares and 2 values"),
        (lambda: manure.system_mean(shares=[1.5, -0.5], values=[0.37, 0.04]), r"share is 1\.5"),
        (lambda: manure.methane_factor_g_per_kg(bo_m3_per_kg=0.24, mcf_frac=60), "mcf frac is 60"),
        (lambda: manure.methane_kg(volatile_solids_kg=-1, bo_m3_per_kg=0.24, mcf_frac=0.6), "volatile solids kg is -1"),
        (lambda: manure.volatile_solids_kg(
            gross_energy_mj=304, digestibility_frac=71, urinary_frac=0.04, ash_frac=0.08), "digestibility frac is 71"),
        (lambda: manure.volatile_solids_tier1_kg(rate_kg_per_t_day=9, mass_kg=-1), "mass kg is -1"),
        (lambda: manure.nitrogen_excreted_tier1_kg(rate_kg_per_t_day=-1, mass_kg=400), "rate kg per t day is -1"),
        (lambda: manure.nitrogen_intake_kg(dry_matter_kg=16, crude_protein_frac=16.5), "crude protein frac is 16.5"),
        (lambda: manure.nitrogen_retained_cattle_kg(milk_kg=20, milk_protein_frac=3.4, gain_kg=0, growth_mj=0),
         "milk protein frac"),
        (lambda: manure.nitrogen_excreted_kg(intake_kg=0.1, retained_kg=0.2), r"excreted kg is -0\.1"),
        (lambda: manure.direct_n2o_kg(nitrogen_kg=-1, ef3=0.01), "nitrogen kg is -1"),
        (lambda: manure.volatilisation_n2o_kg(nitrogen_kg=1, frac_gas=30, ef4=0.014), "frac gas is 30"),
        (lambda: manure.leaching_n2o_kg(nitrogen_kg=1, frac_leach=2, ef5=0.011), "frac leach is 2"),
        (lambda: manure.lost_frac(frac_gas=0.7, frac_leach=0.2, ef3=0.07, n2_to_n2o=3), r"lost frac is 1\.18"),
        (lambda: manure.lost_frac(frac_gas=0.3, frac_leach=0.0, ef3=0.01, n2_to_n2o=0), "n2 to n2o is 0"),
        (lambda: manure.nitrogen_left_kg(nitrogen_kg=119, lost_frac=36, bedding_nitrogen_kg=0), "lost frac is 36"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


def test_grazing_is_no_manure_system_for_nitrogen_and_hens_have_no_dry_lot():
    with pytest.raises(FactorError, match="no row for system = pasture"):
        lookup.row(EF3, system="pasture")
    with pytest.raises(
        FactorError, match=r"no row for animal = poultry, system = dry_lot — .* nearest: animal = poultry"
    ):
        lookup.row(GAS, animal="poultry", system="dry_lot")


COW = {"digestibility_frac": 0.71, "urinary_frac": 0.04, "ash_frac": 0.08}
CALLS = {
    "mean": lambda x: manure.system_mean(shares=[x, 1 - x], values=[0.37, 0.04]),
    "solids1": lambda x: manure.volatile_solids_tier1_kg(rate_kg_per_t_day=9.0, mass_kg=x),
    "solids": lambda x: manure.volatile_solids_kg(gross_energy_mj=x, **COW),
    "factor": lambda x: manure.methane_factor_g_per_kg(bo_m3_per_kg=0.24, mcf_frac=x),
    "methane": lambda x: manure.methane_kg(volatile_solids_kg=100.0, bo_m3_per_kg=0.24, mcf_frac=x),
    "nitrogen1": lambda x: manure.nitrogen_excreted_tier1_kg(rate_kg_per_t_day=x, mass_kg=386.0),
    "intake": lambda x: manure.nitrogen_intake_kg(dry_matter_kg=16.0, crude_protein_frac=x),
    "retained": lambda x: manure.nitrogen_retained_cattle_kg(
        milk_kg=20.0, milk_protein_frac=x, gain_kg=0.1, growth_mj=2.0
    ),
    "excreted": lambda x: manure.nitrogen_excreted_kg(intake_kg=1.0, retained_kg=x),
    "direct": lambda x: manure.direct_n2o_kg(nitrogen_kg=119.0, ef3=x),
    "volatilised": lambda x: manure.volatilisation_n2o_kg(nitrogen_kg=119.0, frac_gas=x, ef4=0.014),
    "leached": lambda x: manure.leaching_n2o_kg(nitrogen_kg=119.0, frac_leach=x, ef5=0.011),
    "lost": lambda x: manure.lost_frac(frac_gas=x, frac_leach=0.02, ef3=0.01, n2_to_n2o=3.0),
    "left": lambda x: manure.nitrogen_left_kg(nitrogen_kg=119.0, lost_frac=x, bedding_nitrogen_kg=7.0),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    values = np.linspace(0.1, 0.9, 5)
    np.testing.assert_allclose(CALLS[name](values), [CALLS[name](float(x)) for x in values], rtol=1e-14)
