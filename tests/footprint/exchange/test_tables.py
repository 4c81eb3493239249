"""A lender's analyst opens a stranger's footprint in a spreadsheet."""

import csv
import io

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from footprint.cli import cli
from footprint.exchange.tables import TABLES, csv_table, plain, workbook
from footprint.result import Contribution

HOSTILE = ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "＋1", "－1", "＠x"]


@pytest.fixture
def with_cause(footprint):
    """The season's footprint with a cause of some name."""

    def make(label):
        first, *others = footprint.contributions
        cause = Contribution(label=label, stage=first.stage, kg_co2e=first.kg_co2e, factors=first.factors)
        return footprint.model_copy(update={"contributions": (cause, *others)})

    return make


@pytest.mark.parametrize("label", HOSTILE)
def test_no_text_of_a_csv_file_is_a_formula(with_cause, label):
    content = csv_table(with_cause(label), "causes").decode()
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert rows[0]["label"] == f"'{label}"


def test_a_line_end_inside_a_text_begins_no_row(with_cause, footprint):
    for label in ("kiln\r=1+1", "kiln\n=1+1", 'kiln",\r\n=1+1'):
        content = csv_table(with_cause(label), "causes").decode()
        rows = list(csv.reader(io.StringIO(content, newline="")))
        assert len(rows) == 1 + len(footprint.contributions)
        assert not any(cell.startswith("=") for row in rows for cell in row)


@pytest.mark.parametrize("label", HOSTILE)
def test_no_text_of_a_workbook_is_a_formula(with_cause, label):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(with_cause(label))))["causes"]
    cell = sheet.cell(2, [one.value for one in sheet[1]].index("label") + 1)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.strip() == label.strip()


@given(st.text())
def test_what_is_guarded_begins_with_an_apostrophe_and_the_rest_is_untouched(text):
    guarded = plain(text)
    assert guarded in (text, f"'{text}")
    assert guarded[:1] not in tuple("=+-@\t\r\n") or guarded == ""


def test_numbers_stay_numbers(footprint):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(workbook(footprint)))
    assert tuple(book.sheetnames) == TABLES
    sheet = book["ledger"]
    column = [one.value for one in sheet[1]].index("kg_co2e")
    total = sum(row[column] for row in sheet.iter_rows(min_row=2, values_only=True))
    assert total == pytest.approx(float(footprint.gross_kg_co2e), abs=1e-4)


def test_characters_no_workbook_holds(with_cause):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(with_cause("a\x00b\x1f\uffffc" + "x" * 40_000))))[
        "causes"
    ]
    text = sheet.cell(2, [one.value for one in sheet[1]].index("label") + 1).value
    assert text.startswith("abc")
    assert len(text) == 32_767


def test_on_the_command_line(footprint, tmp_path):
    pytest.importorskip("openpyxl")
    read, written = tmp_path / "footprint.json", tmp_path / "tables.xlsx"
    read.write_text(footprint.model_dump_json(), encoding="utf-8")
    done = CliRunner().invoke(cli, ["table", str(read), "ledger", "--out", str(written)])
    assert done.exit_code == 0, done.output
    assert written.read_bytes()[:2] == b"PK"
