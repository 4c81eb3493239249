"""Fish ponds, kelp and oysters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.equations import aquaculture, marine
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()


def test_the_worlds_fish_farms_of_2009():
    """Hu et al. 2012, abstract: 9.30 × 10^10 g N2O-N in 2009; FAO: 55.1 Mt of fish and shrimp that year."""
    ef = FACTORS["aquaculture.n2o.by_harvest"].value
    n2o_kg = aquaculture.n2o_by_harvest_kg(harvest_kg=55.1e9, ef_n2o_n=ef)
    assert n2o_kg * 28 / 44 * 1000 == pytest.approx(9.30e10, rel=0.01)


def test_n2o_by_nitrogen_lies_in_the_interval_of_n2o_by_harvest():
    """A tonne of carp on 1.6 t of 30 % protein feed."""
    feed = aquaculture.feed_kg(gain_kg=1000, feed_conversion=1.6)
    lost = aquaculture.n_lost_kg(feed_kg=feed, feed_n_frac=0.30 / 6.25, gain_kg=1000, body_n_frac=0.027)
    assert lost == pytest.approx(49.8)
    by_nitrogen = aquaculture.n2o_by_nitrogen_kg(
        n_lost_kg=lost, ef_n2o_n=FACTORS["aquaculture.n2o.by_nitrogen"].value
    )
    tier_1 = FACTORS["aquaculture.n2o.by_harvest"]
    low, high = (
        aquaculture.n2o_by_harvest_kg(harvest_kg=1000, ef_n2o_n=ef) for ef in (tier_1.lower, tier_1.upper)
    )
    assert low < by_nitrogen < high


def test_a_pond_full_half_the_year():
    """IPCC 2019 Refinement V4 Ch7, Table 7.15: 183 kg CH4 per ha and year, as in FAO EX-ACT."""
    ef = FACTORS["aquaculture.pond_ch4.fresh"].value
    assert aquaculture.pond_ch4_kg(area_ha=1, ef_kg_per_ha_year=ef, filled_days=365) == 183
    assert aquaculture.pond_ch4_kg(area_ha=2, ef_kg_per_ha_year=ef, filled_days=182.5) == pytest.approx(183)


@given(st.floats(min_value=0.5, max_value=3), st.floats(min_value=0.01, max_value=1))
def test_feed_eaten_in_vain_never_lowers_the_nitrogen_lost(conversion, more):
    less, worse = (
        aquaculture.n_lost_kg(
            feed_kg=aquaculture.feed_kg(gain_kg=1000, feed_conversion=c),
            feed_n_frac=0.06,
            gain_kg=1000,
            body_n_frac=0.027,
        )
        for c in (conversion, conversion + more)
    )
    assert worse > less


def test_a_tonne_of_kelp():
    """Sun et al. 2020, Table 2: dry 20 %, carbon 31.2 % of it: 62.4 kg C."""
    kelp = {row[0]: row[1:] for row in FACTORS.table("marine.seaweed").rows}["kelp"]
    carbon = marine.seaweed_carbon_kg(fresh_kg=1000, dry_frac=kelp[0], carbon_frac=kelp[1])
    assert carbon == pytest.approx(62.4)


@pytest.mark.parametrize("table", ["marine.shellfish", "marine.shellfish.clam"])
def test_shells_and_meat_are_all_of_a_dry_shellfish(table):
    for row in FACTORS.table(table).rows:
        assert row[2] + row[3] == pytest.approx(1), row[0]


def test_a_kilogram_of_shell_releases_what_its_carbonate_says():
    """100 kg CaCO3 hold 12 kg C and give off 0.63 · 44 = 27.7 kg CO2: stoichiometry."""
    psi = FACTORS["marine.calcification"].value
    assert marine.calcification_co2_kg(shell_carbon_kg=12, released_per_carbonate=psi) == pytest.approx(27.72)


def test_what_oysters_release_exceeds_what_their_meat_holds():
    """Why shellfish are disclosed and not credited: shell building gives off more than the meat stores."""
    _, dry, tissue, shell, tissue_c, shell_c = next(
        row for row in FACTORS.table("marine.shellfish").rows if row[0] == "oyster"
    )
    meat, shells = (
        marine.shellfish_carbon_kg(fresh_kg=1000, dry_frac=dry, part_frac=part, carbon_frac=carbon)
        for part, carbon in ((tissue, tissue_c), (shell, shell_c))
    )
    released = marine.calcification_co2_kg(
        shell_carbon_kg=shells, released_per_carbonate=FACTORS["marine.calcification"].lower
    )
    assert released > meat * 44 / 12


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: aquaculture.n_lost_kg(feed_kg=100, feed_n_frac=0.05, gain_kg=1000, body_n_frac=0.03),
            "lived on something else",
        ),
        (lambda: aquaculture.feed_kg(gain_kg=1, feed_conversion=0), "feed conversion is 0"),
        (lambda: aquaculture.n2o_by_nitrogen_kg(n_lost_kg=-1, ef_n2o_n=0.01), "n lost kg is -1"),
        (lambda: aquaculture.n2o_by_harvest_kg(harvest_kg=-1, ef_n2o_n=0.01), "harvest kg is -1"),
        (lambda: aquaculture.pond_ch4_kg(area_ha=1, ef_kg_per_ha_year=183, filled_days=400), "filled share"),
        (lambda: marine.seaweed_carbon_kg(fresh_kg=1, dry_frac=20, carbon_frac=0.3), "dry frac is 20"),
        (
            lambda: marine.shellfish_carbon_kg(fresh_kg=1, dry_frac=0.6, part_frac=1.2, carbon_frac=0.1),
            "part frac is 1.2",
        ),
        (lambda: marine.calcification_co2_kg(shell_carbon_kg=1, released_per_carbonate=1.5), "released per"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, message):
    with pytest.raises(ValidityError, match=message):
        call()


SHARES = np.linspace(0.1, 0.6, 6)
CALLS = {
    "feed": lambda x: aquaculture.feed_kg(gain_kg=9, feed_conversion=x),
    "lost": lambda x: aquaculture.n_lost_kg(feed_kg=9, feed_n_frac=x, gain_kg=9, body_n_frac=0.03),
    "by nitrogen": lambda x: aquaculture.n2o_by_nitrogen_kg(n_lost_kg=9, ef_n2o_n=x),
    "by harvest": lambda x: aquaculture.n2o_by_harvest_kg(harvest_kg=9, ef_n2o_n=x),
    "pond": lambda x: aquaculture.pond_ch4_kg(area_ha=x, ef_kg_per_ha_year=183, filled_days=300),
    "kelp": lambda x: marine.seaweed_carbon_kg(fresh_kg=9, dry_frac=0.2, carbon_frac=x),
    "oyster": lambda x: marine.shellfish_carbon_kg(fresh_kg=9, dry_frac=0.6, part_frac=x, carbon_frac=0.4),
    "shell": lambda x: marine.calcification_co2_kg(shell_carbon_kg=9, released_per_carbonate=x),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    np.testing.assert_allclose(CALLS[name](SHARES), [CALLS[name](float(x)) for x in SHARES], rtol=1e-14)
