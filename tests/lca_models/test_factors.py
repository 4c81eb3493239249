"""A number without source, locator, unit, year and interval does not ship; a missing one is an error."""

import csv
from pathlib import Path

import numpy as np
import pytest

from lca_models.errors import FactorError
from lca_models.factors import Factor, FactorSet, shipped_factors

GOLDEN = Path(__file__).parents[1] / "golden" / "factors.csv"
GOLDEN_TABLES = GOLDEN.with_name("tables.csv")
FACTORS = shipped_factors()

PUBLICATION = """
[publication]
id = "own-2025"
title = "Measurements of our own"
publisher = "Sample Co-operative"
year = 2025
url = "https://example.org/own"
licence = "CC0-1.0"
"""
ROW = """
[[factor]]
id = "own.number"
name = "A number"
value = 2.0
lower = 1.0
upper = 4.0
interval = "range of three measurements"
distribution = "lognormal"
unit = "kg/kg"
region = "CN-GD"
year = 2025
locator = "sheet 1"
verified = true
"""


def _own(tmp_path: Path, text: str) -> FactorSet:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return FactorSet.load(file)


@pytest.mark.parametrize("golden", [GOLDEN, GOLDEN_TABLES], ids=lambda path: path.stem)
def test_a_changed_number_shows_in_review(golden: Path):
    """Write the files anew with `python -m tests.lca_models.test_factors` and say why in the changelog."""
    with golden.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == SNAPSHOTS[golden]()


def _numbers() -> list[list[str]]:
    header = [
        ["id", "in force", "value", "lower", "upper", "distribution", "unit", "region", "year", "verified",
         "source"]
    ]  # fmt: skip
    return header + [
        [f.id, f.period, *map(repr, (f.value, f.lower, f.upper)), f.distribution, f.unit, f.region, str(f.year),
         str(f.verified), f"{f.source.id}: {f.locator}"]
        for _, periods in sorted(FACTORS.factor_periods.items()) for f in periods
    ]  # fmt: skip


def _coefficients() -> list[list[str]]:
    return [
        [table.id, table.period, str(table.verified), *(f"{c}={e}" for c, e in zip(table.columns, row, strict=True))]
        for _, periods in sorted(FACTORS.table_periods.items()) for table in periods for row in table.rows
    ]  # fmt: skip


def test_every_bought_thing_is_per_one_unit_and_one_interval_holds_its_value():
    for name in {f.product for f in FACTORS.factors.values() if f.product}:
        rows = FACTORS.product(str(name))
        assert len({row.per for row in rows}) == 1, name
    assert all(f.lower <= f.value <= f.upper for f in FACTORS.factors.values())


def test_methane_warms_more_when_fossil_and_over_twenty_years():
    gwp = {name: FACTORS[f"gwp.{name}"].value for name in ("AR6-100.ch4_fossil", "AR6-100.ch4_biogenic")}
    assert gwp == {"AR6-100.ch4_fossil": 29.8, "AR6-100.ch4_biogenic": 27.0}
    assert FACTORS["gwp.AR6-20.ch4_biogenic"].value > 2 * gwp["AR6-100.ch4_biogenic"]
    assert FACTORS["gwp.AR6-100.n2o"].value == 273


def test_a_missing_factor_is_an_error_that_names_its_neighbours():
    with pytest.raises(
        FactorError, match=r"no such factor — .* never a zero — nearest: .*n2o\.ef1\.synthetic\.wet"
    ):
        FACTORS["n2o.ef1.synthetic.moist"]
    with pytest.raises(FactorError, match=r"electricity\.CN-XX — no such product"):
        FACTORS.product("electricity.CN-XX")


def test_a_user_adds_numbers_under_the_same_obligations(tmp_path):
    own = _own(tmp_path, PUBLICATION + ROW)
    assert own["own.number"].source.title == "Measurements of our own"
    assert own.digest != FACTORS.digest


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda row: row.replace('locator = "sheet 1"\n', ""), "own.number.locator — Field required"),
        (lambda row: row.replace('unit = "kg/kg"\n', ""), "own.number.unit — Field required"),
        (lambda row: row.replace("year = 2025\n", ""), "own.number.year — Field required"),
        (lambda row: row.replace('region = "CN-GD"\n', ""), "own.number.region — Field required"),
        (
            lambda row: row.replace('interval = "range of three measurements"\n', ""),
            "own.number.interval — Field",
        ),
        (lambda row: row.replace("upper = 4.0\n", ""), "own.number.upper — Field required"),
        (lambda row: row.replace('"sheet 1"', '""'), "own.number.locator — String should have at least 1"),
        (lambda row: row.replace("verified = true\n", ""), "own.number.verified — Field required"),
        (lambda row: row.replace("lower = 1.0", "lower = 3.0"), "lower ≤ value ≤ upper does not hold"),
        (lambda row: row.replace("value = 2.0", "value = nan"), "finite"),
        (lambda row: row.replace("lower = 1.0", "lower = 0.0"), "lognormal number is positive"),
        (lambda row: row.replace("lognormal", "gamma"), "own.number.distribution"),
        (lambda row: row + 'product = "thing"\n', "product, substance and per"),
        (lambda row: row + 'colour = "red"\n', "own.number.colour — Extra inputs"),
        (lambda row: row.replace("own.number", "n2o.ef5"), "n2o.ef5 — stands twice"),
        (lambda row: row + "value = 3.0\n", "cannot be read"),
        (lambda row: row.replace("[[factor]]", "[[factors]]"), "only publication, factor and table"),
    ],
)
def test_a_number_without_its_obligations_is_refused(tmp_path, spoil, message):
    with pytest.raises(FactorError, match=message):
        _own(tmp_path, PUBLICATION + spoil(ROW))


def test_a_file_without_a_publication_is_refused(tmp_path):
    with pytest.raises(FactorError, match=r"own\.toml: publication\.title"):
        _own(tmp_path, ROW)


@pytest.mark.parametrize("field", ["title", "publisher", "year", "url", "licence"])
def test_a_publication_that_says_half_is_refused(tmp_path, field):
    half = "\n".join(line for line in PUBLICATION.splitlines() if not line.startswith(field))
    with pytest.raises(FactorError, match=rf"own\.toml: publication\.{field} — Field required"):
        _own(tmp_path, half + ROW)


@pytest.mark.parametrize("factor", FACTORS.factors.values(), ids=lambda factor: factor.id)
def test_quantiles_reproduce_the_published_interval(factor: Factor):
    low, middle, high = factor.quantile(np.array([0.025, 0.5, 0.975]))
    if factor.distribution in ("normal", "lognormal", "two_piece_normal"):
        assert (low, middle, high) == pytest.approx((factor.lower, factor.value, factor.upper), rel=1e-9)
    ends = factor.quantile(np.array([1e-12, 1 - 1e-12]))
    if factor.distribution in ("uniform", "triangular", "exact"):
        assert ends == pytest.approx((factor.lower, factor.upper), rel=1e-4, abs=1e-5)
    assert np.all(np.diff(factor.quantile(np.linspace(0.001, 0.999, 99))) >= 0)
    if factor.lower >= 0:
        assert ends[0] >= 0


SNAPSHOTS = {GOLDEN: _numbers, GOLDEN_TABLES: _coefficients}

if __name__ == "__main__":
    for path, taken in SNAPSHOTS.items():
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(taken())
