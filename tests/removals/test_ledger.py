"""The removals ledger of a product: one char by every method, owners of its parts, what is taken off."""

import tomllib
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint import assess
from footprint.errors import FootprintError
from footprint.passport.claims import Assurance, Claims, problems
from footprint.removals import Terms
from lca_models.product_system import ProductSystem
from tests.removals.conftest import LYCHEE

DRAWS = 256
BATCH = "7c0f9a52-3b1e-8d44-9c55-0a1b2c3d4e5f"


def assessed(records, removals="on_product"):
    return assess(ProductSystem.of(records), gwp="AR6-100", removals=removals, draws=DRAWS)


def refusal(records, removals="on_product"):
    with pytest.raises(FootprintError) as caught:
        assessed(records, removals)
    return str(caught.value)


def test_one_char_by_every_card(records):
    """H/C_org 0.35, made at 580 °C, soil of 23 °C: 0.56 to 0.80 by the method, and the spread is printed."""
    footprint = assessed(records)
    fractions = {one.card: one.permanent_fraction for one in footprint.by_card}
    told = {name: None if share is None else round(float(share), 2) for name, share in fractions.items()}
    assert told == {
        "woolf-2021": 0.76,
        "woolf-2021-200": 0.58,
        "woolf-2021-500": 0.31,
        "woolf-2021-1000": 0.14,
        "ipcc-2019": 0.80,
        "vm0044-1.1": 0.56,
        "puro-2022": 0.76,
        "puro-2025": 0.71,
        "ebc-2020": 0.74,
        "global-c-sink-2022": 0.75,
        "crcf-2026": None,
    }
    (removal,) = footprint.removals
    kept = removal.gross_kg_co2
    assert float(removal.disagreement.low_kg_co2 / kept) == pytest.approx(0.56, abs=1e-3)
    assert float(removal.disagreement.high_kg_co2 / kept) == pytest.approx(0.80, abs=1e-3)
    assert removal.disagreement.cards == 8


def test_a_method_chosen_is_the_one_in_the_ledger(records):
    footprint = assessed(records, "on_product; card=puro-2025")
    (removal,) = footprint.removals
    assert (removal.method, removal.horizon_years, removal.permanence_class) == ("puro-2025", 200, "200")
    assert removal.kept_kg_co2 == next(
        one.kept_kg_co2 for one in footprint.by_card if one.card == "puro-2025"
    )


def test_the_gross_footprint_is_the_same_whoever_owns_the_removal(records):
    ways = ("on_product", "sold", "retired", "disclosed", "sold=0.4,on_product=0.6", "sold; card=puro-2025")
    footprints = [assessed(records, way) for way in ways]
    assert len({footprint.gross_kg_co2e for footprint in footprints}) == 1
    assert len({str(footprint.gross.interval) for footprint in footprints}) == 1


def test_what_is_sold_is_not_claimed_on_the_product(records):
    sold, kept = (
        Claims.of(assessed(records, way), Assurance(level="self")) for way in ("sold", "on_product")
    )
    assert sold.gross_kg_co2e == kept.gross_kg_co2e
    assert sold.removals_kg_co2 == 0
    assert kept.removals_kg_co2 > 0


@settings(max_examples=25, deadline=None)
@given(share=st.decimals(min_value=Decimal("0.001"), max_value=Decimal("0.999"), places=3))
def test_parts_of_a_store_are_the_whole_to_the_last_digit(share):
    records = tomllib.loads(LYCHEE.read_text(encoding="utf-8"))
    (whole,) = assessed(records).removals
    parts = assessed(records, f"sold={share},on_product={1 - share}").removals
    for field in ("gross_kg_co2", "kept_kg_co2", "deduction_kg_co2", "buffer_kg_co2", "process_kg_co2e"):
        assert sum(getattr(part, field) for part in parts) == getattr(whole, field)
    assert sum(part.claimable_kg_co2 for part in parts) == whole.claimable_kg_co2


def test_what_is_claimed_closes(records):
    for way in ("on_product", "sold=0.333333333,on_product=0.666666667; buffer=0.1"):
        claims = Claims.of(assessed(records, way), Assurance(level="self"))
        assert problems(claims) == ()
        for removal in claims.removals:
            taken_off = removal.deduction_kg_co2 + removal.buffer_kg_co2
            assert removal.claimable_kg_co2 == removal.kept_kg_co2 - taken_off


def test_evidence_that_is_remembered_costs_more(records):
    measured = assessed(records).removals[0]
    records["kiln"]["h_to_corg"]["source"] = "recall"
    remembered = assessed(records).removals[0]
    assert remembered.deduction_rule == "lower-bound"
    assert remembered.deduction_kg_co2 > measured.deduction_kg_co2
    assert remembered.claimable_kg_co2 <= remembered.interval.p5 * Decimal("1.05")


