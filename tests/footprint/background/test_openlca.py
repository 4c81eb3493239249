"""openLCA's JSON-LD: read right, or refused with a list."""

import json
import math
import zipfile

import pytest

from footprint.background import Scores, build
from footprint.background.declarations import Declarations, NamedGas, Omission, Supplier
from footprint.background.openlca import read_openlca
from footprint.errors import InputError, NetworkError
from tests.footprint.background.networks import SAMPLE

MASS = [{"@id": "kg", "name": "kg", "conversionFactor": 1.0, "isRefUnit": True}]
ENERGY = [
    {"@id": "MJ", "name": "MJ", "conversionFactor": 1.0, "isRefUnit": True},
    {"@id": "kWh", "name": "kWh", "conversionFactor": 3.6},
]


def _ref(name):
    return {"@id": name, "name": name}


def _flow(name, kind="PRODUCT_FLOW", measure="mass", category="Elementary flows/Emission to air/unspecified"):
    properties = [{"flowProperty": _ref(measure), "conversionFactor": 1.0, "isRefFlowProperty": True}]
    return {"@id": name, "name": name, "flowType": kind, "flowProperties": properties, "category": category}


def _exchange(flow, amount, unit="kg", **more):
    measure = "mass" if unit == "kg" else "energy"
    return {"flow": _ref(flow), "amount": amount, "unit": _ref(unit), "flowProperty": _ref(measure)} | more


def _process(name, *exchanges, **more):
    return {
        "@id": f"{name} id",
        "name": f" {name}  ",
        "exchanges": list(exchanges),
        "location": {"name": "CN"},
    } | more


