"""What no validation and no deduction can be made of is refused, with the row and the fix."""

from pathlib import Path

import pytest

from footprint.errors import InputError
from footprint.mrv import Bounds, Plan, deduct, read_cut_off, read_project, read_stocks, validate
from footprint.mrv.reading import read_validation
from tests.mrv.conftest import HEAD, PLOTS, plots, row, steady, world

GOOD = [row("A", 2000, 40), row("A", 2010, 44), row("B", 2000, 50), row("B", 2010, 54)]


def _with(number: int, column: str, value: object) -> list[tuple[object, ...]]:
    return [
        tuple(
            value if at == number and name == column else cell for name, cell in zip(HEAD, cells, strict=True)
        )
        for at, cells in enumerate(GOOD)
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (_with(1, "split", "calibration"), "A — is in calibration and in validation"),
        (_with(1, "se", ""), "row 3 — se is missing — missing is never zero"),
        (_with(1, "se", "0"), "row 3 — se is 0"),
        (_with(1, "se", "nan"), "se 'nan' is no number"),
        (_with(1, "stock", "-44"), "stock is -44"),
        (_with(1, "stock", "NaN"), "stock 'NaN' is no number"),
        (_with(1, "stock", "1e999"), "stock is 1e999"),
        (_with(1, "stock", "44,0"), "stock '44,0' is no number"),
        (_with(1, "unit", ""), "3.67 tonnes of CO2"),
        (_with(1, "unit", "t CO2e"), "unit 't CO2e'"),
        (_with(1, "unit", "t/ha"), "unit 't/ha'"),
        (_with(1, "depth_cm", "60"), "has stocks of 30 cm, 60 cm"),
        (_with(1, "year", "2000"), "A — stands twice in 2000"),
        (_with(1, "n", "1"), "n '1' is not a whole number of 2 or more"),
        (_with(1, "split", "both"), "split 'both' is not understood"),
        (GOOD[:2], "has 1 site to validate on"),
        (GOOD[:3], "B — was measured once"),
        ([], "has no rows"),
    ],
)
def test_stocks_nobody_can_compare_are_refused(table, rows, message):
    with pytest.raises(InputError, match=message):
        read_stocks(table(HEAD, rows))


def test_all_that_is_wrong_is_said_at_once(table):
    with pytest.raises(InputError) as caught:
        read_stocks(table(HEAD, [("A", "x", "-1", "kg", "", 5, 30, "validation")]))
    assert len(caught.value.problems) >= 4


def test_a_column_nobody_knows_is_not_silently_ignored(table):
    with pytest.raises(InputError, match="column 'correction' is not known"):
        read_stocks(table((*HEAD, "correction"), [(*cells, "1") for cells in GOOD]))


def test_a_missing_column_is_named(table):
    with pytest.raises(InputError, match="has no column 'unit'"):
        read_stocks(table([name for name in HEAD if name != "unit"], [(*c[:3], *c[4:]) for c in GOOD]))


def test_stocks_in_tonnes_of_co2_are_read_as_carbon(table):
    rows = [(*cells[:2], repr(float(cells[2]) * 44 / 12), "t CO2/ha", repr(cells[4] * 44 / 12), *cells[5:]) for cells in GOOD]  # fmt: skip
    one, other = (read_stocks(table(HEAD, found)) for found in (GOOD, rows))
    assert other.sites[0].stocks_t_c_per_ha == pytest.approx(one.sites[0].stocks_t_c_per_ha)
    assert other.sites[0].errors_t_c_per_ha == pytest.approx(one.sites[0].errors_t_c_per_ha)


