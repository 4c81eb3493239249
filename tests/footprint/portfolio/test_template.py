"""A column laid over a template gives the record somebody would have written, and is judged as that record is."""

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import InputError, RecordError
from footprint.portfolio.shape import shaped
from footprint.portfolio.template import Template
from footprint.records import read_answers
from footprint.switches import find
from lca_models.product_system import ProductSystem

EXAMPLES = [
    path
    for path in sorted(Path("examples").rglob("*.toml"))
    # A lot bought with a passport needs that passport, made elsewhere.
    if {"routes", "product"} <= set(read_answers(path)) and "gtin = " not in path.read_text(encoding="utf-8")
]


def _amounts(part, way=()):
    """Every amount of a record by its place."""
    items = part.items() if isinstance(part, dict) else enumerate(part, 1) if isinstance(part, list) else ()
    for key, value in items:
        if key == "amount" and isinstance(value, str):
            yield ".".join(map(str, (*way, key))), value
        else:
            yield from _amounts(value, (*way, key))


def _written(answers, cells):
    record = copy.deepcopy(answers)
    for place, cell in cells.items():
        find(record, place).container["amount"] = cell
    return record


def _problems(read):
    try:
        read()
    except RecordError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_any_amounts_of_any_example_read_as_if_they_stood_in_the_record(path, data):
    answers = read_answers(path)
    amounts = dict(_amounts(answers))
    places = data.draw(st.lists(st.sampled_from(sorted(amounts)), min_size=1, max_size=6, unique=True))
    numbers = st.sampled_from(["0", "0.0001", "-1", "1", "17.5", "99999"])
    cells = {}
    for place in places:
        number, _, unit = amounts[place].partition(" ")
        bare = number.rstrip("%")
        cells[place] = f"{data.draw(numbers | st.just(bare))} {unit or number[len(bare) :]}".rstrip()
    template = Template(answers, places)
    refused = _problems(lambda: ProductSystem.of(_written(answers, cells)))
    assert _problems(lambda: template.shaped(list(cells.values()))) == refused
    if refused:
        return
    expected = ProductSystem.of(_written(answers, cells))
    got = template.shaped(list(cells.values()))
    assert got.system == expected
    assert got.amounts == shaped(expected).amounts
    assert template.digest(got.system) == expected.digest


def test_products_whose_columns_say_the_same_kind_of_thing_have_one_shape(lychee_answers):
    template = Template(
        lychee_answers, ["product.name", "orchard.diesel.amount [litre]", "orchard.irrigation"]
    )
    rows = [
        ("east", "980", "5600 kWh"),
        ("west", "800", "4000 kWh"),
        ("west", "800", "0 kWh"),
        ("w", None, "1 kWh"),
    ]
    with pytest.raises(RecordError, match="there is no amount"):
        template.shaped(rows[3])
    east, west, none = (template.shaped(row).shape for row in rows[:3])
    assert east == west != none


def test_an_empty_cell_is_not_answered_and_never_zero(lychee_answers):
    columns = ["orchard.diesel.amount", "orchard.diesel.source"]
    with pytest.raises(RecordError, match=r"orchard\.diesel .*there is no amount"):
        Template(lychee_answers, columns).shaped([None, "receipt"])


def test_a_column_may_hold_choices_whole_numbers_and_names(lychee_answers):
    template = Template(lychee_answers, ["kiln.feedstock", "orchard.land_use.planted", "product.name"])
    got = template.shaped(["dry", "2001", '荔枝 "north"']).system
    assert (got.kiln.feedstock, got.orchard.land_use.planted) == ("dry", 2001)
    assert template.digest(got) == got.digest


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("nan litre", "is not one plain number"),
        ("inf litre", "is not one plain number"),
        ("1,5 litre", "is not one plain number"),
        ("9**9**9 litre", "is not one plain number"),
        ("980", "has no unit"),
        ("980 kWh", "is an energy"),
        ("-3 litre", "is negative"),
        ("980 littre", "is not known"),
    ],
)
def test_a_cell_the_record_would_refuse_is_refused(lychee_answers, cell, what):
    with pytest.raises(RecordError, match=what):
        Template(lychee_answers, ["orchard.diesel.amount"]).shaped([cell])


def test_a_whole_number_of_too_many_digits_is_refused_and_never_cut(lychee_answers):
    with pytest.raises(RecordError, match=r"orchard\.land_use\.planted"):
        Template(lychee_answers, ["orchard.land_use.planted"]).shaped(["1998" + "0" * 20])


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        (["orchard.deisel.amount"], "did you mean diesel"),
        (["orchard.fertilisers.9.amount"], "has 3 entries"),
        (["orchard.prunings"], "is a whole section"),
        (["orchard.diesel", "orchard.diesel.amount [litre]"], "stands in two columns"),
        (["orchard.diesel.amount [litre"], "is not the name of a column"),
    ],
)
def test_a_column_that_names_no_answer_is_refused_before_any_product(lychee_answers, headers, what):
    with pytest.raises((InputError, RecordError), match=what):
        Template(lychee_answers, headers)
