"""A retailer's portfolio from its table to its results: complete, resumable, the same bytes however it is run."""

import errno
import json
import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from footprint import assess
from footprint.errors import InputError
from footprint.portfolio import run
from footprint.portfolio.checkpoint import Checkpoint
from footprint.portfolio.template import Template
from lca_models.product_system import ProductSystem


def _rows(path):
    return pq.read_table(path).to_pylist()


def test_every_row_is_what_the_record_gets_alone(table, assessed, lychee_answers, small_shards, lots, header):
    done = assessed(table())
    template = Template(lychee_answers, header[1:])
    rows = _rows(done.footprints)
    assert (done.assessed, done.refused) == (5, 0)
    assert [row["id"] for row in rows] == [lot[0] for lot in lots]
    for row, lot in zip(rows, lots, strict=True):
        system = template.shaped(lot[1:]).system
        alone = assess(system, gwp="AR6-100", draws=256)
        interval = alone.gross.interval
        assert row["gross_kg_co2e"] == alone.gross_kg_co2e
        assert (row["p5"], row["p50"], row["p95"]) == (interval.p5, interval.p50, interval.p95)
        assert dict(row["by_stage_kg_co2e"]) == alone.gross.by_stage()
        assert dict(row["by_gas_kg_co2e"]) == alone.gross.by_substance()
        assert dict(row["removals_kept_kg_co2"]) == {r.kind: r.kept_kg_co2 for r in alone.removals}
        assert row["biogenic_released_kg_co2"] == alone.biogenic.released_kg_co2
        assert row["records_digest"] == alone.digests.records
        assert row["primary_share"] == alone.quality.primary_share


def test_a_folder_of_records_of_all_forms(tmp_path, assessed):
    folder = tmp_path / "records"
    for path in Path("examples").glob("*/*.toml"):
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder)
    (folder / "broken.toml").write_text("[product", encoding="utf-8")
    done = assessed(folder, template=None)
    assert {row["id"] for row in _rows(done.footprints)} >= {
        "lychee.toml",
        "milk.toml",
        "rice.toml",
        "tomato.toml",
    }
    assert "broken.toml" in {row["id"] for row in _rows(done.problems)}
    assert done.assessed + done.refused == len(list(folder.iterdir()))


def test_a_bad_product_is_a_row_of_the_problems_and_the_others_go_on(table, assessed, small_shards, lots):
    rows = [*lots, ["lot-6", "typo", "1,5", "1 kWh", "1 t"], ["lot-7", "empty", "", "1 kWh", "1 t"]]
    done = assessed(table(rows))
    assert (done.assessed, done.refused) == (5, 2)
    found = _rows(done.problems)
    assert [(row["id"], row["row"], row["where"]) for row in found] == [
        ("lot-6", 6, "orchard.diesel.amount"),
        ("lot-7", 7, "orchard.diesel"),
    ]
    assert "'1,5 litre' is not one plain number" in found[0]["what"]
    assert _rows(assessed(table(lots), out="others").footprints) == _rows(done.footprints)


def test_a_killed_run_goes_on_and_ends_with_the_samewritten(
    table, assessed, small_shards, monkeypatch, written
):
    whole, killed = assessed(table(), out="whole"), {"out": "killed"}
    keep = Checkpoint.keep

    def only_the_first(self, shard, packed):
        if shard:
            raise KeyboardInterrupt
        keep(self, shard, packed)

    monkeypatch.setattr(Checkpoint, "keep", only_the_first)
    with pytest.raises(KeyboardInterrupt):
        assessed(table(), **killed)
    monkeypatch.setattr(Checkpoint, "keep", keep)
    told = []
    resumed = assessed(table(), **killed, progress=lambda done, count: told.append((done, count)))
    assert told == [(4, 5), (5, 5)]
    assert written(resumed) == written(whole)


