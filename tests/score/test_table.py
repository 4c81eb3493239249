"""The model table: what it says, where its benchmarks come from, and that they can be recomputed."""

import csv
import math
import re
import statistics
from decimal import Decimal
from pathlib import Path

import pytest

from footprint.score import MODELS, load
from footprint.score.reasons import CAUSES

AGRIBALYSE = Path(__file__).parents[2].parent / "shared" / "benchmarks" / "agribalyse_3_1_1_climate.csv"
STAGES = ("agriculture", "processing", "packaging", "transport", "retail")
DUPLICATED = {"26232", "26013", "25998", "26037", "26034", "27029", "9901"}


@pytest.mark.parametrize("model", MODELS)
def test_a_table_is_complete(model):
    table = load(model)
    assert table.model == model
    assert sum(table.maximum.values()) == 1000
    assert [g.name for g in table.grades] == list("ABCDE")
    assert table.assurance == {"none": 0, "self": 25, "second_party": 70, "limited": 115, "reasonable": 150}
    assert all(benchmark.n >= 8 for benchmark in table.categories.values())
    for texts in (
        *table.terms.values(),
        table.capped,
        *(t for r in table.reasons.values() for t in (r.factor, r.why, r.how)),
    ):
        assert set(texts) == {"en", "zh-Hans"}
        assert re.search(r"[\u4e00-\u9fff]", texts["zh-Hans"])


def test_released_numbers_do_not_change():
    """A digest that differs means a released table was edited: make a new version instead."""
    assert (
        load("cfs-1.0.0").digest == "sha256:242efacfd3d942521e8d306f48b01ed72dab2b14c70e5bc166482448897fd8de"
    )


def test_every_cause_and_cap_has_its_texts():
    codes = set(load("cfs-1.0.0").reasons)
    assert {c for c in codes if c.startswith("CAP_")} == {
        f"CAP_{name}" for name in load("cfs-1.0.0").caps.limits
    }
    assert len(codes) - 3 == len(CAUSES) + 2  # two causes have two codes: TREND_*, REMOV_*


@pytest.mark.skipif(not AGRIBALYSE.exists(), reason="the source file is not part of the repository")
@pytest.mark.parametrize("category", sorted(load("cfs-1.0.0").categories))
def test_benchmarks_recompute_from_the_source_file(category):
    benchmark = load("cfs-1.0.0").categories[category]
    with AGRIBALYSE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if _is_in(row, benchmark)]
    inventories = {tuple(row[stage] for stage in STAGES) for row in rows}
    logs = [math.log(sum(map(float, inventory))) for inventory in inventories]
    assert len(logs) == benchmark.n
    assert f"{math.exp(statistics.median(logs)):.4f}" == f"{benchmark.median}"
    assert f"{statistics.stdev(logs):.4f}" == f"{benchmark.sigma}"
    assert not [row["lci_name_en"] for row in rows if "plane" in row["lci_name_en"]]


def _is_in(row, benchmark) -> bool:
    name = row["lci_name_en"]
    return (
        row["subgroup_fr"] in benchmark.subgroups
        and row["ciqual_code"] not in DUPLICATED
        and bool(re.search(benchmark.include, name, re.IGNORECASE))
        and not re.search(benchmark.exclude, name, re.IGNORECASE)
    )


def test_the_median_fruit_is_cheaper_than_the_median_meat():
    categories = load("cfs-1.0.0").categories
    assert (
        categories["fresh-fruit"].median
        < categories["dried-fruit"].median
        < Decimal(5)
        < categories["fresh-meat"].median
    )
