"""The shipped models behind the harness give what they give without it, and refuse what they cannot know."""

from pathlib import Path

import numpy as np
import pytest

from footprint.errors import InputError, RecordError
from footprint.mrv import Bounds, Site, read_stocks, rothc_model, steady_state_model, validate
from lca_models.equations import rothc

EXAMPLE = Path(__file__).parents[2] / "examples" / "soil_mrv"
VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "rothc"
MONTH = [
    "air_temperature_c",
    "rain_mm",
    "pan_evaporation_mm",
    "plant_t_c_per_ha",
    "manure_t_c_per_ha",
    "covered",
]
TIER2 = """
[[site]]
id = "A"
sand = 0.4
[site.months]
air_temperature_c = [{t}]
rain_mm = [{p}]
evapotranspiration_mm = [{e}]
irrigated = [{no}]
[site.before]
tillage = "full"
carbon_t_c_per_ha = 4.0
lignin = 0.073
nitrogen = 0.0083
[site.since]
tillage = "none"
carbon_t_c_per_ha = 5.0
lignin = 0.073
nitrogen = 0.0083
""".format(t=", ".join(["15.0"] * 12), p=", ".join(["60.0"] * 12), e=", ".join(["80.0"] * 12), no=", ".join(["false"] * 12))  # fmt: skip


def _site(years, start, *, depth=30.0, name="A"):
    stocks = np.full(len(years), float(start))
    return Site(name, "validation", depth, tuple(years), stocks, np.ones(len(years)), None)


def _year(rows) -> str:
    temperature, rain, pan, plants, manure, covered = rows.T[[3, 4, 5, 6, 7, 8]]
    columns = dict(zip(MONTH, (temperature, rain, pan, plants, manure), strict=False))
    lines = [f"{name} = [{', '.join(repr(float(v)) for v in column)}]" for name, column in columns.items()]
    return "\n".join([*lines, f"covered = [{', '.join('true' if v else 'false' for v in covered)}]"])


@pytest.mark.skipif(not VECTORS.exists(), reason="the official RothC example is not here")
def test_rothc_gives_the_published_stock_of_1939(tmp_path):
    """`year_results`: 37.2111 t C/ha at rest, 36.8186 in December 1939, with 3.0041 t C/ha inert."""
    lines = (VECTORS / "RothC_input.dat").read_text(encoding="utf-8").splitlines()
    clay, depth, inert, _ = map(float, lines[4].split())
    rows = np.array([[float(cell) for cell in line.split()] for line in lines[7:31]])
    file = tmp_path / "sites.toml"
    head = f'[[site]]\nid = "Hoosfield"\nclay = {clay / 100}\ndpm_to_rpm = 1.44\n'
    file.write_text(
        f"{head}[site.before]\n{_year(rows[:12])}\n[site.since]\n{_year(rows[12:])}\n", encoding="utf-8"
    )
    start = 37.211050264543026
    factor = inert / rothc.inert_t_c_per_ha(total_t_c_per_ha=start)
    model = rothc_model(file).with_parameters({"inert": factor})
    (change,) = model.changes_t_c_per_ha(_site((1938, 1939), start, depth=depth, name="Hoosfield"))
    assert start + change == pytest.approx(36.81863131499855, abs=1e-5)


def test_a_soil_at_rest_does_not_change_when_nothing_changes(tmp_path):
    file = tmp_path / "sites.toml"
    same = TIER2.replace('tillage = "none"', 'tillage = "full"').replace(
        "carbon_t_c_per_ha = 5.0", "carbon_t_c_per_ha = 4.0"
    )
    file.write_text(same, encoding="utf-8")
    model = steady_state_model(file)
    changes = model.changes_t_c_per_ha(_site((2000, 2020), 42.0))
    rested = _rest(model)
    assert model.changes_t_c_per_ha(_site((2000, 2020), rested))[0] == pytest.approx(0.0, abs=1e-9)
    assert np.sign(changes[0]) == np.sign(rested - 42.0), "it moves towards where it would rest"


def _rest(model) -> float:
    """The stock after six thousand years: where it rests."""
    return 42.0 + float(model.changes_t_c_per_ha(_site((1, 6001), 42.0))[0])


def test_the_first_year_starts_from_the_measured_stock_and_not_from_rest(tmp_path):
    """Half the stock that it would rest at: a year brings a part of the way, most of it takes decades."""
    file = tmp_path / "sites.toml"
    file.write_text(TIER2, encoding="utf-8")
    model = steady_state_model(file)
    half = _rest(model) / 2
    first, later = model.changes_t_c_per_ha(_site((2000, 2001, 2002), half))
    assert 0 < first < 0.2 * half
    assert 0 < later - first < first


def test_less_tillage_and_more_carbon_gain(tmp_path):
    file = tmp_path / "sites.toml"
    file.write_text(TIER2, encoding="utf-8")
    gains = steady_state_model(file).changes_t_c_per_ha(_site((2000, 2005, 2020), 42.0))
    assert 0 < gains[0] < gains[1]


def test_the_sample_passes_with_the_input_its_maker_hid_in_it():
    """The sample was made with plants that bring 1.15 times what the file says; the fit has to find it."""
    stocks = read_stocks(EXAMPLE / "stocks.csv")
    found = validate(rothc_model(EXAMPLE / "sites.json"), stocks, fit={"plant_input": Bounds(0.5, 2.0)})
    fitted = found.parameters[0]
    assert float(fitted.value) == pytest.approx(1.15, abs=3 * float(fitted.standard_error))
    assert found.passed
    assert found.efficiency > 0.9


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (('sand = 0.4', 'sand = 40'), "less than or equal to 1"),
        (('sand = 0.4', 'sand = 0.4\ncolour = "red"'), "colour"),
        (('irrigated = [false, ', 'irrigated = ['), "columns of different length"),
        (('[[site]]', '[[site'), "is not TOML"),
        (('nitrogen = 0.0083\n[', 'nitrogen = 0.0\n['), "greater than 0"),
    ],
)  # fmt: skip
def test_a_site_that_cannot_be_is_refused(tmp_path, spoil, message):
    file = tmp_path / "sites.toml"
    file.write_text(TIER2.replace(*spoil), encoding="utf-8")
    with pytest.raises(RecordError, match=message):
        steady_state_model(file)


def test_a_measured_site_without_weather_is_refused(tmp_path):
    file = tmp_path / "sites.toml"
    file.write_text(TIER2, encoding="utf-8")
    with pytest.raises(InputError, match="'B' has no weather"):
        steady_state_model(file).changes_t_c_per_ha(_site((2000, 2010), 40, name="B"))
