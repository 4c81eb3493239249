"""Databases of a project and datapackages as backgrounds."""

import zipfile

import pytest

from footprint.background import Scores, build
from footprint.background.declarations import Declarations, NamedGas, Omission
from footprint.brightway.databases import read_database
from footprint.brightway.datapackage import datapackage
from footprint.brightway.inventories import read_datapackage
from footprint.errors import InputError, NetworkError
from footprint.run import Run
from lca_models.factors import shipped_factors
from lca_models.published import Source

SAMPLE = Source(
    id="sample",
    title="SAMPLE",
    publisher="SAMPLE",
    year=2025,
    url="docs/howto/bring-a-background.md",
    licence="CC0",
)


def _write(bw2data, *, unit="kilowatt hour", gas="Carbon dioxide, fossil", more=()):
    air = {"unit": "kilogram", "categories": ("air",), "type": "emission", "exchanges": []}
    flows = {"co2": gas, "so2": "Sulfur dioxide"}
    bw2data.Database("flows").write({("flows", code): air | {"name": name} for code, name in flows.items()})
    power = {
        "name": "power plant",
        "unit": "kilowatt hour",
        "location": "CN",
        "exchanges": [
            {"input": ("grid", "power"), "amount": 1.0, "type": "production"},
            {"input": ("flows", "co2"), "amount": 0.5, "type": "biosphere"},
            {"input": ("flows", "so2"), "amount": 0.1, "type": "biosphere"},
        ],
    }
    bw2data.Database("grid").write({("grid", "power"): power})
    mill = {
        "name": "mill",
        "reference product": "steel",
        "unit": "kilogram",
        "exchanges": [
            {"input": ("mill", "steel"), "amount": 2.0, "type": "production"},
            {"input": ("mill", "waste"), "amount": -0.3, "type": "technosphere"},
            {
                "input": ("grid", "power"),
                "amount": 4.0,
                "type": "technosphere",
                "unit": unit,
                "uncertainty type": 2,
                "loc": 1.386,
                "scale": 0.1,
            },
            *more,
        ],
    }
    dump = {
        "name": "dump",
        "unit": "kilogram",
        "exchanges": [
            {"input": ("mill", "waste"), "amount": -1.0, "type": "production"},
            {"input": ("flows", "co2"), "amount": 2.0, "type": "biosphere"},
        ],
    }
    bw2data.Database("mill").write({("mill", "steel"): mill, ("mill", "waste"): dump})


def test_a_database_brings_what_it_draws_on(bw2data, tmp_path):
    _write(bw2data)
    pack = build(read_database("mill", SAMPLE), tmp_path / "pack")
    scores = Scores.of(pack)
    assert scores.gases("mill steel") == {"co2_fossil": pytest.approx((0.3 * 2.0 + 4.0 * 0.5) / 2.0)}
    assert scores.gases("mill waste") == {"co2_fossil": pytest.approx(-2.0)}
    assert [entry.unit for entry in pack.entries if entry.id == "grid power"] == ["kWh"]
    assert pack.left_out == {"flow without effect on the climate": 1}
    assert (pack.technosphere.uncertainty["uncertainty_type"] == 2).sum() == 1


def test_an_edge_in_another_unit_is_refused(bw2data):
    _write(bw2data, unit="megajoule")
    with pytest.raises(NetworkError, match="mill — takes power plant in megajoule"):
        read_database("mill", SAMPLE)


def test_a_gas_nobody_can_name_is_refused_or_declared(bw2data, tmp_path):
    _write(bw2data, gas="HFCs, unspecified")
    with pytest.raises(NetworkError, match="HFCs, unspecified — looks like a greenhouse gas"):
        read_database("mill", SAMPLE)
    named = Declarations(gas=[NamedGas(flow="HFCs*", gas="hfc-134a")])
    assert build(read_database("mill", SAMPLE, named), tmp_path / "a").gases == ("hfc-134a",)
    left_out = Declarations(omit=[Omission(flow="HFCs*", reason="not known")])
    assert build(read_database("mill", SAMPLE, left_out), tmp_path / "b").gases == ()


def test_a_database_that_is_not_there_is_named(bw2data):
    with pytest.raises(InputError, match="is no database of the project"):
        read_database("steel", SAMPLE)


def test_our_own_datapackage_is_read_back_with_the_same_numbers(lychee, tmp_path):
    path = tmp_path / "lychee.zip"
    datapackage(lychee, gwp="AR6-100", file=path)
    pack = build(read_datapackage(path, SAMPLE), tmp_path / "pack")
    scores = Scores.of(pack)
    run = Run.central(lychee, lychee.route(None), shipped_factors())
    (sold,) = [entry for entry in pack.entries if entry.product == run.demand]
    expected: dict[str, float] = {}
    for entry in run.solution.entries:
        expected[entry.substance] = expected.get(entry.substance, 0.0) + float(entry.kg)
    expected = {gas: kg for gas, kg in expected.items() if kg}
    assert scores.gases(sold.id) == pytest.approx(expected, rel=1e-10)


def test_a_zip_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(InputError, match="is no datapackage"):
        read_datapackage(path, SAMPLE)
