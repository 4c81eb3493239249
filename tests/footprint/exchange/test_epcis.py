"""A dried-fruit maker tells its customer's EPCIS repository which fresh lots went into a lot."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from footprint.errors import InputError
from footprint.exchange.epcis import transformation
from footprint.passport import Assurance, verify
from footprint.result import Upstream

CHINA = timezone(timedelta(hours=8))
MADE = datetime(2025, 6, 28, 14, 30, tzinfo=CHINA)


@pytest.fixture(scope="session")
def issue(signer, trust, passport):
    def make(footprint, lot, **terms):
        signed = signer.issue(
            footprint,
            gtin="09506000134369",
            lot=lot,
            resolver="https://passport.example.org",
            issued_at=passport.valid_from,
            valid_until=passport.valid_until,
            assurance=Assurance(level="self"),
            **terms,
        )
        return verify(signed, trust=trust, at=passport.valid_from)

    return make


@pytest.fixture(scope="session")
def fresh(issue, footprint):
    return issue(footprint, "FRESH-1", lot_quantity=Decimal(9600))


@pytest.fixture(scope="session")
def dried(issue, footprint, fresh):
    """A lot that takes half a kilogram of the fresh one in each of its kilograms."""
    each = Decimal("0.5")
    bought = Upstream(
        id=fresh.id,
        digest_multibase=fresh.digest_multibase,
        product=fresh.claims.product.name,
        lot_kg=Decimal(9600),
        pcf_kg_co2e=fresh.claims.pcf_kg_co2e,
        primary_share=fresh.claims.quality.primary_share,
        per_unit_kg=each,
        kg_co2e=(each * fresh.claims.pcf_kg_co2e).quantize(Decimal("0.000001")),
    )
    made = footprint.model_copy(update={"upstream": (bought,)})
    return issue(made, "DRIED-1", lot_quantity=Decimal(100), upstream=[fresh])


def event(document):
    (only,) = document["epcisBody"]["eventList"]
    return only


def test_the_lineage_of_a_lot(dried, fresh):
    said = event(transformation(dried, [fresh], made_at=MADE))
    assert said["inputQuantityList"] == [
        {
            "epcClass": "https://passport.example.org/01/09506000134369/10/FRESH-1",
            "quantity": 50.0,
            "uom": "KGM",
        }
    ]
    assert said["outputQuantityList"][0]["epcClass"].endswith("/01/09506000134369/10/DRIED-1")
    assert said["outputQuantityList"][0]["quantity"] == 100.0
    assert (said["eventTime"], said["eventTimeZoneOffset"]) == ("2025-06-28T14:30:00.000+08:00", "+08:00")


def test_the_footprint_travels_with_the_lot(dried, fresh):
    certificate = event(transformation(dried, [fresh], made_at=MADE))["ilmd"]["gs1:certification"]
    assert certificate["pact:pcfExcludingBiogenicUptake"] == {
        "type": "gs1:QuantitativeValue",
        "gs1:value": f"{dried.claims.gross_kg_co2e:f}",
        "gs1:unitCode": "KGM",
    }
    assert certificate["afp:carbonPassport"]["afp:digest"] == dried.digest_multibase


def test_what_grew_on_the_farm_came_of_no_lot(fresh):
    said = event(transformation(fresh, made_at=MADE))
    assert "inputQuantityList" not in said
    assert said["transformationID"] == fresh.id  # without inputs, EPCIS asks for one


def test_the_same_making_is_the_same_event(dried, fresh):
    first, again = (event(transformation(dried, [fresh], made_at=MADE)) for _ in range(2))
    later = event(transformation(dried, [fresh], made_at=MADE + timedelta(minutes=1)))
    assert first == again
    assert later["eventID"] != first["eventID"]


def test_every_prefix_has_an_address_and_nothing_else_stands_in_ilmd(dried, fresh):
    document = transformation(dried, [fresh], made_at=MADE)
    prefixes = document["@context"][1]
    for name in _names(event(document)["ilmd"]):
        assert name in ("id", "type") or name.partition(":")[0] in prefixes, name


def _names(value):
    return set(value).union(*map(_names, value.values())) if isinstance(value, dict) else set()


def test_a_lot_without_its_passport_is_a_gap(dried):
    with pytest.raises(InputError, match="nobody knows which lot"):
        transformation(dried, made_at=MADE)


def test_a_stranger_among_the_inputs(fresh, dried):
    with pytest.raises(InputError, match="does not name it"):
        transformation(fresh, [dried], made_at=MADE)


def test_without_a_quantity_nothing_can_be_told(passport):
    with pytest.raises(InputError, match="lot_quantity"):
        transformation(passport, made_at=MADE)


@pytest.mark.parametrize(
    "zone", [None, timezone(timedelta(hours=15)), timezone(timedelta(hours=8, seconds=30))], ids=str
)
def test_a_time_that_is_of_no_place(fresh, zone):
    with pytest.raises(InputError, match="made_at"):
        transformation(fresh, made_at=MADE.replace(tzinfo=zone))


def test_greenwich(fresh):
    assert event(transformation(fresh, made_at=MADE.astimezone(UTC)))["eventTimeZoneOffset"] == "+00:00"
