"""A number has a period; a file of one's own adds freely, replaces only aloud, and cannot hide what it did."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca_models.errors import FactorError
from lca_models.factor_files import MAX_BYTES
from lca_models.factors import Factor, FactorSet, shipped_factors

SHIPPED = shipped_factors()
PUBLICATION = """
[publication]
id = "own-2025"
title = "Measurements of our own"
publisher = "Sample Co-operative"
year = 2025
url = "https://example.org/own"
licence = "not for redistribution"
"""
GRID = "electricity.CN-GD.generation.co2_fossil"


def _row(**fields: object) -> str:
    described = {
        "id": "own.number", "name": "A number", "value": 2.0, "lower": 1.0, "upper": 4.0,
        "interval": "range of three measurements", "distribution": "lognormal", "unit": "kg CO2/kg",
        "region": "CN-GD", "year": 2025, "locator": "sheet 1", "verified": True,
    } | fields  # fmt: skip
    lines = [
        f"{name} = {str(value).lower() if isinstance(value, bool) else value if isinstance(value, float | int | date) else repr(value).replace(chr(39), chr(34))}"
        for name, value in described.items()
    ]
    return "\n".join(["[[factor]]", *lines, ""])


def _load(folder: Path, *rows: str, at: date | None = None) -> FactorSet:
    (folder / "own.toml").write_text(PUBLICATION + "\n".join(rows), encoding="utf-8")
    return FactorSet.load(folder / "own.toml", at=at)


def _board(**fields: object) -> str:
    return _row(
        **({"id": "own.board", "product": "packaging.board", "substance": "co2_fossil", "per": "kg"} | fields)
    )


# --- the value in force on a day


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2021, 1, 1), 0.4715), (date(2021, 12, 31), 0.4715), (date(2022, 1, 1), 0.4403), (None, 0.4403)],
)
def test_the_grid_factor_of_the_year_is_taken(day, value):
    factors = FactorSet.load(at=day)
    assert factors[GRID].value == value
    assert [row.value for row in factors.product("electricity.CN-GD")] == [value]


def test_three_years_of_the_national_grid_factor():
    values = [
        FactorSet.load(at=date(year, 7, 1))["electricity.CN.generation.co2_fossil"].value
        for year in (2021, 2022, 2023)
    ]
    assert values == [0.5568, 0.5366, 0.5306]


def test_a_day_without_a_value_is_an_error_that_names_the_periods():
    before = FactorSet.load(at=date(2019, 5, 1))
    with pytest.raises(
        FactorError,
        match=r"no factor in force on 2019-05-01 — in force: 2021-01-01 up to 2022-01-01; 2022-01-01 up to further notice",
    ):
        before[GRID]
    with pytest.raises(FactorError, match=r"electricity\.CN-GD — no product in force on 2019-05-01"):
        before.product("electricity.CN-GD")
    assert before["n2o.ef5"] == SHIPPED["n2o.ef5"]


def test_a_product_half_in_force_is_refused_not_half_counted(tmp_path):
    fuel = {"product": "own.fuel", "per": "kg", "substance": "co2_fossil"}
    rows = (
        _row(id="own.fuel.combustion", **fuel),
        _row(id="own.fuel.upstream", **fuel, valid_from=date(2024, 1, 1)),
    )
    assert len(_load(tmp_path, *rows, at=date(2024, 6, 1)).product("own.fuel")) == 2
    with pytest.raises(
        FactorError, match=r"own\.fuel — only in part in force on 2023-06-01 — own\.fuel\.upstream is not"
    ):
        _load(tmp_path, *rows, at=date(2023, 6, 1)).product("own.fuel")


def test_the_digest_is_that_of_the_numbers_in_force():
    assert FactorSet.load(at=date(2021, 7, 1)).digest != SHIPPED.digest
    assert FactorSet.load(at=date(2026, 7, 1)).digest == SHIPPED.digest == FactorSet.load().digest


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({}, {}, "own.number — stands twice — own-2025 has it too, in force always"),
        ({"valid_until": date(2024, 1, 2)}, {"valid_from": date(2024, 1, 1)}, "stands twice"),
        (
            {"valid_from": date(2024, 1, 1), "valid_until": date(2024, 1, 1)},
            {"id": "own.other"},
            "is not before valid_until",
        ),
    ],
)
def test_periods_of_one_number_do_not_overlap(tmp_path, first, second, message):
    with pytest.raises(FactorError, match=message):
        _load(tmp_path, _row(**first), _row(**second))


@given(day=st.dates(date(2000, 1, 1), date(2050, 1, 1)), edge=st.dates(date(2000, 1, 2), date(2049, 1, 1)))
def test_exactly_one_of_two_adjoining_periods_is_in_force(day, edge):
    base = SHIPPED["n2o.ef5"]
    early = base.model_copy(update={"valid_until": edge, "value": 0.001})
    late = base.model_copy(update={"valid_from": edge, "value": 0.002})
    assert FactorSet([late, early], at=day)["n2o.ef5"].value == (0.001 if day < edge else 0.002)
    assert FactorSet([late, early])["n2o.ef5"].value == 0.002


# --- files of one's own


def test_a_new_number_is_added_without_a_word(tmp_path):
    own = _load(tmp_path, _row())
    assert own["own.number"].licence == "not for redistribution"
    assert own.sources["own-2025"].publisher == "Sample Co-operative"
    assert own.overrides == ()
    assert own.digest != SHIPPED.digest


def test_a_shipped_number_is_replaced_only_aloud(tmp_path):
    row = {"id": "n2o.ef5", "unit": "kg N2O-N/kg N leached", "value": 0.0075, "lower": 0.0005, "upper": 0.025}
    with pytest.raises(
        FactorError, match=r"n2o\.ef5 — stands twice — ipcc-2019-v4-ch11 has it too.*override = true"
    ):
        _load(tmp_path, _row(**row))
    own = _load(tmp_path, _row(**row, override=True))
    assert own["n2o.ef5"].value == 0.0075
    assert [str(override) for override in own.overrides] == ["n2o.ef5: n2o.ef5 replaced by own-2025"]
    assert own.digest != SHIPPED.digest


def test_who_replaces_one_gas_replaces_the_product(tmp_path):
    own = _load(
        tmp_path, _board(product="fuel.diesel.agricultural", per="litre", unit="kg CO2/litre", override=True)
    )
    assert [factor.id for factor in own.product("fuel.diesel.agricultural")] == ["own.board"]
    (override,) = own.overrides
    assert len(override.replaced) == len(SHIPPED.product("fuel.diesel.agricultural"))
    assert "fuel.diesel.agricultural.upstream" in override.replaced


def test_adding_to_a_shipped_product_would_count_twice(tmp_path):
    with pytest.raises(
        FactorError,
        match=r"own\.board — adds to packaging\.board — desnz-2025 has it already, and rows of one product add up",
    ):
        _load(tmp_path, _board())


def test_an_override_replaces_all_periods(tmp_path):
    own = _load(
        tmp_path,
        _row(
            id=GRID,
            product="electricity.CN-GD",
            per="kWh",
            substance="co2_fossil",
            unit="kg/kWh",
            override=True,
        ),
    )
    assert [row.value for row in own.factor_periods[GRID]] == [2.0]
    assert FactorSet.load(tmp_path / "own.toml", at=date(2021, 7, 1))[GRID].value == 2.0


def test_an_override_of_nothing_is_a_slip(tmp_path):
    with pytest.raises(FactorError, match=r"own\.numbre — overrides nothing"):
        _load(tmp_path, _row(id="own.numbre", override=True))


def test_a_table_is_overridden_like_a_number(tmp_path):
    table = """