def test_a_shard_that_was_spoilt_is_computed_again(table, assessed, small_shards, monkeypatch, written):
    whole = assessed(table(), out="whole")
    monkeypatch.setattr("footprint.portfolio.pipeline._write", _stop)
    with pytest.raises(KeyboardInterrupt):
        assessed(table(), out="spoilt")
    monkeypatch.undo()
    monkeypatch.setattr("footprint.portfolio.pipeline.SHARD", 2)
    shard = whole.folder.parent / "spoilt" / "shards" / "000001.arrow"
    content = bytearray(shard.read_bytes())
    content[len(content) // 2] ^= 1
    shard.write_bytes(content)
    assert written(assessed(table(), out="spoilt")) == written(whole)


def _stop(*_):
    raise KeyboardInterrupt


def test_a_finished_run_is_not_run_again(table, assessed, monkeypatch, written):
    first = written(assessed(table()))
    monkeypatch.setattr("footprint.portfolio.pipeline._compute", _stop)
    assert written(assessed(table())) == first


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"seed": 2}, "seed"),
        ({"gwp": "AR6-20"}, "gwp"),
        ({"draws": 512}, "draws"),
        ({"route": "guangzhou"}, "route"),
    ],
)
def test_another_method_is_another_folder(table, assessed, other, named):
    assessed(table())
    with pytest.raises(InputError, match=f"was begun with other {named}"):
        assessed(table(), **other)


def test_another_input_is_another_folder(table, assessed, lots):
    assessed(table())
    with pytest.raises(InputError, match="was begun with other input"):
        assessed(table([*lots[:4], ["lot-5", "changed", "1", "1 kWh", "1 t"]]))


def test_a_folder_of_somebody_else_is_left_alone(tmp_path, table, assessed):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is not empty"):
        assessed(table(), out="thesis")
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]


def test_a_full_disk_is_said_and_what_is_done_is_kept(table, assessed, small_shards, monkeypatch, written):
    whole, fsync, synced = assessed(table(), out="whole"), os.fsync, []

    def full(descriptor):
        synced.append(descriptor)
        if len(synced) > 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"No space left on device .* finished shards are kept"):
        assessed(table(), out="full")
    monkeypatch.setattr(os, "fsync", fsync)
    folder = whole.folder.parent / "full"
    kept = sorted(path.name for path in (folder / "shards").iterdir())
    assert kept
    assert not any(name.endswith(".part") for name in kept)
    assert written(assessed(table(), out="full")) == written(whole)


def test_how_many_draws_have_no_say_in_the_central_number(table, assessed):
    few, more = (_rows(assessed(table(), out=f"d{draws}", draws=draws).footprints) for draws in (256, 512))
    assert [row["gross_kg_co2e"] for row in few] == [row["gross_kg_co2e"] for row in more]
    assert [row["p95"] for row in few] != [row["p95"] for row in more]


def test_the_manifest_tells_what_the_results_rest_on(table, assessed):
    told = json.loads((assessed(table()).folder / "manifest.json").read_bytes())
    assert (told["gwp"], told["draws"], told["products"], told["finished"]) == ("AR6-100", 256, 5, True)
    assert told["template"] == ProductSystem.of(_lychee()).digest


def _lychee():
    from footprint.records import read_answers

    return read_answers("examples/lychee/lychee.toml")


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"template": None}, "needs a template"),
        ({"gwp": None}, "no GWP set is named"),
        ({"template": "examples/lychee/nowhere.toml"}, "cannot be opened"),
    ],
)
def test_what_is_wrong_with_all_products_is_said_before_the_first(table, assessed, asked, what):
    with pytest.raises(Exception, match=what):
        assessed(table(), **asked)


def test_a_route_one_record_does_not_have_is_a_problem_of_that_product(table, assessed):
    done = assessed(table(), route="nowhere")
    assert (done.assessed, done.refused) == (0, 5)
    assert "there is no route 'nowhere'" in _rows(done.problems)[0]["what"]
    assert "0 products assessed" in done.page.read_text(encoding="utf-8")


def test_the_package_gives_the_function_by_its_name():
    assert callable(run)
