"""What is behind the purchases of a portfolio: a database, sampled once for all, and the passports of suppliers."""

import pyarrow.parquet as pq
import pytest

from footprint import assess, load
from footprint.background import Background, Purchases, build
from footprint.background.purchases import Bought
from footprint.errors import InputError
from footprint.portfolio.shard import Job
from footprint.portfolio.template import Template
from footprint.setting import Setting
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background
from tests.footprint.evidence.conftest import CHAIN, signed


@pytest.fixture
def behind(tmp_path):
    """Urea and diesel of one database, so that their draws go together."""
    pack = build(background(**BAKERY, spread=0.2), tmp_path / "bakery.pack")
    bought = (
        Bought(product="fertiliser.urea", process="0", per="kg"),
        Bought(product="electricity.CN-GD", process="2", per="kWh", amount="0.5 kg"),
    )
    return Background.open(pack, Purchases(pack=pack.id, product=bought), cache=tmp_path / "kept")


@pytest.fixture(scope="module")
def fresh():
    """The passport of a lot of fresh fruit."""
    footprint = assess(load(CHAIN / "fresh.toml"), gwp="AR6-100", draws=256)
    return signed(footprint, "2025-06-A", 9600)


def _same(row, alone):
    interval = alone.gross.interval
    assert row["gross_kg_co2e"] == alone.gross_kg_co2e
    assert (row["p5"], row["p50"], row["p95"]) == (interval.p5, interval.p50, interval.p95)
    assert dict(row["by_gas_kg_co2e"]) == alone.gross.by_substance()
    for name in ("primary_share", "unverified_share", "technological"):
        assert row[name] == getattr(alone.quality, name)


def _rows(done):
    return pq.read_table(done.footprints).to_pylist()


def test_every_lot_gets_what_its_record_gets_alone_with_the_background(
    table, assessed, behind, lots, header, lychee_answers
):
    done = assessed(table(), background=behind)
    template = Template(lychee_answers, header[1:])
    for row, lot in zip(_rows(done), lots, strict=True):
        system = template.shaped(lot[1:]).system
        _same(row, assess(system, gwp="AR6-100", draws=256, background=behind))
    assert [row["p95"] for row in _rows(done)] != [row["p95"] for row in _rows(assessed(table(), "plain"))]


@pytest.mark.usefixtures("small_shards")
def test_one_process_and_two_write_the_same_bytes(table, assessed, behind, written):
    lots = table()
    alone = assessed(lots, "alone", background=behind, workers=1)
    together = assessed(lots, "together", background=behind, workers=2)
    assert written(alone) == written(together)


def test_a_worker_is_sent_the_samples_and_not_the_database(table, behind, lychee_answers, header):
    job = Job.of(lychee_answers, tuple(header[1:]), Setting(gwp="AR6-100", draws=256, background=behind))
    assert sorted(job.together) == sorted({row.id for row in _drawn(job)})
    for name in (b"footprint.background.pack", b"footprint.background.scores"):
        assert name not in job.packed


def _drawn(job):
    rows = [row for row in job.factors.factors.values() if row.id.startswith("background.")]
    return [row for row in rows if row.distribution != "exact"]


def test_with_another_background_a_run_is_another(table, assessed, behind):
    lots = table()
    assessed(lots, background=behind)
    with pytest.raises(InputError, match="was begun with other background, published numbers"):
        assessed(lots)


def test_lots_bought_are_looked_up_among_the_passports(tmp_path, table, assessed, fresh):
    """One lot has its passport, the other has none: that product is refused, and the other is not."""
    lots = table(
        [["D1", "2025-06-A", "12100 kWh"], ["D2", "2025-06-A", "9000 kWh"], ["D3", "2025-06-B", "9000 kWh"]],
        ["id", "activities.fresh fruit.lot", "activities.drying house.electricity"],
    )
    done = assessed(lots, template=CHAIN / "dried.toml", upstream=[fresh])
    rows = {row["id"]: row for row in _rows(done)}
    assert set(rows) == {"D1", "D2"}
    _same(rows["D1"], assess(load(CHAIN / "dried.toml"), gwp="AR6-100", draws=256, upstream=[fresh]))
    (problem,) = {(row["id"], row["where"]) for row in pq.read_table(done.problems).to_pylist()}
    assert problem[0] == "D3"
    assert rows["D2"]["gross_kg_co2e"] < rows["D1"]["gross_kg_co2e"]


def test_with_other_passports_a_run_is_another(table, assessed, fresh):
    lots = table([["D1", "2025-06-A"]], ["id", "activities.fresh fruit.lot"])
    assessed(lots, template=CHAIN / "dried.toml", upstream=[fresh])
    with pytest.raises(InputError, match=r"was begun with other .*passports"):
        assessed(lots, template=CHAIN / "dried.toml")


def test_two_passports_of_one_lot_are_refused_before_the_first_product(table, assessed, fresh):
    lots = table([["D1", "2025-06-A"]], ["id", "activities.fresh fruit.lot"])
    with pytest.raises(InputError, match="has two passports"):
        assessed(lots, template=CHAIN / "dried.toml", upstream=[fresh, fresh])


def test_terms_of_removals_are_no_choice_of_a_portfolio(table, assessed):
    with pytest.raises(InputError, match="removals — are no choice of a portfolio"):
        assessed(table(), removals="sold")