[[table]]
id = "refrigerant.blends"
name = "Blends of our supplier"
unit = "kg/kg"
locator = "data sheet"
verified = true
region = "CN"
year = 2025
interval = "nominal"
override = true
columns = ["blend", "hfc-32"]
rows = [["R999", 1.0]]
"""
    assert _load(tmp_path, table).table("refrigerant.blends").column("blend") == ("R999",)


def test_later_files_lie_on_earlier_ones(tmp_path):
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(PUBLICATION + _row(), encoding="utf-8")
    second.write_text(
        PUBLICATION.replace("own-2025", "own-2026") + _row(value=3.0, override=True), encoding="utf-8"
    )
    assert FactorSet.load(first, second)["own.number"].value == 3.0
    with pytest.raises(FactorError, match="overrides nothing"):
        FactorSet.load(second, first)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("factor = 3\n" + PUBLICATION, "factor is not a list of tables"),
        (PUBLICATION + _row(name="\x1b[2J gone").replace("\\x1b", "\\u001b"), r"own\.number\.name"),
        (PUBLICATION + _row(name="x" * 2001), r"own\.number\.name"),
        (PUBLICATION + _row(product="a b", substance="co2_fossil", per="kg"), r"own\.number\.product"),
        (PUBLICATION + "#" * MAX_BYTES, "larger than 4 MiB"),
        (PUBLICATION.replace("https://example.org/own", "file:///etc/passwd"), r"publication\.url"),
        ("\x00", "cannot be read"),
        ("[[[[", "cannot be read"),
        ("a = " + "[" * 5000, "cannot be read"),
        ("a = " + "1" * 6000, "cannot be read"),
    ],
    ids=["shape", "terminal escape", "a book for a name", "blank in a product", "size", "url", "bytes", "toml", "depth", "digits"],
)  # fmt: skip
def test_hostile_files_are_refused(tmp_path, text, message):
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FactorError, match=message):
        FactorSet.load(tmp_path / "own.toml")


# --- where a number is used


def test_a_number_knows_the_products_it_enters():
    assert SHIPPED.users("packaging.board.manufacture") == ("packaging.board",)
    assert SHIPPED.users("n2o.ef5") == ()
    warmed = SHIPPED.users("gwp.AR6-100.n2o")
    assert "transport.truck.artic33" in warmed
    assert "packaging.board" not in warmed


def test_an_id_is_a_number_or_a_table_never_both():
    factor: Factor = SHIPPED["n2o.ef5"].model_copy(update={"id": "refrigerant.blends"})
    with pytest.raises(FactorError, match=r"refrigerant\.blends — is a number and a table"):
        FactorSet([factor], [SHIPPED.table("refrigerant.blends")])
