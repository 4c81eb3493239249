"""Portfolios as a retailer keeps them: a table of lots over one record, a folder of records."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from footprint.portfolio import run
from footprint.records import read_answers
from footprint.setting import Setting

LYCHEE = Path("examples/lychee/lychee.toml")
HEADER = ["id", "product.name", "orchard.diesel.amount [litre]", "orchard.irrigation.amount", "packhouse.ice"]
LOTS = [
    ["lot-1", "Lychee, east slope", "980", "5600 kWh", "26 t"],
    ["lot-2", "Lychee, west slope", "1210.5", "4100 kWh", "31 t"],
    ["lot-3", "荔枝", "640", "0 kWh", "18 t"],
    ["lot-4", "Lychee, river", "870", "9000 kWh", "22 t"],
    ["lot-5", "Lychee, road", "770", "0.5 MWh", "22 t"],
]


@pytest.fixture(scope="session")
def lychee_answers():
    """The lychee season as it is typed in."""
    return read_answers(LYCHEE)


@pytest.fixture
def lots():
    """Five lots of one orchard, a row each."""
    return [list(lot) for lot in LOTS]


@pytest.fixture
def header():
    """Of their table."""
    return list(HEADER)


@pytest.fixture
def written():
    """Every byte a finished run wrote."""
    return lambda done: {path.name: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()}


@pytest.fixture
def table(tmp_path):
    """Writes a table of lots."""

    def write(rows=LOTS, header=HEADER, name="lots.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
        return path

    return write


@pytest.fixture
def assessed(tmp_path):
    """Runs a portfolio in this process, few draws."""

    def compute(products, out="results", **method):
        asked = {"template": LYCHEE, "workers": 1} | method
        said = {field.name: asked.pop(field.name) for field in fields(Setting) if field.name in asked}
        return run(products, tmp_path / out, Setting(**{"gwp": "AR6-100", "draws": 256} | said), **asked)

    return compute


@pytest.fixture
def small_shards(monkeypatch):
    """Two products a shard, so that a small portfolio has several."""
    monkeypatch.setattr("footprint.portfolio.pipeline.SHARD", 2)