def test_a_thermometer_counts_only_where_the_method_asks_for_it(records):
    """The kiln's temperature is remembered: Woolf does not ask for it, the IPCC's classes do."""
    assert assessed(records, "on_product; card=woolf-2021").removals[0].deduction_rule != "lower-bound"
    assert assessed(records, "on_product; card=ipcc-2019").removals[0].deduction_rule == "lower-bound"


def test_measured_evidence_pays_for_its_scatter(records):
    """VM0042 v2: t of two thirds, one-sided, 0.43 standard errors; the prediction error of one char is large."""
    (removal,) = assess(ProductSystem.of(records), gwp="AR6-100").removals
    assert removal.deduction_rule == "vm0042-2"
    spread = (removal.interval.p95 - removal.interval.p5) / Decimal("3.29")
    assert float(removal.deduction_kg_co2 / spread) == pytest.approx(0.4316, rel=0.1)


def test_a_buffer_is_set_aside(records):
    (removal,) = assessed(records, "on_product; deduction=none; buffer=0.2").removals
    assert removal.deduction_kg_co2 == 0
    assert removal.buffer_kg_co2 == (removal.kept_kg_co2 / 5).quantize(Decimal("0.000001"))


def test_a_char_above_the_limit_is_no_removal(records):
    records["kiln"]["h_to_corg"]["amount"] = "0.75 mol/mol"
    assert "H/C_org 0.75 is outside 0 to 0.7 — a char above 0.7 is not eligible" in refusal(records)


def test_a_method_that_asks_for_what_nobody_recorded_is_refused(records):
    del records["kiln"]["temperature"]
    text = refusal(records, "on_product; card=ipcc-2019")
    assert "ipcc-2019 — asks for the highest temperature in the kiln" in text
    assert "Equation 4Ap.1" in text


def test_a_char_roasted_rather_than_charred_is_refused(records):
    records["kiln"]["temperature"]["amount"] = "300 degC"
    assert "made at 300 °C — below 350 °C it is roasted wood" in refusal(records, "sold; card=ipcc-2019")


def test_a_soil_outside_the_table_is_refused(records):
    records["orchard"]["soil_temperature"]["amount"] = "34 degC"
    assert "a soil temperature of 34.0 °C is outside 5 to 30 °C" in refusal(records)


def test_the_european_card_is_there_and_says_why_it_cannot_be_used(records):
    text = refusal(records, "on_product; card=crcf-2026")
    assert "crcf-2026 — is not verified — the constants in the annex of Delegated Regulation" in text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("claimed", "is no status"),
        ("sold=0.5", "the parts add up to 0.5 — a unit has one owner"),
        ("sold=0.7,on_product=0.7", "the parts add up to 1.4"),
        ("sold=-1,on_product=2", "is no share"),
        ("sold=1e0", "is no share"),
        ("sold; card=best", "there is no method card 'best'"),
        ("sold; deduction=little", "there is no deduction 'little'"),
        ("sold; buffer=2", "is no share"),
        ("sold; card=ebc-2020; card=puro-2025", "is not understood"),
        ("sold@batch", "names no units"),
        (f"sold@{BATCH}:5-5", "is no range"),
        ("on_product; owner=A", "only what is sold or retired has another owner"),
        ("sold; owner=\x1b[31mA", "cannot be printed"),
        ("sold=0.\u0665,on_product=0.5", "is no share"),
        ("", "is no status"),
    ],
)
def test_terms_nobody_can_mean_are_refused(text, why):
    with pytest.raises(FootprintError, match=why):
        Terms.parse(text)


@pytest.mark.parametrize(
    "text",
    ["on_product", "sold", "sold=0.4,on_product=0.6; card=puro-2025; deduction=none; buffer=0.1; owner=A"],
)
def test_terms_are_written_as_they_are_read(text):
    assert str(Terms.parse(text)) == text


def test_only_what_is_sold_has_another_owner(records):
    footprint = assessed(records, "sold=0.25,on_product=0.75; owner=Sample Buyer")
    assert [(one.status, one.owner) for one in footprint.removals] == [
        ("sold", "Sample Buyer"),
        ("on_product", None),
    ]


def test_what_was_emitted_on_the_way_is_the_whole_chain(records):
    """The orchard's kiln takes nothing from others: its chain is its stage."""
    footprint = assessed(records)
    assert footprint.removals[0].process_kg_co2e == footprint.gross.by_stage()["kiln"]


def test_units_of_a_registry_travel_with_their_part(records):
    footprint = assessed(records, f"sold=0.25@{BATCH}:0-500,on_product=0.75@{BATCH}:500-2000")
    assert [one.units for one in footprint.removals] == [f"{BATCH}:0-500", f"{BATCH}:500-2000"]
