"""Scenarios through hubs: the same numbers, kept for the next time, and never another pack's."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footprint.background import Replacement, Scenarios, build
from footprint.background.system import Structure
from footprint.background.thin_tiers import thin_sums
from footprint.errors import InputError
from tests.footprint.background.networks import background, economy_of_shops

CHANGED = ["3", "40", "399"]  # a hub, a shop near the start, the last one


def _replacements():
    return [Replacement(one, uses={"7": 0.2, "20": 0.1}, emits={"co2_fossil": 0.3}) for one in CHANGED]


def test_a_scenario_through_hubs_is_the_scenario(economy, tmp_path):
    plain, quick = Scenarios.on(economy), Scenarios.on(economy, tmp_path / "cache")
    assert 0 < len(quick.hubs.use) < 100
    found, expected = (one.scores(_replacements()) for one in (quick, plain))
    np.testing.assert_allclose(found.intensities, expected.intensities, rtol=1e-11)
    assert found.certificate.kind == "proved"
    assert found.certificate.relative_error < 1e-11


def test_a_scenario_is_what_the_changed_database_says(economy, tmp_path):
    quick = Scenarios.on(economy, tmp_path / "cache")
    changed = quick.scores(_replacements()).intensities
    row, _ = economy.column("40"), quick
    uses = 0.2 * changed[7] + 0.1 * changed[20] + np.array([0.3, 0.0])
    np.testing.assert_allclose(changed[row], uses, rtol=1e-11)


def test_hubs_are_kept(economy, tmp_path):
    first = Scenarios.on(economy, tmp_path).hubs
    again = Scenarios.on(economy, tmp_path).hubs
    np.testing.assert_array_equal(first.use, again.use)
    (kept,) = tmp_path.iterdir()
    assert kept.name.endswith("-hubs")


def test_hubs_that_lost_a_byte_or_are_of_another_method_are_refused(economy, tmp_path, monkeypatch):
    Scenarios.on(economy, tmp_path)
    monkeypatch.setattr("footprint.background.hubs.METHOD", "tiers-0")
    with pytest.raises(InputError, match="holds other hubs"):
        Scenarios.on(economy, tmp_path)
    monkeypatch.undo()
    (kept,) = tmp_path.iterdir()
    content = bytearray((kept / "use.npy").read_bytes())
    content[-1] ^= 1
    (kept / "use.npy").write_bytes(content)
    with pytest.raises(InputError, match="has changed"):
        Scenarios.on(economy, tmp_path)


def test_a_wrong_table_of_hubs_shows_in_the_certificate(economy, tmp_path):
    quick = Scenarios.on(economy, tmp_path)
    wrong = replace(quick, hubs=replace(quick.hubs, use=quick.hubs.use * 1.001), _used_by={})
    found = wrong.scores(_replacements())
    expected = quick.scores(_replacements())
    np.testing.assert_allclose(found.intensities, expected.intensities, rtol=1e-9)  # solved anew


def test_a_database_without_hubs_has_scenarios_too(tmp_path):
    pack = build(economy_of_shops(size=20), tmp_path / "small.pack")
    quick = Scenarios.on(pack, tmp_path / "cache")
    assert len(quick.hubs.use) == 0
    changed = [Replacement("10", uses={}, emits={"co2_fossil": 0.3})]
    np.testing.assert_allclose(
        quick.scores(changed).intensities, Scenarios.on(pack).scores(changed).intensities, rtol=1e-11
    )


@pytest.mark.parametrize("rows", [[40], [3], [399, 3, 40], [0, 1, 2]])
def test_who_uses_a_hub_or_a_shop_is_what_solving_for_it_says(economy, tmp_path, rows):
    feed = Structure(economy).filled().feed.toarray()
    expected = np.linalg.solve(np.eye(len(economy)) - feed, np.eye(len(economy))[:, rows])
    found = Scenarios.on(economy, tmp_path).hubs.users(rows)
    np.testing.assert_allclose(found, expected.T, rtol=1e-12, atol=1e-14)


def test_a_scenario_worked_out_in_parts_is_the_scenario(economy, tmp_path, monkeypatch):
    quick = Scenarios.on(economy, tmp_path)
    whole = quick.scores(_replacements())
    monkeypatch.setattr("footprint.background.scenario._PART", 7)
    parts = quick.scores(_replacements())
    np.testing.assert_allclose(parts.intensities, whole.intensities, rtol=1e-14)
    assert parts.certificate.relative_error == pytest.approx(whole.certificate.relative_error, rel=1e-6)


def test_thin_tiers_are_the_series_written_out(economy):
    feed = Structure(economy).filled().feed
    dense, term = np.zeros((2, len(economy))), np.eye(len(economy))[[5, 77]]
    for _ in range(400):
        dense += term
        term = term @ feed.T.toarray()
    np.testing.assert_allclose(
        thin_sums(feed.T.tocsr(), [5, 77], pruned=1e-18), dense, rtol=1e-12, atol=1e-17
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wrong=st.floats(1e-16, 1e-11),
    amounts=st.lists(st.floats(0.0, 0.3), min_size=3, max_size=3),
    kg=st.floats(0.0, 2.0),
)
def test_the_certificate_covers_how_wrong_a_scenario_is(economy, tmp_path_factory, wrong, amounts, kg):
    quick = Scenarios.on(economy, tmp_path_factory.getbasetemp() / "covered")
    noise = 1 + wrong * np.random.default_rng(7).uniform(-1, 1, quick.hubs.use.shape)
    spoilt = replace(quick, hubs=replace(quick.hubs, use=quick.hubs.use * noise), _used_by={})
    changed = [
        Replacement(one, {"7": amount, "20": 0.1}, {"co2_fossil": kg})
        for one, amount in zip(CHANGED, amounts, strict=True)
    ]
    found, truth = spoilt.scores(changed), replace(quick, measure=None).scores(changed)
    apart = np.abs(found.intensities / truth.intensities - 1).max()
    assert apart <= found.certificate.relative_error + truth.certificate.relative_error
    assert found.certificate.relative_error < 1e-9
    assert found.certificate.kind == "proved"


@pytest.mark.parametrize("row", [3, 40, 399])
def test_what_rounding_hides_of_a_residual_is_counted(economy, tmp_path, row):
    scenarios = Scenarios.on(economy, tmp_path)
    feed, proof = scenarios.system.feed, scenarios.base.proof
    (users,) = scenarios.measure.users([row], scenarios.hubs)
    reach = [Fraction(amount) for amount in users.reach]
    for buyer in range(len(economy)):
        links = slice(*feed.indptr[buyer : buyer + 2])
        bought = zip(feed.data[links], feed.indices[links], strict=True)
        left = abs((buyer == row) + sum(Fraction(share) * reach[of] for share, of in bought) - reach[buyer])
        for gas, margin in enumerate(proof.margin[buyer]):
            assert left <= Fraction(users.worst[gas]) * Fraction(margin)


def test_a_scenario_of_a_process_that_causes_nothing_is_solved_anew(tmp_path):
    idle = background([(0, 0, 1.0), (1, 1, 1.0)], [(0, 1, 0.5)], [("co2_fossil", 1, 2.0)])
    scenarios = Scenarios.on(build(idle, tmp_path / "idle.pack"), tmp_path / "cache")
    found = scenarios.scores([Replacement("0", {}, {"co2_fossil": 3.0})])
    assert found.gases("1") == {"co2_fossil": pytest.approx(3.5)}


def test_a_scenario_where_something_is_credited_is_solved_anew(tmp_path):
    credited = background(
        [(0, 0, 1.0), (1, 1, 1.0)], [(0, 1, -0.5)], [("co2_fossil", 0, 1.0), ("co2_fossil", 1, 2.0)]
    )
    scenarios = Scenarios.on(build(credited, tmp_path / "credited.pack"))
    assert scenarios.measure is None
    found = scenarios.scores([Replacement("0", {}, {"co2_fossil": 3.0})])
    assert found.gases("1") == {"co2_fossil": pytest.approx(0.5)}
