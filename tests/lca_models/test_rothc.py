"""RothC-26.3 against everything Rothamsted published with it, and against what any soil must do."""

import csv
import functools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.equations import rothc, rothc_radiocarbon
from lca_models.errors import ValidityError
from lca_models.factors import shipped_factors

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "rothc"
official = pytest.mark.skipif(not VECTORS.exists(), reason="the official RothC example is not here")

# Rothamsted: monthly means of the weather file that comes with the model; rain and pan evaporation are those of
# Table 2 of the model description (Coleman, Prout, Milne 2025).
TEMPERATURE = np.array([3.4, 3.6, 5.1, 7.3, 11.0, 13.9, 16.0, 16.0, 13.5, 10.2, 6.1, 4.6])
RAIN = np.array([74.0, 59, 62, 51, 52, 57, 34, 55, 58, 56, 75, 71])
PAN = np.array([8.0, 10, 27, 49, 83, 99, 103, 91, 69, 34, 16, 8])
DEFICITS = [0, 0, 0, 0, -10.25, -27.50, -44.94, -44.94, -38.69, -8.19, 0, 0]
ROTHAMSTED = rothc.Soil(clay_frac=0.234, depth_cm=23.0)
HOOSFIELD_COVER = np.array([1.0] * 7 + [0.0] * 4 + [1.0])
NOTHING = np.zeros(12)


def _hoosfield(monthly_input: float = 0.212) -> rothc.Months:
    plants = HOOSFIELD_COVER * monthly_input
    return rothc.Months(TEMPERATURE, RAIN, PAN, HOOSFIELD_COVER, plants, NOTHING, np.full(12, 1.44))


def _published(name: str) -> np.ndarray:
    with (VECTORS / name).open(encoding="utf-8", newline="") as stream:
        return np.array([[float(cell) for cell in row] for row in list(csv.reader(stream))[1:]])


@functools.cache
def _example() -> tuple[rothc.Soil, float, np.ndarray]:
    lines = (VECTORS / "RothC_input.dat").read_text(encoding="utf-8").splitlines()
    clay_percent, depth, inert, _ = map(float, lines[4].split())
    rows = np.array([[float(cell) for cell in line.split()] for line in lines[7:] if line.strip()])
    return rothc.Soil(clay_percent / 100, depth), inert, rows


def _months(rows: np.ndarray) -> rothc.Months:
    _, _, _, temperature, rain, pan, plants, manure, covered, ratio = rows.T
    return rothc.Months(temperature, rain, pan, covered, plants, manure, ratio)


def _columns(pools: rothc.Pools) -> np.ndarray:
    return np.stack([*map(np.asarray, pools), np.asarray(pools.total_t_c_per_ha)], axis=-1)


@functools.cache
def _run() -> tuple[rothc.Equilibrium, rothc.Pools]:
    soil, inert, rows = _example()
    rested = rothc.equilibrium(months=_months(rows[:12]), soil=soil, inert_t_c_per_ha=inert)
    later = rothc.run(start=rested.pools, months=_months(rows[12:]), soil=soil, deficit_mm=rested.deficit_mm)
    return rested, later


@official
def test_the_official_example_in_every_pool_of_all_828_months():
    """`month_results`: DPM, RPM, BIO, HUM, IOM and SOC from January 1939 to December 2007."""
    published = _published("month_results.csv")
    assert len(published) == 828
    np.testing.assert_allclose(_columns(_run()[1]), published[:, 2:8], rtol=1e-6)


@official
def test_the_official_example_in_every_year_and_at_rest():
    """`year_results`: the soil at rest after 19 872 months, then every December."""
    published, (rested, later) = _published("year_results.csv"), _run()
    assert rested.months == published[0, 1] == 19872
    np.testing.assert_allclose(_columns(rested.pools), published[0, 2:8], rtol=1e-6)
    np.testing.assert_allclose(_columns(later)[11::12], published[1:, 2:8], rtol=1e-6)


