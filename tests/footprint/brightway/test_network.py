"""A foreground somebody made in Brightway, solved here; and everything that cannot be carried, by name."""

import pytest

from footprint.brightway import read_network
from footprint.causes import gross
from footprint.characterisation import Characterisation
from footprint.engine import solve
from footprint.errors import InputError, NetworkError
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

FACTORS = shipped_factors()
AR6 = Characterisation.named("AR6-100", FACTORS)
AIR = "my air"
CO2, METHANE = (AIR, "co2"), (AIR, "ch4")
GASES = {CO2: "co2_fossil", METHANE: "ch4_fossil"}


@pytest.fixture
def by_hand(bw2data):
    """Bread of flour, flour with a tenth of its own bran, an oven on electricity, a lorry by the tonne-kilometre."""
    bw2data.Database(AIR).write(
        {
            CO2: {"name": "Carbon dioxide, fossil", "type": "emission", "unit": "kilogram"},
            METHANE: {"name": "Methane, fossil", "type": "emission", "unit": "kilogram"},
        }
    )

    def node(name, unit, makes, *exchanges):
        own = {"input": ("bakery", name), "amount": makes, "type": "production", "unit": unit}
        edges = [{"input": key, "amount": n, "type": kind} | more for key, n, kind, more in exchanges]
        return {
            "name": name,
            "reference product": name,
            "unit": unit,
            "location": "GLO",
            "exchanges": [own, *edges],
        }

    return {
        ("bakery", "bread"): node(
            "bread",
            "kilogram",
            500.0,
            (("bakery", "flour"), 400.0, "technosphere", {"unit": "kilogram"}),
            (("bakery", "oven heat"), 250.0, "technosphere", {}),
            (("bakery", "lorry"), 80.0, "technosphere", {}),
        ),
        ("bakery", "flour"): node(
            "flour",
            "kilogram",
            1000.0,
            (("bakery", "flour"), 100.0, "technosphere", {}),
            (CO2, 300.0, "biosphere", {}),
        ),
        ("bakery", "oven heat"): node(
            "oven heat",
            "kilowatt hour",
            1.0,
            (("bakery", "lorry"), 0.001, "technosphere", {}),
            (CO2, 0.5, "biosphere", {}),
            (METHANE, 0.01, "biosphere", {}),
        ),
        ("bakery", "lorry"): node("lorry", "ton kilometer", 1.0, (CO2, 0.1, "biosphere", {})),
    }


def _read(bw2data, data):
    bw2data.Database("bakery").write(data)
    return read_network("bakery", gases=GASES)


def test_a_foreground_made_by_hand_is_solved_to_the_same_number(bw2data, by_hand):
    """Flour: 300 / 900 = 0.3333 kg CO2 a kilogram. Heat: 0.5001 kg CO2 and 0.01 kg CH4 a kWh. Per kg of bread:
    0.8 × 0.3333 + 0.5 × 0.5001 + 0.16 × 0.1 = 0.53272 kg CO2 and 0.005 kg CH4."""
    processes = _read(bw2data, by_hand)
    solution = solve(processes, "bread", Numbers(FACTORS))
    kg = {gas: sum(float(e.kg) for e in solution.entries if e.substance == gas) for gas in GASES.values()}
    assert kg == pytest.approx({"co2_fossil": 0.8 / 3 + 0.5 * 0.5001 + 0.016, "ch4_fossil": 0.005})
    assert gross(solution, AR6) == pytest.approx(kg["co2_fossil"] + 0.005 * AR6.co2e_per_kg("ch4_fossil"))


def test_kilowatt_hours_become_megajoules_and_a_lorry_becomes_its_gases(bw2data, by_hand):
    made = {process.name: process.reference for process in _read(bw2data, by_hand)}
    assert set(made) == {"bread", "flour", "oven heat"}
    assert (made["oven heat"].amount, made["oven heat"].unit) == (3.6, "MJ")


