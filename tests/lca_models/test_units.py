"""A quantity is exact or refused: nothing in between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from lca_models.errors import QuantityError
from lca_models.units import Area, Mass, Quantity, Temperature, dimension_of, jin, kg, mu, parse, tonne


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("12 mu", "ha", 0.8),
        ("15 mu", "m2", 10_000),
        ("1 rai", "m2", 1600),
        ("2 sào Bắc Bộ", "m2", 720),
        ("2 sào Trung Bộ", "m2", 1000),
        ("850 jin", "kg", 425),
        ("2 dan", "kg", 100),
        ("3担", "jin", 300),
        ("9.6 t", "kg", 9600),
        ("5 吨", "t", 5),
        ("180 kWh", "MJ", 648),
        ("100 度", "kWh", 100),
        ("1 m3", "litre", 1000),
        ("36 hours", "day", 1.5),
        ("4 %", "", 0.04),
        ("8 元/斤", "CNY/kg", 16),
        ("-3 degC", "degC", -3),
        ("0.5 mol/mol", "mol/mol", 0.5),
    ],
)
def test_local_and_si_units_convert_exactly(text, unit, amount):
    assert parse(text).to(unit) == pytest.approx(amount, rel=1e-12)


REFUSED = """
180|1,5 kg|1.5.2 kg|1 500 kg|1'500 kg|1_500 kg|1e3 kg|1E3kg|+5 kg|--5 kg|.5 kg|5. kg|005 kg|5 kg kg|5 kg 3 g|5kg+3kg
kg|mu|ton|5 ton|5 tons|5 M|5 cal|5 gal|3 gallon|2 oz|10 bag|10 bags|10 袋|10 箱|3 sào|3 sao|5 KG|5 Kg|5 Mu|5 MU|1 acre
NaN kg|nan|inf kg|Infinity kg|1e400 kg|9**9**9 kg|0x10 kg|５ kg|٥ kg|½ kg|5–6 kg|5-6 kg|~5 kg|<5 kg|>5 kg|5 kg?|ca. 5 kg
five kg|5\u00a0kg| 5 kg|5  kg|5\tkg|5\nkg|1 milli-amu|5 m²2|5 dollars|5 元|5 %%|__import__('os') kg|5 kg; 3 t|1/2 t|3×2 kg
""".replace("\n", "|").split("|")  # fmt: skip


@pytest.mark.parametrize("text", [text for text in REFUSED if text])
def test_an_ambiguous_quantity_is_refused(text):
    with pytest.raises(QuantityError):
        parse(text)


def test_there_are_sixty_ways_to_be_ambiguous():
    assert len([text for text in REFUSED if text]) >= 60


@pytest.mark.parametrize("value", [180, 1.5, None, True, b"5 kg", ["5 kg"], {"amount": 5}, "5 kg" * 40])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(QuantityError):
        parse(value)


def test_the_message_says_what_why_and_how():
    with pytest.raises(QuantityError, match=r"180.*no unit.*can mean anything.*'180 kg'"):
        parse("180")
    with pytest.raises(QuantityError, match=r"metric tonne, a short ton.*one meaning.*write 't'"):
        parse("3 ton")


class Field(BaseModel):
    area: Area
    harvest: Mass
    soil: Temperature


def test_a_field_takes_its_own_dimension_only():
    with pytest.raises(ValidationError, match="'12 kWh' is an energy — an area is needed here"):
        Field(area="12 kWh", harvest="3 t", soil="20 degC")


def test_a_mass_cannot_be_negative_but_a_temperature_can():
    assert str(Field(area=12 * mu, harvest=3 * tonne, soil="-2 degC").soil) == "-2 degC"
    with pytest.raises(ValidationError, match="is negative"):
        Field(area=12 * mu, harvest="-3 t", soil="20 degC")


def test_units_multiply_in_python():
    assert (850 * jin).to("kg") == 425
    assert str(9.6 * tonne) == "9.6 t"
    assert dimension_of("mu") == "area"


def test_a_number_that_is_not_plain_cannot_become_a_quantity():
    with pytest.raises(QuantityError):
        float("nan") * kg
    with pytest.raises(QuantityError, match="is a mass"):
        (5 * kg).to("ha")


@given(st.decimals(min_value=0, max_value=10**12, places=6, allow_nan=False, allow_infinity=False))
def test_what_is_written_is_what_is_read(number):
    text = f"{number:f}"
    assert parse(f"{text} kg") == Quantity(text, "kg")
    assert parse(f"{text} kg").to("kg") == float(text)


@given(st.text(max_size=40))
def test_no_text_makes_it_hang_or_crash(text):
    try:
        quantity = parse(text)
    except QuantityError:
        return
    assert parse(str(quantity)) == quantity
