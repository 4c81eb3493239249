"""Residues of a harvest, their nitrogen and what of them burns: nothing appears or gets lost on the way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models import lookup
from lca_models.equations import burning, residues
from lca_models.errors import FactorError, ValidityError
from lca_models.factors import shipped_factors

FACTORS = shipped_factors()
CROPS, LINES = FACTORS.table("residue.crops"), FACTORS.table("residue.lines")
RICE = lookup.row(CROPS, crop="rice")
STRAW = {"above_ground_kg": 8378.5, "below_ground_kg": 2337.4, "n_above": 0.007, "n_below": 0.009}


def test_a_hectare_of_rice_from_the_harvest_to_the_nitrogen_it_leaves():
    """IPCC 2019 V4 Ch11, Equations 11.6 and 11.7 with Tables 11.1A and 11.2, by hand: 7 t/ha fresh."""
    dry = residues.dry_yield_kg(fresh_yield_kg=7000, dry_matter_frac=0.89)
    line = lookup.row(LINES, crop="rice")
    above = residues.above_ground_kg(
        dry_yield_kg=dry, area_ha=1, slope=line["slope"], intercept_t_per_ha=line["intercept_t_per_ha"]
    )
    below = residues.below_ground_kg(dry_yield_kg=dry, above_ground_kg=above, below_ratio=RICE["below_ratio"])
    assert (dry, above, below) == (
        pytest.approx(6230),
        pytest.approx(6230 * 0.95 + 2460),
        pytest.approx((6230 + 8378.5) * 0.16),
    )
    left = residues.nitrogen_kg(
        above_ground_kg=above,
        below_ground_kg=below,
        n_above=RICE["n_above"],
        n_below=RICE["n_below"],
        removed_frac=0,
        burnt_frac=0,
        combustion_factor=0.8,
    )
    assert left == pytest.approx(8378.5 * 0.007 + 2337.36 * 0.009, rel=1e-6)


def test_the_two_ways_to_the_straw_of_an_ordinary_harvest_agree_within_three_tenths():
    """Table 11.1A (ratio) and Table 11.2 (line) are two fits to the same crops."""
    for crop, dry in (("rice", 5000.0), ("maize", 8000.0), ("wheat", 4000.0), ("barley", 3500.0)):
        by_ratio = residues.above_ground_by_ratio_kg(
            dry_yield_kg=dry, above_ratio=lookup.number(CROPS, "above_ratio", crop=crop)
        )
        line = lookup.row(LINES, crop=crop)
        by_line = residues.above_ground_kg(
            dry_yield_kg=dry, area_ha=1, slope=line["slope"], intercept_t_per_ha=line["intercept_t_per_ha"]
        )
        assert by_line == pytest.approx(by_ratio, rel=0.30), crop


def test_the_intercept_belongs_to_the_hectare_not_to_the_harvest():
    one = residues.above_ground_kg(dry_yield_kg=6000, area_ha=1, slope=0.95, intercept_t_per_ha=2.46)
    two = residues.above_ground_kg(dry_yield_kg=6000, area_ha=2, slope=0.95, intercept_t_per_ha=2.46)
    assert two - one == pytest.approx(2460)


def test_a_crop_without_a_line_is_not_a_crop_without_residue():
    with pytest.raises(ValidityError, match="slope and intercept are both zero"):
        residues.above_ground_kg(dry_yield_kg=6000, area_ha=1, slope=0.0, intercept_t_per_ha=0.0)
    with pytest.raises(FactorError, match="no row for crop = lychee"):
        lookup.row(CROPS, crop="lychee")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"removed_frac": 0.7, "burnt_frac": 0.5}, r"removed and burnt is 1\.2"),
        ({"removed_frac": 50}, "removed frac is 50"),
        ({"burnt_frac": -0.1}, r"burnt frac is -0\.1"),
        ({"combustion_factor": 1.2}, r"combustion factor is 1\.2"),
        ({"above_ground_kg": -1}, "above ground kg is -1"),
    ],
)
def test_shares_that_cannot_be_are_refused(changed, message):
    plain = STRAW | {"removed_frac": 0.0, "burnt_frac": 0.0, "combustion_factor": 0.8}
    with pytest.raises(ValidityError, match=message):
        residues.nitrogen_kg(**plain | changed)


@pytest.mark.parametrize(
    "call",
    [
        lambda: residues.dry_yield_kg(fresh_yield_kg=7000, dry_matter_frac=89),
        lambda: residues.below_ground_kg(dry_yield_kg=1, above_ground_kg=1, below_ratio=0.2, renewed_frac=5),
        lambda: residues.above_ground_by_ratio_kg(dry_yield_kg=-1, above_ratio=1.4),
        lambda: burning.residue_available_kg(above_ground_dry_kg=1000, burnt_frac=1.1),
        lambda: burning.residue_available_kg(above_ground_dry_kg=-1000, burnt_frac=0.1),
    ],
)
def test_percent_for_shares_and_negative_masses_are_refused(call):
    with pytest.raises(ValidityError):
        call()


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_nitrogen_above_ground_is_returned_removed_or_burnt(removed, rest, combustion_factor):
    burnt = (1 - removed) * rest
    returned = residues.nitrogen_kg(
        **STRAW, removed_frac=removed, burnt_frac=burnt, combustion_factor=combustion_factor
    )
    set_on_fire = burning.residue_available_kg(above_ground_dry_kg=STRAW["above_ground_kg"], burnt_frac=burnt)
    gone = (removed * STRAW["above_ground_kg"] + set_on_fire * combustion_factor) * STRAW["n_above"]
    assert returned + gone == pytest.approx(
        STRAW["above_ground_kg"] * 0.007 + STRAW["below_ground_kg"] * 0.009
    )


@given(st.floats(0, 1e4), st.floats(0, 1e4))
def test_a_larger_harvest_never_leaves_less(dry, more):
    def left(kg: float) -> float:
        above = residues.above_ground_kg(dry_yield_kg=kg, area_ha=1, slope=1.03, intercept_t_per_ha=0.61)
        return above + residues.below_ground_kg(dry_yield_kg=kg, above_ground_kg=above, below_ratio=0.22)

    assert left(dry + more) >= left(dry)


def test_pasture_renewed_every_five_years_leaves_a_fifth_of_its_roots_a_year():
    roots = residues.below_ground_kg(
        dry_yield_kg=8000, above_ground_kg=2400, below_ratio=0.8, renewed_frac=1 / 5
    )
    assert roots == pytest.approx((8000 + 2400) * 0.8 / 5)


def test_burning_a_quarter_of_the_straw_with_the_factor_of_rice():
    """Verra VM0051, p. 57 and 58: combustion factor 0.80 and 2.7 g CH4/kg for rice straw, by hand."""
    burns = FACTORS["burning.combustion_factor.rice"].value
    methane = burning.open_burning_kg(
        dry_matter_kg=burning.residue_available_kg(above_ground_dry_kg=8000, burnt_frac=0.25),
        combustion_factor=burns,
        emission_factor=FACTORS["burning.ch4.agricultural_residues"].value,
    )
    assert methane == pytest.approx(2000 * 0.8 * 0.0027)


CALLS = {
    "dry": lambda x: residues.dry_yield_kg(fresh_yield_kg=7000.0, dry_matter_frac=x),
    "line": lambda x: residues.above_ground_kg(
        dry_yield_kg=x, area_ha=1, slope=0.95, intercept_t_per_ha=2.46
    ),
    "ratio": lambda x: residues.above_ground_by_ratio_kg(dry_yield_kg=x, above_ratio=1.4),
    "roots": lambda x: residues.below_ground_kg(dry_yield_kg=6230.0, above_ground_kg=8378.0, below_ratio=x),
    "nitrogen": lambda x: residues.nitrogen_kg(
        **STRAW, removed_frac=x, burnt_frac=0.1, combustion_factor=0.8
    ),
    "available": lambda x: burning.residue_available_kg(above_ground_dry_kg=8378.0, burnt_frac=x),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_array_gives_what_the_floats_give(name):
    values = np.linspace(0.1, 0.9, 5)
    np.testing.assert_allclose(CALLS[name](values), [CALLS[name](float(x)) for x in values], rtol=1e-14)
