"""What the solution says, how sure it is, and which systems have none."""

import numpy as np
import pytest

from footprint.background import Replacement, Scenarios, Scores, build
from footprint.background.system import Structure
from footprint.errors import InputError, NetworkError
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background


def test_bread_by_hand(bakery):
    # mill m = 0.002 n2o + 0.5 p, power plant p = (1.5 co2 + 0.1 m) / 3.6, bread = 0.1 co2 + 0.8 m + 2 p
    power_co2 = 1.5 / 3.6 / (1 - 0.5 * 0.1 / 3.6)
    scores = Scores.of(bakery)
    assert scores.gases("2")["co2_fossil"] == pytest.approx(power_co2, rel=1e-14)
    assert scores.gases("0")["co2_fossil"] == pytest.approx(0.1 + 0.8 * 0.5 * power_co2 + 2 * power_co2)


def test_waste_handed_over_is_charged_like_any_input(tmp_path):
    # Process 1 treats waste: its reference is -1 kg; process 0 hands over 3 kg.
    pack = build(
        background([(0, 0, 1.0), (1, 1, -1.0)], [(1, 0, -3.0)], [("co2_fossil", 1, 2.0)]), tmp_path / "p"
    )
    scores = Scores.of(pack)
    assert scores.gases("0") == {"co2_fossil": pytest.approx(6.0)}
    assert scores.gases("1") == {"co2_fossil": pytest.approx(-2.0)}, "per kg as it stands: minus one kilogram"


def test_a_second_product_is_a_credit(tmp_path):
    pack = build(
        background([(0, 0, 1.0), (1, 1, 1.0), (1, 0, 0.5)], [], [("n2o", 0, 1.0), ("n2o", 1, 0.4)]),
        tmp_path / "p",
    )
    assert Scores.of(pack).gases("0") == {"n2o": pytest.approx(0.8)}


@pytest.mark.parametrize(("back", "gain"), [(1.25, "1"), (2.0, "1.265")])
def test_a_loop_that_uses_up_what_it_makes_is_named(tmp_path, back, gain):
    system = background(
        [(n, n, 1.0) for n in range(4)],
        [(1, 0, 0.8), (0, 1, back), (2, 0, 0.5), (3, 2, 0.1), (2, 3, 0.1)],
        [("n2o", 0, 1.0)],
        names=["coal mine", "coal power", "tin", "solder"],
    )
    with pytest.raises(
        NetworkError, match=f"coal mine → coal power — is a loop that needs {gain} of its products"
    ):
        Scores.of(build(system, tmp_path / "p"))


def test_the_strongest_part_of_a_large_loop_is_named(tmp_path):
    size = 40
    ring = [((n + 1) % size, n, 0.01) for n in range(size)]
    system = background(
        [(n, n, 1.0) for n in range(size)], [*ring, (7, 8, 1.1), (8, 7, 1.0)], [("n2o", 0, 1.0)]
    )
    with pytest.raises(NetworkError, match="process 7 → process 8 — is a loop"):
        Scores.of(build(system, tmp_path / "p"))


def test_a_process_that_eats_its_own_product_is_named(tmp_path):
    system = background([(0, 0, 1.0)], [(0, 0, 1.2)], [("n2o", 0, 1.0)], names=["still"])
    with pytest.raises(NetworkError, match="still — uses up all it makes of its own product"):
        Scores.of(build(system, tmp_path / "p"))


def test_a_system_without_a_single_solution_is_refused(tmp_path):
    # A credit makes the two columns multiples of each other.
    system = background([(0, 0, 1.0), (1, 1, 1.0), (1, 0, 1.0), (0, 1, 1.0)], [], [("n2o", 0, 1.0)])
    with pytest.raises(NetworkError, match=r"has no single solution|only known to"):
        Scores.of(build(system, tmp_path / "p"))


def test_strong_credits_are_solved_directly(tmp_path):
    system = background([(0, 0, 1.0), (1, 1, 1.0), (1, 0, 3.0), (0, 1, 3.0)], [], [("n2o", 0, 1.0)])
    scores = Scores.of(build(system, tmp_path / "p"))
    assert scores.certificate.kind == "estimated"
    assert scores.gases("0") == {"n2o": pytest.approx(1 / (1 - 9), rel=1e-12)}


def test_the_certificate_holds_for_a_wrong_solution_too(bakery):
    from footprint.background.certificate import majorant, proved
    from footprint.background.solve import solved

    system = Structure(bakery).filled()
    right = solved(system, bakery)
    rng = np.random.default_rng(1)
    for size in (1e-12, 1e-6, 1e-2):
        wrong = right.found * (1 + size * rng.uniform(-1, 1, right.found.shape))
        said = proved(system, wrong, majorant(system, right.found)).relative_error
        true = float(np.max(np.abs(wrong - right.found) / right.found))
        assert true <= said <= 100 * max(true, 1e-15)


def test_a_scenario_is_the_pack_it_describes(bakery, tmp_path):
    scenarios = Scenarios.on(bakery)
    found = scenarios.scores(
        [
            Replacement("2", {"1": 0.2}, {"co2_fossil": 0.05}),
            Replacement("0", {"1": 0.7, "2": 3.0}, {"co2_fossil": 0.1, "n2o": 0.01}),
        ]
    )
    changed = background(
        [(0, 0, 1.0), (1, 1, 1.0), (2, 2, 1.0)],
        [(1, 0, 0.7), (2, 0, 3.0), (2, 1, 0.5), (1, 2, 0.2)],
        [("co2_fossil", 2, 0.05), ("n2o", 1, 0.002), ("co2_fossil", 0, 0.1), ("n2o", 0, 0.01)],
    )
    expected = Scores.of(build(changed, tmp_path / "changed"))
    np.testing.assert_allclose(found.intensities, expected.intensities, rtol=1e-13)
    assert found.certificate.kind == "proved"
    assert found.certificate.relative_error < 1e-11


def test_a_scenario_may_hand_over_waste(tmp_path):
    pack = build(
        background([(0, 0, 1.0), (1, 1, -1.0)], [(1, 0, -3.0)], [("co2_fossil", 1, 2.0)]), tmp_path / "p"
    )
    found = Scenarios.on(pack).scores([Replacement("0", {"1": -1.0}, {})])
    assert found.gases("0") == {"co2_fossil": pytest.approx(2.0)}


def test_a_scenario_that_closes_a_loop_on_itself_is_refused(bakery):
    with pytest.raises(NetworkError, match="is a loop that needs"):
        Scenarios.on(bakery).scores([Replacement("2", {"1": 2.5}, {})])


@pytest.mark.parametrize(
    ("replacements", "message"),
    [
        ([], "replaces 0 processes"),
        ([Replacement("0", {}, {}), Replacement("0", {}, {})], "replaces 2 processes"),
        ([Replacement("9", {}, {})], "is no process"),
        ([Replacement("0", {"0": 1.0}, {})], "uses its own product"),
        ([Replacement("0", {"1": float("inf")}, {})], "has an amount inf"),
        ([Replacement("0", {}, {"sf6": 1.0})], "is no gas"),
    ],
)
def test_a_scenario_that_makes_no_sense_is_refused(bakery, replacements, message):
    with pytest.raises(InputError, match=message):
        Scenarios.on(bakery).scores(replacements)


def test_the_bakery_pack_is_the_one_described(bakery):
    assert [entry.name for entry in bakery.entries] == BAKERY["names"]