def _export(tmp_path, *processes, flows=(), energy=ENERGY):
    path = tmp_path / "export.zip"
    listed = [
        _flow("steel"),
        _flow("slag"),
        _flow("power", measure="energy"),
        _flow("scrap waste", "WASTE_FLOW"),
        _flow("Carbon dioxide, fossil", "ELEMENTARY_FLOW"),
        _flow("Sulfur dioxide", "ELEMENTARY_FLOW"),
        *flows,
    ]
    files = {
        "unit_groups": [{"@id": "mass units", "units": MASS}, {"@id": "energy units", "units": energy}],
        "flow_properties": [
            {"@id": "mass", "unitGroup": _ref("mass units")},
            {"@id": "energy", "unitGroup": _ref("energy units")},
        ],
        "flows": listed,
        "processes": processes,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for folder, objects in files.items():
            for number, entry in enumerate(objects):
                archive.writestr(f"{folder}/{number}.json", json.dumps(entry))
    return path


REFERENCE = {"isQuantitativeReference": True}
INPUT = {"isInput": True}
CO2 = "Carbon dioxide, fossil"
POWER = _process("power plant", _exchange("power", 1.0, "kWh", **REFERENCE), _exchange(CO2, 0.5))


def _gases(tmp_path, path, declarations=None):
    scores = Scores.of(build(read_openlca(path, SAMPLE, declarations), tmp_path / "pack"))
    return {entry.name: scores.gases(entry.id) for entry in scores.pack.entries}, scores.pack


def test_a_link_in_another_unit_is_converted(tmp_path):
    mill = _process("mill", _exchange("steel", 2.0, **REFERENCE), _exchange("power", 7.2, "MJ", **INPUT))
    found, pack = _gases(tmp_path, _export(tmp_path, POWER, mill))
    assert found["mill"] == {"co2_fossil": pytest.approx(0.5)}
    assert {entry.unit for entry in pack.entries} == {"kg", "MJ"}


def test_waste_and_avoided_products_keep_their_signs(tmp_path):
    mill = _process(
        "mill",
        _exchange("steel", 1.0, **REFERENCE),
        _exchange("scrap waste", 0.3),
        _exchange("power", 1.0, "kWh", isInput=True, isAvoidedProduct=True),
    )
    dump = _process("dump", _exchange("scrap waste", 1.0, isInput=True, **REFERENCE), _exchange(CO2, 2.0))
    found, _ = _gases(tmp_path, _export(tmp_path, POWER, mill, dump))
    assert found["mill"] == {"co2_fossil": pytest.approx(0.3 * 2.0 - 0.5)}
    assert found["dump"] == {"co2_fossil": pytest.approx(-2.0)}, "the reference stands as minus one kilogram"


def test_co_products_share_by_the_default_allocation(tmp_path):
    factors = [
        {"allocationType": "ECONOMIC_ALLOCATION", "product": _ref("steel"), "value": 0.9},
        {"allocationType": "ECONOMIC_ALLOCATION", "product": _ref("slag"), "value": 0.1},
        {"allocationType": "PHYSICAL_ALLOCATION", "product": _ref("slag"), "value": 0.4},
    ]
    made = [_exchange("steel", 1.0, **REFERENCE), _exchange("slag", 0.5), _exchange(CO2, 2.0)]
    mill = _process("mill", *made, defaultAllocationMethod="ECONOMIC_ALLOCATION", allocationFactors=factors)
    scores = Scores.of(build(read_openlca(_export(tmp_path, mill), SAMPLE), tmp_path / "pack"))
    assert scores.gases("mill id") == {"co2_fossil": pytest.approx(1.8)}
    assert scores.gases("mill id slag") == {"co2_fossil": pytest.approx(0.1 * 2.0 / 0.5)}


def test_a_spread_comes_along_in_the_unit_of_the_pack(tmp_path):
    spread = {"distributionType": "LOG_NORMAL_DISTRIBUTION", "geomMean": 2.0, "geomSd": 1.2}
    mill = _process(
        "mill",
        _exchange("steel", 1.0, **REFERENCE),
        _exchange("power", 2.0, "kWh", uncertainty=spread, **INPUT),
    )
    pack = build(read_openlca(_export(tmp_path, POWER, mill), SAMPLE), tmp_path / "pack")
    (drawn,) = pack.technosphere.uncertainty[pack.technosphere.uncertainty["uncertainty_type"] == 2]
    assert drawn["loc"] == pytest.approx(math.log(7.2))
    assert drawn["scale"] == pytest.approx(math.log(1.2))


def test_version_1_of_the_format_is_read_too(tmp_path):
    old = {"quantitativeReference": True, "input": False, "avoidedProduct": False}
    mill = _process(
        "mill",
        _exchange("steel", 1.0, **old),
        _exchange("power", 1.0, "kWh", input=True, avoidedProduct=False),
    )
    found, _ = _gases(tmp_path, _export(tmp_path, POWER, mill))
    assert found["mill"] == {"co2_fossil": pytest.approx(0.5)}


def test_everything_that_does_not_fit_is_listed_at_once(tmp_path):
    mill = _process(
        "mill",
        _exchange("steel", 1.0, **REFERENCE),
        _exchange("slag", 1.0),
        _exchange("ore", 1.0, **INPUT),
        _exchange("HFCs and HCFCs, unspecified", 0.1),
        _exchange("scrap waste", 1.0),
        _exchange("power", 1.0, "kWh", **INPUT),
        _exchange("nowhere", 1.0, **INPUT),
    )
    flows = [_flow("ore"), _flow("HFCs and HCFCs, unspecified", "ELEMENTARY_FLOW")]
    second = POWER | {"@id": "second id", "name": "second plant"}
    empty = _process("empty", _exchange(CO2, 1.0))
    with pytest.raises(NetworkError) as refused:
        read_openlca(_export(tmp_path, POWER, second, mill, empty, flows=flows), SAMPLE)
    said = {problem.where: problem.what for problem in refused.value.problems}
    assert said == {
        "ore": "is made by none",
        "slag": "is a co-product, and no allocation says its share",
        "HFCs and HCFCs, unspecified": "looks like a greenhouse gas, and is none we know",
        "scrap waste": "is treated by none",
        "power": "is made by 2 processes, and no link says which",
        "nowhere": "is a flow that is not in the file",
        "empty (empty id)": "is run for no product, or for several",
    }


def test_what_is_declared_is_taken_so(tmp_path):
    mill = _process(
        "mill",
        _exchange("steel", 1.0, **REFERENCE),
        _exchange("slag", 1.0),
        _exchange("CUTOFF ore", 1.0, **INPUT),
        _exchange("PFC (perfluorocarbons)", 0.1),
        _exchange("power", 1.0, "kWh", **INPUT),
    )
    flows = [_flow("CUTOFF ore"), _flow("PFC (perfluorocarbons)", "ELEMENTARY_FLOW")]
    second = POWER | {"@id": "second id", "name": "second plant"}
    declared = Declarations(
        gas=[NamedGas(flow="PFC*", gas="pfc-14")],
        supplier=[Supplier(flow="power", process="second id")],
        omit=[Omission(flow="CUTOFF *", reason="cut off"), Omission(flow="slag", reason="burdens on steel")],
    )
    found, pack = _gases(tmp_path, _export(tmp_path, POWER, second, mill, flows=flows), declared)
    assert found["mill"] == {"co2_fossil": pytest.approx(0.5), "pfc-14": pytest.approx(0.1)}
    assert pack.left_out["declared: cut off"] == 1


def test_a_unit_the_file_converts_wrongly_is_refused(tmp_path):
    wrong = [ENERGY[0], ENERGY[1] | {"conversionFactor": 1000.0}]
    with pytest.raises(NetworkError, match="power — stands for 1000 MJ per kWh"):
        read_openlca(_export(tmp_path, POWER, energy=wrong), SAMPLE)


def test_a_unit_of_something_else_is_refused(tmp_path):
    mill = _process("mill", _exchange("power", 1.0, "kWh", **REFERENCE) | {"unit": _ref("kg")})
    with pytest.raises(NetworkError, match="power — is given in kg, which does not measure it"):
        read_openlca(_export(tmp_path, mill), SAMPLE)


def test_bombs_and_rubbish_are_refused(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("processes/1.json", b" " * 50_000_000)
    with pytest.raises(InputError, match="times its size"):
        read_openlca(bomb, SAMPLE)
    text = tmp_path / "text.zip"
    text.write_bytes(b"not a zip")
    with pytest.raises(InputError, match="is no zip file"):
        read_openlca(text, SAMPLE)
    with pytest.raises(InputError, match="cannot be read"):
        read_openlca(tmp_path / "nothing.zip", SAMPLE)
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("processes/1.json", '{"@id": "a", "@id": "b"}')
    with pytest.raises(InputError, match="is there twice"):
        read_openlca(twice, SAMPLE)


@pytest.mark.parametrize(
    "text", ['[[omit]]\nflow = "x"\n', '[[gas]]\nflow = "x"\ngas = "A B"\n', "[[omit]\n", 'more = "x"\n']
)
def test_a_faulty_declaration_is_refused(tmp_path, text):
    path = tmp_path / "declared.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"declared\.toml"):
        Declarations.load(path)
