"""A footprint as a table for spreadsheets, in which no text can act as a formula.

Names come from records that somebody else may have written. A spreadsheet runs text that begins like a formula
(OWASP, *CSV Injection*): in CSV such text gets an apostrophe in front, in a workbook every text is stored as text.
"""

import io
import re
import unicodedata
from typing import TYPE_CHECKING, get_args

from footprint.errors import InputError, Problem
from footprint.frames import Table, frame
from footprint.result import Footprint

if TYPE_CHECKING:
    from openpyxl.cell import Cell

TABLES: tuple[Table, ...] = get_args(Table)
LONGEST_CELL = 32_767
"""Characters a cell of a workbook holds (ECMA-376)."""
_STARTS = frozenset("=+-@\t\r\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold."""


def csv_table(footprint: Footprint, table: Table) -> bytes:
    """One table as CSV, in UTF-8.

    Args:
        footprint: the footprint.
        table: `ledger`, `causes` or `factors`.
    """
    data = frame(footprint, table)
    texts = data.select_dtypes(exclude="number").columns
    data[texts] = data[texts].map(plain)
    # The line ends of RFC 4180: with others, a carriage return inside a text is not quoted and begins a row.
    return data.to_csv(index=False, lineterminator="\r\n").encode()


def plain(value: object) -> object:
    """A value as no spreadsheet takes it for a formula; wide forms of the signs are signs too.

    Args:
        value: of a cell.

    Example:
        >>> plain("=1+1"), plain("＝1+1"), plain("lychee"), plain(-1.0)
        ("'=1+1", "'＝1+1", 'lychee', -1.0)
    """
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def _is_formula(text: str) -> bool:
    return unicodedata.normalize("NFKC", text[:1])[:1] in _STARTS


def workbook(footprint: Footprint) -> bytes:
    """All tables as an Excel workbook, a sheet for each.

    Args:
        footprint: the footprint.

    Raises:
        InputError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        fix = 'pip install "agrifood-footprint[excel]", or write CSV'
        raise InputError(Problem("workbook", "cannot be written", "openpyxl is missing", fix)) from error
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in TABLES:
        data = frame(footprint, table)
        sheet = book.create_sheet(table)
        sheet.freeze_panes = "A2"
        for row, values in enumerate((list(data.columns), *data.itertuples(index=False)), start=1):
            for column, value in enumerate(values, start=1):
                _fill(sheet.cell(row, column), value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(cell: "Cell", value: object) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _CONTROL.sub("", value)[:LONGEST_CELL]
    cell.data_type = "s"  # openpyxl takes text that begins with = for a formula
    if _is_formula(value):
        cell.quotePrefix = True
