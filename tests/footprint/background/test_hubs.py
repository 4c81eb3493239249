"""Scenarios through hubs: the same numbers, kept for the next time, and never another pack's."""

from dataclasses import replace

import numpy as np
import pytest

from footprint.background import Replacement, Scenarios, build
from footprint.errors import InputError
from tests.footprint.background.networks import economy_of_shops

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