def test_a_product_node_of_its_own_is_linked_to_its_process(bw2data, by_hand):
    """Brightway also keeps product and process as two nodes."""
    milled = ("bakery", "milled flour")
    by_hand[milled] = {"name": "milled flour", "type": "product", "unit": "kilogram", "exchanges": []}
    by_hand["bakery", "flour"]["type"] = "process"
    for key in [("bakery", "flour"), ("bakery", "bread")]:
        for edge in by_hand[key]["exchanges"]:
            if edge["input"] == ("bakery", "flour"):
                edge["input"] = milled
    solution = solve(_read(bw2data, by_hand), "bread", Numbers(FACTORS))
    assert "milled flour" in solution.needed
    assert sum(float(e.kg) for e in solution.entries if e.substance == "co2_fossil") == pytest.approx(
        0.8 / 3 + 0.5 * 0.5001 + 0.016
    )


def _bread(data):
    return data["bakery", "bread"]["exchanges"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda d: _bread(d)[1].update(input=("bakery", "rye")), "takes 'rye', which nobody makes"),
        (lambda d: _bread(d)[1].update(unit="ton"), "counts 'flour' in ton — that is counted in kilogram"),
        (lambda d: _bread(d)[0].update(unit="unit"), "counts 'bread' in unit"),
        (lambda d: _bread(d)[0].update(amount=-500.0), "makes -500.0 — .* waste treatment"),
        (
            lambda d: _bread(d).append({"input": ("bakery", "flour"), "amount": 1.0, "type": "production"}),
            "makes 2 products",
        ),
        (
            lambda d: _bread(d).append({"input": ("bakery", "flour"), "amount": 1.0, "type": "substitution"}),
            "exchange of type 'substitution'",
        ),
        (lambda d: _bread(d)[1].update(amount=float("nan")), "has an amount of nan"),
        (
            lambda d: _bread(d).append({"input": (AIR, "so2"), "amount": 1.0, "type": "biosphere"}),
            "emits 'so2'",
        ),
        (
            lambda d: _bread(d).append({"input": CO2, "amount": 1.0, "type": "technosphere"}),
            "is a background",
        ),
        (lambda d: d["bakery", "bread"].update(type="multifunctional"), "node of type 'multifunctional'"),
        (
            lambda d: d["bakery", "lorry"]["exchanges"].append(
                {"input": ("bakery", "oven heat"), "amount": 0.1, "type": "technosphere"}
            ),
            "is counted in ton kilometer and takes from others",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")  # bw2data warns of some of these too, and goes on
def test_what_cannot_be_carried_is_refused_by_name(bw2data, by_hand, spoil, message):
    spoil(by_hand)
    bw2data.Database("bakery").write(by_hand, process=False)
    with pytest.raises(NetworkError, match=message):
        read_network("bakery", gases=GASES)


def test_every_problem_is_on_the_list(bw2data, by_hand):
    _bread(by_hand)[1]["input"] = ("bakery", "rye")
    _bread(by_hand)[2]["unit"] = "megajoule"
    bw2data.Database("bakery").write(by_hand, process=False)
    with pytest.raises(NetworkError) as refused:
        read_network("bakery")
    said = str(refused.value)
    assert len(refused.value.problems) == 6, said
    assert said.count("it is none of our gases") == 4
    assert "rye" in said
    assert "counts 'oven heat' in megajoule" in said


def test_two_products_of_one_name_are_told_apart(bw2data, by_hand):
    by_hand["bakery", "flour"]["reference product"] = "bread"
    names = {process.reference.product for process in _read(bw2data, by_hand)}
    assert names == {"bread [bread]", "bread [flour]", "oven heat"}


def test_a_database_that_is_not_there_is_named(bw2data):
    with pytest.raises(NetworkError, match="bakery — is no database of this project"):
        read_network("bakery")


def test_an_empty_database_is_not_an_empty_network(bw2data):
    with pytest.raises(NetworkError, match="bakery — has no process"):
        _read(bw2data, {})


def test_reading_makes_no_project(bw2data):
    with pytest.raises(InputError, match="no such thing — is no Brightway project here"):
        read_network("bakery", project="no such thing")
    assert "no such thing" not in bw2data.projects


def test_a_project_of_brightway_2_is_left_alone(bw2data):
    from bw2data.project import ProjectDataset

    ProjectDataset.create(name="of old", data={}, full_hash=False)
    with pytest.raises(InputError, match="of old — is a project of Brightway 2"):
        read_network("bakery", project="of old")