def test_a_table_as_parquet_is_the_same_table(table, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    rows = [(c[0], c[1], float(c[2]), *c[3:]) for c in GOOD]
    path = tmp_path / "stocks.parquet"
    pq.write_table(pa.table({name: [cells[i] for cells in rows] for i, name in enumerate(HEAD)}), path)
    assert read_stocks(path).sites[1].stocks_t_c_per_ha.tolist() == [50.0, 54.0]


@pytest.mark.parametrize(
    ("fit", "message"),
    [
        ({"rate": Bounds(0, 1)}, "has no parameter 'rate'"),
        ({"gain": Bounds(0, 1)}, "there is no calibration site"),
    ],
)
def test_a_fit_that_cannot_be_made_is_refused(table, fit, message):
    with pytest.raises(InputError, match=message):
        validate(steady(), read_stocks(table(HEAD, world(4))), fit=fit)


@pytest.mark.parametrize(
    "text", ["gain", "gain=1", "gain=2:1", "gain=a:b", "=0:1", "gain=0:inf", "gain=nan:1"]
)
def test_bounds_nobody_can_mean_are_refused(text):
    with pytest.raises(InputError, match="is not understood"):
        Bounds.parse(text)


def test_more_parameters_than_measurements_fit_anything_and_are_refused(table):
    rows = [(*r[:7], "calibration") for r in GOOD[:2]] + [(f"v{r[0]}", *r[1:]) for r in GOOD]
    with pytest.raises(InputError, match="1 parameters for 1 measured changes"):
        validate(steady(), read_stocks(table(HEAD, rows)), fit={"gain": Bounds(0, 1)})


PLAN = Plan("vm0042", "dynamic", 5, 0.0)


def test_a_model_that_failed_credits_nothing(table):
    failed = validate(steady(0.9), read_stocks(table(HEAD, world(20))))
    project = read_project(table(PLOTS, plots([2.0, 2.2, 2.4], [0.0, 0.1])))
    with pytest.raises(InputError, match="failed: bias"):
        deduct(project, PLAN, validation=failed)


def test_a_period_longer_than_the_validation_is_refused(table):
    checked = validate(steady(), read_stocks(table(HEAD, world(20, seed=3))))
    project = read_project(table(PLOTS, plots([2.0, 2.2, 2.4], [0.0, 0.1])))
    with pytest.raises(InputError, match=r"11 years, and half the validation is of 10 or fewer"):
        deduct(project, Plan("vm0042", "dynamic", 11, 0.0), validation=checked)


def test_a_modelled_baseline_needs_its_validation(table):
    rows = plots([2.0, 2.2]) + [("north", 100.0, f"b{i}", "baseline", "0.1", "t C/ha") for i in range(2)]
    with pytest.raises(InputError, match="no validation is given"):
        deduct(read_project(table(PLOTS, rows)), Plan("vm0042", "hybrid", 5, 0.0), validation=None)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (plots([2.0]), "north has one plot as project"),
        (plots([], [0.1, 0.2]), "north has no plots of the project"),
        (plots([2.0, 2.1]) + plots([2.0, 2.1], area_ha=50), "50 ha here, 100 above"),
        (plots([2.0, 2.1]) * 2, "stands twice as project"),
        ([(*r[:5], "t CO2e") for r in plots([2.0, 2.1])], "unit 't CO2e'"),
        ([(r[0], -1.0, *r[2:]) for r in plots([2.0, 2.1])], "area_ha is -1.0"),
        ([(*r[:3], "donor", *r[4:]) for r in plots([2.0, 2.1])], "role 'donor' is not understood"),
    ],
)
def test_plots_nobody_can_compare_are_refused(table, rows, message):
    with pytest.raises(InputError, match=message):
        read_project(table(PLOTS, rows))


def test_an_unknown_rule_is_refused_and_the_known_ones_are_named(table):
    project = read_project(table(PLOTS, plots([2.0, 2.2], [0.0, 0.1])))
    with pytest.raises(InputError, match="rules: vm0042"):
        deduct(project, Plan("generous", "dynamic", 5, 0.0), validation=None)


CUT_OFF = ("source", "amount_t_co2e", "included", "reason")


def test_six_percent_left_out_is_too_much_and_the_largest_is_named_first(table):
    rows = [("soil", -940, "yes", ""), ("diesel", 20, "no", "small"), ("lime", 40, "no", "small")]
    with pytest.raises(InputError, match=r"6.0% of the total is left out: lime 4.0%, diesel 2.0%"):
        read_cut_off(table(CUT_OFF, rows))


def test_four_percent_left_out_is_told(table):
    rows = [("soil", -960, "yes", ""), ("lime", 40, "no", "the same in both scenarios")]
    found = read_cut_off(table(CUT_OFF, rows))
    assert [(str(one.source), float(one.share)) for one in found.sources] == [("soil", 0.96), ("lime", 0.04)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("soil", -960, "yes", ""), ("lime", "", "no", "unknown")], "amount_t_co2e is missing"),
        ([("soil", -960, "yes", ""), ("lime", 10, "no", "")], "lime is left out without a reason"),
        ([("soil", -960, "yes", ""), ("soil", 10, "yes", "")], "soil stands twice"),
        ([("soil", 0, "yes", "")], "all amounts are zero"),
        ([("soil", -960, "maybe", "")], "included 'maybe' is not understood"),
    ],
)
def test_a_cut_off_that_hides_something_is_refused(table, rows, message):
    with pytest.raises(InputError, match=message):
        read_cut_off(table(CUT_OFF, rows))


@pytest.mark.parametrize("read", [read_stocks, read_project, read_cut_off, read_validation])
def test_an_endless_file_is_not_read_to_its_end(read):
    with pytest.raises(InputError, match="is larger than 32 MiB"):
        read(Path("/dev/zero"))
