"""A consultant opens a producer's season in openLCA, and sends it back."""

import io
import json
import zipfile

import pytest

from footprint.causes import gross
from footprint.characterisation import Characterisation
from footprint.engine import solve
from footprint.errors import InputError, NetworkError
from footprint.exchange.openlca import AIR, gas_id, openlca_zip
from footprint.exchange.openlca_network import read_network
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

FACTORS = shipped_factors()
GWP = Characterisation.named("AR6-100", FACTORS)


@pytest.fixture(scope="module")
def exported(lychee):
    return openlca_zip(lychee, gwp="AR6-100")


@pytest.fixture
def members(exported):
    """Folder → documents of the export, free to be spoilt."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        for name in archive.namelist():
            found.setdefault(name.partition("/")[0], []).append(json.loads(archive.read(name)))
    return found


@pytest.fixture
def packed(tmp_path):
    def pack(members):
        path = tmp_path / "network.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for folder, documents in members.items():
                for number, document in enumerate(documents):
                    archive.writestr(f"{folder}/{number}.json", json.dumps(document))
        return path

    return pack


def solved(processes, product):
    return gross(solve(processes, product, Numbers(FACTORS)), GWP)


@pytest.mark.parametrize("route", ["beijing", "guangzhou"])
def test_there_and_back_is_the_same_number(lychee, tmp_path, route):
    path = tmp_path / "lychee.zip"
    path.write_bytes(openlca_zip(lychee, gwp="AR6-100", route=route))
    chosen, numbers = lychee.route(route), Numbers(FACTORS)
    product = lychee.sold_at(chosen)
    ours = gross(solve(lychee.processes(numbers, chosen), product, numbers), GWP)
    assert solved(read_network(path), product) == pytest.approx(ours, rel=1e-12)


def test_gases_come_back_under_their_own_names(exported, tmp_path):
    path = tmp_path / "lychee.zip"
    path.write_bytes(exported)
    gases = {exchange.substance for process in read_network(path) for exchange in process.exchanges}
    assert {"co2_fossil", "n2o", "ch4_biogenic", "co2_biogenic", "co2e:AR5-100"} <= gases


def test_the_same_records_give_the_same_bytes(lychee, exported):
    assert openlca_zip(lychee, gwp="AR6-100") == exported


def test_every_reference_leads_to_a_document_of_the_file(members):
    folders = {
        "Flow": "flows",
        "FlowProperty": "flow_properties",
        "UnitGroup": "unit_groups",
        "Process": "processes",
        "Location": "locations",
        "ImpactCategory": "lcia_categories",
    }
    known = {kind: {one["@id"] for one in members[folder]} for kind, folder in folders.items()}
    known["Unit"] = {unit["@id"] for group in members["unit_groups"] for unit in group["units"]}
    for kind, identifier in _references(list(members.values())):
        assert kind not in known or identifier in known[kind], (kind, identifier)


def _references(value):
    if isinstance(value, dict):
        if "@id" in value:
            yield value["@type"], value["@id"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_the_product_system_links_every_input_to_its_provider(members):
    (system,) = members["product_systems"]
    inputs = [
        (process["@id"], exchange["internalId"], exchange["defaultProvider"]["@id"])
        for process in members["processes"]
        for exchange in process["exchanges"]
        if exchange["isInput"]
    ]
    links = [
        (link["process"]["@id"], link["exchange"]["internalId"], link["provider"]["@id"])
        for link in system["processLinks"]
    ]
    assert sorted(links) == sorted(inputs)
    assert system["refProcess"]["@id"] in {one["@id"] for one in system["processes"]}


def test_gases_go_to_the_air_and_biogenic_co2_has_no_value(members):
    elementary = [flow for flow in members["flows"] if flow["flowType"] == "ELEMENTARY_FLOW"]
    assert {flow["category"] for flow in elementary} == {AIR}
    (category,) = members["lcia_categories"]
    valued = {factor["flow"]["@id"] for factor in category["impactFactors"]}
    assert valued == {flow["@id"] for flow in elementary} - {gas_id("co2_biogenic")}


def test_mass_and_energy_have_the_ids_of_openlca_itself(members):
    units = {unit["name"]: unit for group in members["unit_groups"] for unit in group["units"]}
    assert units["kg"]["@id"] == "20aadc24-a391-41cf-b340-3e4529f44bde"
    assert (units["kWh"]["conversionFactor"], units["MJ"]["isRefUnit"]) == (3.6, True)


def test_a_flow_that_only_says_it_is_one_of_ours_is_read_by_its_name(members, packed):
    """The description alone would let anybody call sulfur hexafluoride biogenic CO2."""
    methane = next(flow for flow in members["flows"] if flow["description"] == "ch4_biogenic")
    methane["description"] = "co2_biogenic"
    gases = {e.substance for process in read_network(packed(members)) for e in process.exchanges}
    assert "ch4_biogenic" in gases


def changed_process(members, change):
    process = next(p for p in members["processes"] if any(e["isInput"] for e in p["exchanges"]))
    change(process, next(e for e in process["exchanges"] if e["isInput"]))


REFUSED = {
    "an input nobody makes": (
        lambda _, taken: taken["flow"].update({"@id": gas_id("none")}),
        "flow that is not in the file",
    ),
    "an avoided product": (
        lambda _, taken: taken.update(isAvoidedProduct=True, isInput=False),
        "avoids a product",
    ),
    "a process that makes nothing": (
        lambda process, _: [e.update(isQuantitativeReference=False) for e in process["exchanges"]],
        "is run for no product",
    ),
    "a process that makes less than nothing": (
        lambda process, _: [
            e.update(amount=-1.0) for e in process["exchanges"] if e["isQuantitativeReference"]
        ],
        "makes nothing, or treats a waste",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_carried_is_refused(members, packed, name):
    change, words = REFUSED[name]
    changed_process(members, change)
    with pytest.raises(NetworkError, match=words):
        read_network(packed(members))


def test_a_service_in_another_unit_that_takes_from_others(members, packed):
    """Transport that buys diesel is counted in tonne-kilometres: no network of ours counts so."""
    transport = next(p for p in members["processes"] if p["name"].startswith("transport."))
    taker = next(p for p in members["processes"] if any(e["isInput"] for e in p["exchanges"]))
    other = next(
        e
        for p in members["processes"]
        if p is not taker
        for e in p["exchanges"]
        if e["isInput"] and e["unit"]["name"] == "kg"
    )
    transport["exchanges"].append(other | {"internalId": 99})
    with pytest.raises(NetworkError, match="is counted in t_km and takes from others"):
        read_network(packed(members))


def test_no_zip_file(tmp_path):
    path = tmp_path / "not.zip"
    path.write_bytes(b"PK nothing")
    with pytest.raises(InputError, match="is no zip file"):
        read_network(path)


def test_a_file_without_processes_is_not_an_empty_network(tmp_path):
    """Somebody else's zip: nothing in it is no answer of zero."""
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("holiday.json", "{}")
    with pytest.raises(NetworkError, match=r"photos\.zip — has no process"):
        read_network(path)