@official
def test_the_official_example_in_radiocarbon_through_the_bomb_peak():
    """Column deltaC of both files, from −93 ‰ at rest over the bomb peak of the sixties to 2007."""
    soil, inert, rows = _example()
    whole = np.vstack([np.tile(rows[:12], (19872 // 12, 1)), rows[12:]])
    delta = rothc_radiocarbon.delta_14c_permille(
        months=_months(whole), soil=soil, modern_frac=whole[:, 2] / 100, inert_t_c_per_ha=inert
    )
    months, years = _published("month_results.csv"), _published("year_results.csv")
    np.testing.assert_allclose(delta[-828:], months[:, 8], rtol=1e-6)
    np.testing.assert_allclose(delta[19871::12], years[:, 8], rtol=1e-6)


@official
def test_months_in_one_go_or_year_by_year_are_the_same():
    soil, _, rows = _example()
    rested, whole = _run()
    deficit, pools, ends = rested.deficit_mm, rested.pools, []
    for year in range(12, len(rows), 12):
        months = _months(rows[year : year + 12])
        part = rothc.run(start=pools, months=months, soil=soil, deficit_mm=deficit)
        pools = rothc.Pools(*(np.asarray(pool)[-1] for pool in part))
        for _, _, _, _, rain, pan, _, _, covered, _ in rows[year : year + 12]:
            deficit = rothc.deficit_mm(
                previous_mm=deficit, rain_mm=rain, pan_evaporation_mm=pan, covered=covered, **soil._asdict()
            )
        ends.append(_columns(pools))
    np.testing.assert_allclose(ends, _columns(whole)[11::12], rtol=1e-12)


def test_hoosfield_in_1851_to_every_digit_printed():
    """RothC description 2025, section 2.2: 0.212 t C/ha in eight months a year, at rest."""
    rested = rothc.equilibrium(
        months=_hoosfield(), soil=ROTHAMSTED, inert_t_c_per_ha=2.7, tolerance_t_c_per_ha=1e-9
    )
    assert _columns(rested.pools) == pytest.approx([0.1533, 4.4852, 0.6671, 25.8576, 2.7, 33.8632], abs=6e-5)


def test_hoosfield_in_january_1852_worked_by_hand():
    """RothC description 2025, section 2.2: a month without input, a·b·c = 0.3561, bare."""
    bare_january = rothc.temperature_modifier(air_temperature_c=3.4) * rothc.cover_modifier(covered=0)
    assert bare_january == pytest.approx(0.3561, abs=5e-5)
    december = rothc.Pools(0.1533, 4.4852, 0.6671, 25.8576, 2.7)
    january = rothc.after_month(pools=december, rate_modifier=0.3561, clay_frac=0.234)
    assert january[:4] == pytest.approx([0.1140, 4.4455, 0.6651, 25.8551], abs=1.1e-4)


def test_the_moisture_deficit_through_a_year_at_rothamsted():
    """RothC description 2025, Table 2."""
    deficit, year = 0.0, []
    for rain, pan in zip(RAIN, PAN, strict=True):
        deficit = rothc.deficit_mm(
            previous_mm=deficit, rain_mm=rain, pan_evaporation_mm=pan, covered=1, **ROTHAMSTED._asdict()
        )
        year.append(deficit)
    assert year == pytest.approx(DEFICITS, abs=6e-3)


def test_the_shares_of_plant_material_are_those_of_the_ratios():
    """RothC description 2025, section 1.3: 59, 40 and 20 % decomposable."""
    table = shipped_factors().table("rothc.dpm_to_rpm")
    for ratio, share in zip(table.column("ratio"), table.column("decomposable_frac"), strict=True):
        empty = rothc.Pools(0.0, 0.0, 0.0, 0.0, 0.0)
        soil = rothc.after_month(
            pools=empty, rate_modifier=1.0, clay_frac=0.2, plant_t_c_per_ha=1.0, dpm_to_rpm=ratio
        )
        assert soil.dpm == pytest.approx(share, abs=5e-3)
        assert soil.total_t_c_per_ha == pytest.approx(1.0)


def test_cover_acts_on_the_rate_and_on_how_dry_the_soil_may_get():
    dry = {"previous_mm": 0.0, "rain_mm": 0.0, "pan_evaporation_mm": 200.0, **ROTHAMSTED._asdict()}
    covered, bare = rothc.deficit_mm(covered=1, **dry), rothc.deficit_mm(covered=0, **dry)
    assert bare == pytest.approx(0.556 * covered)
    already_drier = rothc.deficit_mm(covered=0, **(dry | {"previous_mm": -40.0}))
    assert already_drier == -40.0
    assert rothc.cover_modifier(covered=np.array([0, 1])).tolist() == [1.0, 0.6]


def test_reference_evapotranspiration_given_as_pan_evaporation_keeps_more_moisture():
    wrong = _hoosfield()._replace(pan_evaporation_mm=0.75 * PAN)
    right, mistaken = (rothc.equilibrium(months=months, soil=ROTHAMSTED) for months in (_hoosfield(), wrong))
    assert mistaken.pools.total_t_c_per_ha < 0.97 * right.pools.total_t_c_per_ha


def test_the_deficit_goes_on_over_the_new_year():
    dry_january = _hoosfield()._replace(rain_mm=np.where(np.arange(12) == 0, 10.0, RAIN))
    start = rothc.Pools(0.2, 4.0, 0.6, 25.0, 2.7)
    parched, moist = (
        rothc.run(start=start, months=dry_january, soil=ROTHAMSTED, deficit_mm=deficit)
        for deficit in (-44.9, 0.0)
    )
    assert np.asarray(parched.dpm)[0] > np.asarray(moist.dpm)[0]
    assert rothc.moisture_modifier(deficit_mm=-44.944, **ROTHAMSTED._asdict()) == pytest.approx(0.2, abs=1e-4)


@pytest.mark.parametrize("celsius", [-5.01, -18.27, -18.3, -40.0])
def test_frozen_soil_rests_where_the_bare_formula_would_jump(celsius):
    assert rothc.temperature_modifier(air_temperature_c=celsius) == 0.0


amounts = st.floats(min_value=0.0, max_value=20.0)
clays = st.floats(min_value=0.0, max_value=1.0)


@given(
    st.tuples(amounts, amounts, amounts, amounts, amounts),
    st.floats(min_value=0, max_value=5),
    clays,
    amounts,
    amounts,
)
def test_carbon_is_kept_or_respired_never_made(start, rate, clay, plants, manure):
    pools = rothc.Pools(*start)
    after = rothc.after_month(
        pools=pools, rate_modifier=rate, clay_frac=clay, plant_t_c_per_ha=plants, manure_t_c_per_ha=manure
    )
    decay = np.array(rothc.DECAY_PER_YEAR)
    decomposed = float(np.sum(np.array(start[:4]) * (1 - np.exp(-rate * decay / 12))))
    ratio = rothc.co2_ratio(clay_frac=clay)
    respired = decomposed * ratio / (1 + ratio)
    assert after.total_t_c_per_ha + respired == pytest.approx(
        pools.total_t_c_per_ha + plants + manure, abs=1e-9
    )
    assert min(after) >= 0
    assert after.iom == pools.iom


@settings(max_examples=20)
@given(st.floats(min_value=0.01, max_value=1.0), st.floats(min_value=1.0, max_value=5.0))
def test_the_soil_at_rest_is_proportional_to_what_it_gets(monthly, times):
    less, more = (
        rothc.equilibrium(months=_hoosfield(tonnes), soil=ROTHAMSTED, tolerance_t_c_per_ha=1e-9)
        for tonnes in (monthly, times * monthly)
    )
    assert more.pools.total_t_c_per_ha == pytest.approx(times * less.pools.total_t_c_per_ha, rel=1e-5)


@settings(max_examples=20)
@given(st.floats(min_value=0.1, max_value=8.0))
def test_a_warmer_soil_ends_with_less(degrees):
    warmer = _hoosfield()._replace(air_temperature_c=TEMPERATURE + degrees)
    here, there = (rothc.equilibrium(months=months, soil=ROTHAMSTED) for months in (_hoosfield(), warmer))
    assert there.pools.total_t_c_per_ha < here.pools.total_t_c_per_ha


def test_many_fields_at_once_are_the_same_as_one_by_one():
    fields = 5
    clay, plants = np.linspace(0.05, 0.6, fields), np.linspace(0.05, 0.5, fields)
    shared = _hoosfield()
    months = shared._replace(plant_t_c_per_ha=HOOSFIELD_COVER[:, None] * plants)
    together = rothc.equilibrium(months=months, soil=rothc.Soil(clay, 23.0), inert_t_c_per_ha=2.7)
    later = rothc.run(
        start=together.pools, months=months, soil=rothc.Soil(clay, 23.0), deficit_mm=together.deficit_mm
    )
    for index in range(fields):
        alone = rothc.equilibrium(
            months=shared._replace(plant_t_c_per_ha=HOOSFIELD_COVER * plants[index]),
            soil=rothc.Soil(float(clay[index]), 23.0),
            inert_t_c_per_ha=2.7,
        )
        assert alone.months == together.months[index]
        np.testing.assert_allclose(
            _columns(alone.pools)[:4],
            _columns(together.pools._replace(iom=2.7 + 0 * clay))[index, :4],
            rtol=1e-12,
        )
        year = rothc.run(
            start=alone.pools,
            months=shared._replace(plant_t_c_per_ha=HOOSFIELD_COVER * plants[index]),
            soil=rothc.Soil(float(clay[index]), 23.0),
            deficit_mm=alone.deficit_mm,
        )
        np.testing.assert_allclose(_columns(later)[:, index], _columns(year), rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("temperature", lambda x: rothc.temperature_modifier(air_temperature_c=40 * x - 10)),
        ("largest deficit", lambda x: rothc.largest_deficit_mm(clay_frac=x, depth_cm=23.0)),
        (
            "deficit",
            lambda x: rothc.deficit_mm(
                previous_mm=-10 * x,
                rain_mm=30.0,
                pan_evaporation_mm=100 * x,
                covered=0,
                clay_frac=0.2,
                depth_cm=23.0,
            ),
        ),
        ("moisture", lambda x: rothc.moisture_modifier(deficit_mm=-40 * x, clay_frac=0.2, depth_cm=23.0)),
        ("CO2", lambda x: rothc.co2_ratio(clay_frac=x)),
        ("inert", lambda x: rothc.inert_t_c_per_ha(total_t_c_per_ha=100 * x)),
        (
            "month",
            lambda x: (
                rothc.after_month(
                    pools=rothc.Pools(x, x, x, x, x), rate_modifier=2 * x, clay_frac=x, plant_t_c_per_ha=x
                ).hum
            ),
        ),
    ],
)
def test_an_array_gives_what_the_floats_give(name, call):
    array = np.linspace(0.0, 1.0, 7)
    singles = [call(float(x)) for x in array]
    assert all(isinstance(single, float) for single in singles)
    np.testing.assert_allclose(call(array), singles, rtol=1e-14)


YEAR = _hoosfield()


@pytest.mark.parametrize(
    ("months", "soil", "message"),
    [
        (YEAR, rothc.Soil(23.4, 23.0), "clay is outside 0 to 1"),
        (YEAR, rothc.Soil(0.234, 0.0), "depth is not positive"),
        (YEAR._replace(covered=np.full(12, 0.5)), ROTHAMSTED, "neither 0 nor 1"),
        (YEAR._replace(rain_mm=-RAIN), ROTHAMSTED, "rain_mm is negative"),
        (
            YEAR._replace(plant_t_c_per_ha=np.full(12, np.nan)),
            ROTHAMSTED,
            "plant_t_c_per_ha is negative or missing",
        ),
        (YEAR._replace(air_temperature_c=np.full(12, np.nan)), ROTHAMSTED, "no temperature or evaporation"),
        (YEAR._replace(pan_evaporation_mm=np.full(12, np.nan)), ROTHAMSTED, "no temperature or evaporation"),
        (YEAR._replace(rain_mm=RAIN[:11]), ROTHAMSTED, "do not fit together"),
        (YEAR._replace(rain_mm=np.array(50.0)), ROTHAMSTED, "do not fit together"),
        (rothc.Months(*(part[:11] for part in YEAR)), ROTHAMSTED, "a year of 11 months"),
    ],
)
def test_what_no_soil_can_be_is_refused_by_name(months, soil, message):
    with pytest.raises(ValidityError, match=message):
        rothc.equilibrium(months=months, soil=soil)


def test_a_soil_that_does_not_come_to_rest_is_refused():
    with pytest.raises(ValidityError, match="does not come to rest in 10 years"):
        rothc.equilibrium(months=YEAR, soil=ROTHAMSTED, longest_years=10)


def test_negative_pools_and_rates_are_refused():
    with pytest.raises(ValidityError, match="dpm is -1"):
        rothc.run(start=rothc.Pools(-1.0, 0.0, 0.0, 0.0, 0.0), months=YEAR, soil=ROTHAMSTED)
    with pytest.raises(ValidityError, match="rate modifier is -1"):
        rothc.after_month(pools=rothc.Pools(1.0, 1.0, 1.0, 1.0, 1.0), rate_modifier=-1.0, clay_frac=0.2)
    with pytest.raises(ValidityError, match="total is -1"):
        rothc.inert_t_c_per_ha(total_t_c_per_ha=-1.0)


def test_dew_is_not_refused():
    """The official example has eleven months of negative evaporation."""
    dewy = YEAR._replace(pan_evaporation_mm=PAN - 12)
    assert rothc.equilibrium(months=dewy, soil=ROTHAMSTED).deficit_mm == 0.0
