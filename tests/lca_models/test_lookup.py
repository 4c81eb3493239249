"""A row is found by its conditions or not at all: the error names the neighbours, nothing falls through."""

import numpy as np
import pytest

from lca_models import lookup
from lca_models.errors import FactorError
from lca_models.factors import Table, shipped_factors

FACTORS = shipped_factors()
MCF = FACTORS.table("manure.mcf")
CATTLE = FACTORS.table("livestock.enteric.cattle")
DRAWN = ("livestock.enteric.cattle", "livestock.enteric.other", "livestock.mass", "livestock.vs_rate",
         "livestock.n_rate", "livestock.n_retention", "manure.bo", "manure.mcf", "manure.ef3",
         "manure.frac_gas", "manure.frac_leach")  # fmt: skip


def test_the_one_row_that_fits():
    found = lookup.row(CATTLE, animal="dairy_cattle", region="asia", productivity="mean")
    assert found["value"] == 78.0
    assert lookup.number(MCF, "value", system="slurry_6_months", climate="warm_temperate_dry") == 0.41


def test_a_climate_that_is_not_there_does_not_become_the_dry_one():
    with pytest.raises(
        FactorError, match=r"no row for system = lagoon, climate = temperate — .* never another row"
    ):
        lookup.row(MCF, system="lagoon", climate="temperate")


def test_a_miss_lists_the_nearest_rows_best_first():
    with pytest.raises(
        FactorError, match=r"nearest: system = lagoon, climate = warm_temperate_moist; system = lagoon"
    ):
        lookup.row(MCF, system="lagoon", climate="warm_temperate_moits")


def test_a_condition_left_open_is_asked_for_with_its_choices():
    with pytest.raises(FactorError, match=r"has 3 rows .* say also productivity \(mean, high, low\)"):
        lookup.row(CATTLE, animal="dairy_cattle", region="asia")


def test_a_table_asked_for_nothing_says_what_it_is_by():
    with pytest.raises(FactorError, match=r"has 22 rows when nothing is asked — .* say also system"):
        lookup.row(FACTORS.table("manure.ef3"))


def test_a_condition_the_table_does_not_know():
    with pytest.raises(FactorError, match=r"has no column moisture — its conditions: system, climate"):
        lookup.row(MCF, system="lagoon", moisture="dry")


@pytest.mark.parametrize("column", ["note", "emission_factor"])
def test_a_column_without_numbers(column):
    with pytest.raises(FactorError, match="no numbers in a column"):
        lookup.number(FACTORS.table("residue.crops"), column, crop="rice")


def test_a_row_can_be_drawn_like_any_published_number():
    factor = lookup.factor(MCF, system="lagoon", climate="cool_temperate_moist")
    assert factor.id == "manure.mcf.lagoon.cool_temperate_moist"
    assert (factor.unit, factor.source.id, factor.locator) == (MCF.unit, MCF.source.id, MCF.locator)
    assert factor.quantile(np.array([0.025, 0.5, 0.975])) == pytest.approx([0.48, 0.60, 0.72])


def test_one_row_is_one_draw_however_it_was_asked_for():
    swine = FACTORS.table("livestock.n_retention")
    short = lookup.factor(swine, animal="swine")
    assert short == lookup.factor(swine, animal="swine", region="world", productivity="mean")


def test_a_table_with_its_interval_in_words_is_not_drawn_by_row():
    with pytest.raises(FactorError, match=r"no interval by row — in words: dry matter"):
        lookup.factor(FACTORS.table("residue.crops"), crop="rice")


def test_a_row_whose_bounds_are_crossed_is_no_factor():
    entries = {
        "columns": ("kind", "value", "lower", "upper", "distribution"),
        "rows": (("x", 1.0, 2.0, 3.0, "normal"),),
    }
    crossed = Table.model_validate(MCF.model_dump() | entries)
    with pytest.raises(FactorError, match=r"row that is no factor — .*lower ≤ value ≤ upper"):
        lookup.factor(crossed, kind="x")


@pytest.mark.parametrize("table_id", DRAWN)
def test_every_row_of_the_livestock_tables_is_found_once_and_is_a_factor(table_id):
    table = FACTORS.table(table_id)
    conditions = lookup.condition_columns(table)
    asked = [{c: row[table.columns.index(c)] for c in conditions} for row in table.rows]
    factors = [lookup.factor(table, **conditions) for conditions in asked]
    assert len({factor.id for factor in factors}) == len(table.rows)
