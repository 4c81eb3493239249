"""A datapackage is whole: anybody's bw2calc solves it, and its numbers say what they stand for."""

import numpy as np
import pytest

from footprint.assess import unrounded_gross_kg_co2e
from footprint.brightway import crosscheck, datapackage
from footprint.brightway.calculator import calculator
from footprint.errors import InputError


def _opened(file):
    import bw_processing
    from bw_processing.io_helpers import generic_zipfile_filesystem

    return bw_processing.load_datapackage(
        generic_zipfile_filesystem(dirpath=file.parent, filename=file.name, write=False)
    )


def _scores(package, demand, **options):
    lca = calculator().LCA(demand, data_objs=[package], **options)
    lca.lci()
    lca.lcia()
    yield lca.score
    while True:
        next(lca)
        yield lca.score


def test_a_file_gives_the_same_number_elsewhere(lychee, tmp_path):
    written = datapackage(lychee, gwp="AR6-100", file=tmp_path / "lychee.zip")
    read = _opened(tmp_path / "lychee.zip")
    demand = {int(product): amount for product, amount in read.metadata["demand"].items()}
    assert demand == written.demand
    score = next(_scores(read, demand))
    assert score == pytest.approx(unrounded_gross_kg_co2e(lychee, gwp="AR6-100"), rel=1e-12)


def test_its_arrays_are_our_draws_in_our_order(lychee, tmp_path):
    written = datapackage(lychee, gwp="AR6-100", draws=8, seed=3, file=tmp_path / "lychee.zip")
    scores = _scores(_opened(tmp_path / "lychee.zip"), written.demand, use_arrays=True)
    ours = crosscheck(lychee, gwp="AR6-100", draws=8, seed=3).ours[1:]
    np.testing.assert_allclose([next(scores) for _ in range(8)], ours, rtol=1e-12)


def test_every_row_and_column_has_a_name_a_unit_and_a_place(lychee):
    package = datapackage(lychee, gwp="AR6-100").data
    nodes, _ = package.get_resource("nodes")
    used = set()
    for group in ("technosphere", "biosphere"):
        indices, _ = package.get_resource(f"{group}.indices")
        used |= {*indices["row"].tolist(), *indices["col"].tolist()}
    assert used == set(nodes["id"])
    assert nodes[["name", "unit", "location"]].notna().all(axis=None)
    grid = nodes[nodes["name"] == "electricity.CN-GD"].iloc[0]
    assert (grid["kind"], grid["unit"], grid["location"]) == ("purchase", "kilowatt hour", "CN-GD")


def test_a_file_that_is_there_is_never_overwritten(lychee, tmp_path):
    (tmp_path / "lychee.zip").write_bytes(b"somebody else's")
    with pytest.raises(InputError, match="is there already"):
        datapackage(lychee, gwp="AR6-100", file=tmp_path / "lychee.zip")
    assert (tmp_path / "lychee.zip").read_bytes() == b"somebody else's"


def test_a_folder_that_is_not_there_is_named(lychee, tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        datapackage(lychee, gwp="AR6-100", file=tmp_path / "nowhere" / "lychee.zip")
