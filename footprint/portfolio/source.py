"""Where the products come from: a CSV or Parquet table, or a folder of records; read as a stream, twice.

The first pass counts the products, takes the digest and refuses an id that stands twice; the second hands out shards.
"""

import csv
import hashlib
import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from footprint import records
from footprint.errors import InputError, Problem, RecordError
from footprint.portfolio.shard import Product, Shard
from footprint.portfolio.template import Cell

ID = "id"
_LONGEST_CELL = 2000
_RECORDS = (".toml", ".json")
_ROWS_AT_ONCE = 4096


class Source(ABC):
    """Products in a fixed order.

    Args:
        path: the file or folder.
    """

    headers: tuple[str, ...] = ()
    """Of the columns laid over the template; none for whole records."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @staticmethod
    def open(path: Path) -> "Source":
        """A table by the ending of its name, or a folder.

        Raises:
            InputError: it is neither, cannot be read, or has no column `id`.
        """
        if path.is_dir():
            return _Folder(path)
        kinds: dict[str, type[Source]] = {".csv": _Csv, ".parquet": _Parquet}
        if path.suffix not in kinds:
            fix = "give a .csv or .parquet file, or a folder of .toml or .json records"
            raise InputError(
                Problem(str(path), "is no portfolio", "it is told by the ending of its name", fix)
            )
        try:
            return kinds[path.suffix](path)
        except (OSError, pa.ArrowException, csv.Error, UnicodeDecodeError) as error:
            raise _unreadable(path, error) from error

    @property
    @abstractmethod
    def digest(self) -> str:
        """SHA-256 of everything that is read."""

    @abstractmethod
    def products(self) -> Iterator[Product]:
        """One after the other, counted from 1."""

    def count(self) -> int:
        """How many products there are.

        Raises:
            InputError: none, or two of one id.
        """
        seen: set[str] = set()
        for product in self._safely():
            if product.id in seen:
                what = f"the id {product.id[:60]!r} stands twice, again in row {product.number}"
                raise InputError(
                    Problem(self.path.name, what, "results are joined by it", "give each its own id")
                )
            seen.add(product.id)
        if not seen:
            raise InputError(Problem(self.path.name, "has no products", "", "give at least one"))
        return len(seen)

    def shards(self, size: int) -> Iterator[Shard]:
        """All products, so many at a time.

        Args:
            size: products in each shard but the last.
        """
        products = self._safely()
        number = 0
        while some := tuple(islice(products, size)):
            yield Shard(number, some)
            number += 1

    def _safely(self) -> Iterator[Product]:
        try:
            yield from self.products()
        except (OSError, pa.ArrowException, csv.Error, UnicodeDecodeError) as error:
            raise _unreadable(self.path, error) from error


class _Folder(Source):
    """Records of any form, one file each; its path inside the folder is its id."""

    @property
    def digest(self) -> str:
        found = hashlib.sha256()
        for path in self._files():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{self._id(path)}\0{content}\n".encode())
        return "sha256:" + found.hexdigest()

    def products(self) -> Iterator[Product]:
        for number, path in enumerate(self._files(), start=1):
            try:
                yield Product(number, self._id(path), file=records.read(path))
            except RecordError as error:
                yield Product(number, self._id(path), problems=error.problems)

    def count(self) -> int:
        files = sum(1 for _ in self._files())
        if not files:
            fix = "give a folder of .toml or .json records"
            raise InputError(Problem(str(self.path), "has no records", "", fix))
        return files

    def _files(self) -> list[Path]:
        found = (path for path in self.path.rglob("*") if path.suffix in _RECORDS and path.is_file())
        return sorted(found, key=self._id)

    def _id(self, path: Path) -> str:
        return path.relative_to(self.path).as_posix()


class _Table(Source):
    """A row for each product."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        names = self._names()
        if names.count(ID) != 1:
            fix = f"name one column {ID!r}: what you call the product by"
            raise InputError(
                Problem(path.name, f"has {names.count(ID)} columns {ID!r}", "results are joined by it", fix)
            )
        self._id_at = names.index(ID)
        self.headers = tuple(name for name in names if name != ID)
        self._width = len(names)

    @property
    def digest(self) -> str:
        with self.path.open("rb") as stream:
            return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()

    def products(self) -> Iterator[Product]:
        for number, row in enumerate(self._rows(), start=1):
            yield self._product(number, row)

    @abstractmethod
    def _names(self) -> list[str]:
        """Of all columns."""

    @abstractmethod
    def _rows(self) -> Iterable[list[Cell]]:
        """The cells of each product, the empty ones `None`."""

    def _product(self, number: int, row: list[Cell]) -> Product:
        name = row[self._id_at] if len(row) > self._id_at else None
        if name is None:
            raise InputError(
                Problem(self.path.name, f"row {number} has no {ID}", "results are joined by it", "fill it in")
            )
        if len(row) != self._width:
            what, why = f"has {len(row)} cells", f"the header names {self._width} columns"
            return Product(
                number, name, problems=(Problem("", what, why, "put a cell with a comma in quotes"),)
            )
        if long := next((cell for cell in row if cell is not None and len(cell) > _LONGEST_CELL), None):
            what, why = f"a cell of {len(long)} characters", f"none is longer than {_LONGEST_CELL}"
            return Product(number, name[:_LONGEST_CELL], problems=(Problem("", what, why, "shorten it"),))
        cells = (*row[: self._id_at], *row[self._id_at + 1 :])
        return Product(number, name, cells)


class _Csv(_Table):
    """Comma-separated, UTF-8; every cell is text."""

    def _names(self) -> list[str]:
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            return next(csv.reader(stream, strict=True), [])

    def _rows(self) -> Iterator[list[Cell]]:
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            for row in islice(csv.reader(stream, strict=True), 1, None):
                if row:
                    yield [cell.strip() or None for cell in row]


class _Parquet(_Table):
    """Flat columns of text, numbers, dates or yes and no."""

    def _names(self) -> list[str]:
        schema = pq.read_schema(self.path)
        for field in schema:
            if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
                why, fix = "a cell holds one answer", "write text or a number"
                raise InputError(Problem(field.name, f"is a column of {field.type}", why, fix))
        return list(schema.names)

    def _rows(self) -> Iterator[list[Cell]]:
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(_ROWS_AT_ONCE):
                columns = [map(_text, column.to_pylist()) for column in batch.columns]
                yield from map(list, zip(*columns, strict=True))


def _text(value: object) -> Cell:
    """A cell as somebody would have typed it; not a number stays what it is, and is refused as an answer.

    >>> [_text(value) for value in (None, " ", 980, 0.1, 1e-12, float("nan"), Decimal("1E+2"), True)]
    [None, None, '980', '0.1', '1e-12', 'nan', '100', 'true']
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        plain = f"{value:.9f}".rstrip("0").rstrip(".")
        # Digits that a plain decimal cannot hold are left to the record to refuse, never rounded to nothing.
        return (
            plain if math.isfinite(value) and math.isclose(float(plain), value, rel_tol=1e-9) else repr(value)
        )
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).strip() or None


def _unreadable(path: Path, error: Exception) -> InputError:
    why = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return InputError(
        Problem(str(path), "cannot be read", why, "check the file; save a table as UTF-8 CSV or Parquet")
    )
