"""A pack is what was written, or it is refused."""

import hashlib
import json

import numpy as np
import pytest

from footprint.background import Pack, Scores, build
from footprint.background.embedded import embedded
from footprint.background.hashed import read
from footprint.errors import InputError, NetworkError
from lca_models.factors import shipped_factors
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background


def test_the_same_database_is_the_same_pack_wherever_it_lies(tmp_path):
    packs = [build(background(**BAKERY), tmp_path / name) for name in ("one", "two")]
    assert packs[0].id == packs[1].id == Pack.open(tmp_path / "one").id
    assert packs[0].id != build(background(**BAKERY, spread=0.1), tmp_path / "three").id


def test_arrays_are_mapped_not_copied(bakery):
    assert isinstance(bakery.folder.arrays["technosphere_amount"], np.memmap)


@pytest.mark.parametrize(
    "file", ["technosphere_amount.npy", "emissions_uncertainty.npy", "reference.npy", "processes.json"]
)
def test_a_flipped_bit_is_refused_and_named(bakery, file):
    path = bakery.folder.path / file
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match=f"{file} — has changed"):
        Pack.open(bakery.folder.path)


def test_another_manifest_is_another_pack(bakery):
    path = bakery.folder.path / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["about"]["source"]["title"] = "Another title"
    path.write_text(json.dumps(manifest))
    assert Pack.open(bakery.folder.path).id != bakery.id


@pytest.mark.parametrize("name", ["../secret", "a/b", "A", ""])
def test_a_manifest_cannot_point_elsewhere(bakery, name):
    path = bakery.folder.path / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["arrays"][name] = "0" * 64
    path.write_text(json.dumps(manifest))
    with pytest.raises(InputError, match="lists no arrays"):
        Pack.open(bakery.folder.path)


def test_places_outside_the_matrix_are_refused_even_with_a_right_hash(bakery, tmp_path):
    from footprint.background import hashed
    from footprint.background.pack import KIND

    arrays = {name: np.array(array) for name, array in bakery.folder.arrays.items()}
    about, tables = dict(bakery.folder.about), dict(bakery.folder.tables)
    forged = [
        (about, arrays | {"technosphere_row": arrays["technosphere_row"] + 99}, tables),
        (about, arrays | {"emissions_uncertainty": np.zeros(4)}, tables),
        (about, arrays | {"reference": np.array([1.0, np.nan, 1.0])}, tables),
        (about, {name: array for name, array in arrays.items() if name != "emissions_row"}, tables),
        (about | {"source": {}}, arrays, tables),
        (about, arrays, {"processes": [["0", "too short"]] * 3}),
        (about, arrays, {}),
    ]
    for number, content in enumerate(forged):
        hashed.write(path := tmp_path / f"forged {number}", KIND, *content)
        with pytest.raises(InputError, match="contradicts itself"):
            Pack.open(path)


def test_what_is_neither_array_nor_table_is_refused(bakery):
    path = bakery.folder.path
    manifest = json.loads((path / "manifest.json").read_bytes())
    for section, file, content in (
        ("tables", "processes.json", b"[" * 100_000),
        ("arrays", "reference.npy", b"\x93NUMPY\x01\x00garbage"),
    ):
        (path / file).write_bytes(content)
        manifest[section][file.split(".")[0]] = hashlib.sha256(content).hexdigest()
        (path / "manifest.json").write_text(json.dumps(manifest))
        with pytest.raises(InputError, match=r"is no (table|array)"):
            Pack.open(path)


def test_what_is_no_pack_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        Pack.open(tmp_path)
    with pytest.raises(InputError, match="is there already"):
        build(background(**BAKERY), tmp_path)


def test_every_embedded_product_is_a_process_with_its_gases(tmp_path):
    factors = shipped_factors()
    pack = build(embedded(factors), tmp_path / "embedded")
    scores = Scores.of(pack)
    assert {entry.id for entry in pack.entries} == factors.products.keys()
    for name, rows in factors.products.items():
        expected: dict[str, float] = {}
        for row in rows:
            expected[row.substance] = expected.get(row.substance, 0.0) + row.value
        expected = {gas: kg for gas, kg in expected.items() if kg}
        assert scores.gases(name) == pytest.approx(expected, rel=1e-12)


def test_not_a_number_is_refused_with_its_process(tmp_path):
    with pytest.raises(NetworkError, match="mill — an emission is nan"):
        build(background(**BAKERY | {"emitted": [("n2o", 1, float("nan"))]}), tmp_path / "pack")


def test_a_process_for_no_product_is_refused(tmp_path):
    with pytest.raises(NetworkError, match="mill — is run for no product of its own"):
        build(
            background(
                [(0, 0, 1.0), (0, 1, 1.0), (1, 2, 1.0), (2, 2, 1.0)], [], [], names=["a", "mill", "c"]
            ),
            tmp_path / "pack",
        )


def test_a_product_of_two_names_is_paired_with_the_process_that_makes_most_of_it(tmp_path):
    made = [(1, 0, 1.0), (0, 1, 1.0), (1, 1, 0.01)]
    pack = build(background(made, [], [("n2o", 0, 1.0)]), tmp_path / "pack")
    assert [entry.product for entry in pack.entries] == ["product 1", "product 0"]


def test_scores_are_kept_and_never_mistaken(bakery, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    first = Scores.of(bakery, cache)
    (kept,) = cache.iterdir()
    np.testing.assert_array_equal(Scores.of(bakery, cache).intensities, first.intensities)
    other = build(background(**BAKERY), tmp_path / "other")
    with pytest.raises(InputError, match="holds scores of another pack"):
        Scores.read(kept, other)
    monkeypatch.setattr("footprint.background.scores.METHOD", "tiers-0")
    with pytest.raises(InputError, match="holds scores of another method"):
        Scores.read(kept, bakery)
    assert read(kept, "agrifood-footprint background scores, version 1").about["pack"] == bakery.id


def test_a_cached_score_with_a_flipped_bit_is_never_used(bakery, tmp_path):
    Scores.of(bakery, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    path = kept / "intensities.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"intensities\.npy — has changed"):
        Scores.of(bakery, tmp_path / "cache")
