"""Tables and folders as people hand them in, the broken ones too."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from footprint.errors import InputError
from footprint.portfolio.source import Source


def _cells(path):
    return [(product.id, product.cells) for product in Source.open(path).products()]


def test_the_same_portfolio_as_csv_and_as_parquet(tmp_path, table):
    columns = {"id": ["a", "b"], "x [kg]": [980, 1210], "y": ["5 kWh", None]}
    pq.write_table(pa.table(columns), tmp_path / "lots.parquet")
    path = table([["a", "980", "5 kWh"], ["b", "1210", ""]], header=list(columns))
    assert (
        _cells(tmp_path / "lots.parquet") == _cells(path) == [("a", ("980", "5 kWh")), ("b", ("1210", None))]
    )


def test_numbers_of_a_parquet_column_come_as_typed_and_nan_stays_nan(tmp_path):
    numbers = pa.array([0.1, 12.0, float("nan"), float("inf"), None, 1e-12, 1e20])
    pq.write_table(pa.table({"id": list("abcdefg"), "x": numbers}), tmp_path / "lots.parquet")
    cells = [cells[0] for _, cells in _cells(tmp_path / "lots.parquet")]
    assert cells == ["0.1", "12", "nan", "inf", None, "1e-12", "100000000000000000000"]


def test_a_row_with_too_few_cells_is_a_problem_of_its_product(table):
    path = table([["a", "1", "2"], ["b", "1"]], header=["id", "x", "y"])
    good, bad = Source.open(path).products()
    assert not good.problems
    assert "has 2 cells" in str(bad.problems[0])


def test_shards_hold_every_product_once_and_in_order(table):
    source = Source.open(table([[f"lot-{n}", "1"] for n in range(10)], header=["id", "x"]))
    shards = list(source.shards(4))
    assert [len(shard.products) for shard in shards] == [4, 4, 2]
    assert [product.number for shard in shards for product in shard.products] == list(range(1, 11))


def test_a_folder_names_its_records_by_their_files(tmp_path):
    for name in ("b.toml", "a/c.json", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert [product.id for product in Source.open(tmp_path).products()] == ["a/c.json", "b.toml"]


def test_another_byte_is_another_input(table):
    digests = {Source.open(table([["a", amount]], header=["id", "x"])).digest for amount in ("1", "2", "1")}
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("header", "rows", "what"),
    [
        (["name", "x"], [["a", "1"]], "has 0 columns 'id'"),
        (["id", "id"], [["a", "1"]], "has 2 columns 'id'"),
        (["id", "x"], [["a", "1"], ["a", "2"]], "the id 'a' stands twice, again in row 2"),
        (["id", "x"], [["", "1"]], "row 1 has no id"),
        (["id", "x"], [], "has no products"),
    ],
)
def test_a_table_whose_products_cannot_be_told_apart_is_refused(table, header, rows, what):
    with pytest.raises(InputError, match=what):
        Source.open(table(rows, header=header)).count()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("lots.parquet", b"PAR1 no PAR1", "cannot be read"),
        ("lots.csv", b'id,x\na,"1\n', "cannot be read"),
        ("lots.csv", "id,x\nlitschi-früh,1\n".encode("latin-1"), "cannot be read"),
        ("lots.xlsx", b"", "is no portfolio"),
        ("lots.csv", b"", "has 0 columns 'id'"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=what):
        Source.open(tmp_path / name).count()


def test_a_column_of_lists_is_refused(tmp_path):
    pq.write_table(pa.table({"id": ["a"], "x": [[1, 2]]}), tmp_path / "lots.parquet")
    with pytest.raises(InputError, match="a cell holds one answer"):
        Source.open(tmp_path / "lots.parquet")


def test_nothing_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        Source.open(tmp_path / "lots.csv")
    with pytest.raises(InputError, match="has no records"):
        Source.open(tmp_path).count()
