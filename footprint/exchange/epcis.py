"""The making of a lot as an EPCIS 2.0 TransformationEvent: from which lots it was made, and what it emitted.

Lots are named by their GS1 Digital Links. The footprint travels in `ilmd`, in the terms of GS1's PACT extension.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from footprint.errors import InputError, Problem
from footprint.exchange.unit_codes import UNIT_CODES
from footprint.passport import VerifiedPassport
from footprint.passport.canonical import VOCABULARY, content_id
from footprint.passport.claims import Drawn
from footprint.passport.digital_link import DigitalLink
from footprint.passport.timestamps import format_instant, has_zone

CONTEXTS = (
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {
        "gs1": "https://ref.gs1.org/voc/",
        "pact": "https://gs1.github.io/WebVoc/pact/extension.jsonld#",
        "afp": VOCABULARY,
    },
)
_LARGEST_OFFSET = timedelta(hours=14)


def transformation(
    passport: VerifiedPassport, upstream: Sequence[VerifiedPassport] = (), *, made_at: datetime
) -> dict[str, Any]:
    """An EPCIS document with one event.

    Args:
        passport: of the lot made.
        upstream: of the lots it was made from; every one its claims name.
        made_at: when the lot was made, in the time zone of the place.

    Raises:
        InputError: a lot that is named has no passport here, or one is here that is not named; no quantity of the lot;
            no time zone; every problem at once.
    """
    problems = list(_problems(passport, upstream, made_at))
    if problems:
        raise InputError(*problems)
    event = _event(passport, {one.id: one for one in upstream}, made_at)
    return {
        "@context": list(CONTEXTS),
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": format_instant(passport.verified_at),
        "epcisBody": {"eventList": [{"eventID": f"urn:uuid:{content_id(event)}", **event}]},
    }


def _event(
    passport: VerifiedPassport, upstream: dict[str, VerifiedPassport], made_at: datetime
) -> dict[str, Any]:
    taken = [_quantity(_lot(upstream[one.id]), one.used_kg, "kg") for one in passport.claims.upstream]
    lot = passport.claims.lot_quantity
    assert lot is not None  # noqa: S101 - refused before
    return {
        "type": "TransformationEvent",
        "eventTime": made_at.isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": made_at.isoformat()[-6:],
        **({"inputQuantityList": taken} if taken else {}),
        "outputQuantityList": [_quantity(_lot(passport), lot.amount, lot.unit)],
        "transformationID": passport.id,
        "bizStep": "transforming",
        "ilmd": _ilmd(passport),
    }


def _lot(passport: VerifiedPassport) -> str:
    """The lot's own link; a passport of one item of it names the item."""
    link = DigitalLink.parse(passport.subject)
    return DigitalLink(link.gtin, link.lot).url(str(link.resolver))


def _quantity(lot: str, amount: Decimal, unit: str) -> dict[str, Any]:
    return {"epcClass": lot, "quantity": float(amount), "uom": UNIT_CODES[unit]}


def _ilmd(passport: VerifiedPassport) -> dict[str, Any]:
    claims, pcf = passport.claims, passport.pcf
    return {
        "gs1:certification": {
            "type": "pact:ProductCarbonFootprint",
            "id": f"urn:uuid:{passport.product_footprint.id}",
            "pact:pcfExcludingBiogenicUptake": _co2e(pcf.pcf_excluding_biogenic_uptake),
            "pact:pcfIncludingBiogenicCO2Uptake": _co2e(pcf.pcf_including_biogenic_uptake),
            "pact:productMassPerDeclaredUnit": _value(
                claims.declared_unit.amount, UNIT_CODES[claims.declared_unit.unit]
            ),
            "afp:carbonPassport": {"id": passport.id, "afp:digest": passport.digest_multibase},
        }
    }


def _co2e(amount: Decimal) -> dict[str, str]:
    return _value(amount, "KGM")


def _value(amount: Decimal, code: str) -> dict[str, str]:
    return {"type": "gs1:QuantitativeValue", "gs1:value": f"{amount:f}", "gs1:unitCode": code}


def _problems(
    passport: VerifiedPassport, upstream: Sequence[VerifiedPassport], made_at: datetime
) -> Iterator[Problem]:
    if not has_zone(made_at):
        why = "EPCIS asks for the offset of the place"
        yield Problem("made_at", "has no time zone", why, "write it like 2025-06-20T08:00:00+08:00")
    elif abs(offset := made_at.utcoffset() or timedelta()) > _LARGEST_OFFSET or offset % timedelta(minutes=1):
        yield Problem("made_at", f"is {made_at}", "no place is in that time zone", "mend the offset")
    if passport.claims.lot_quantity is None:
        why = "an event says how much was made"
        yield Problem("lot_quantity", "is missing", why, "sign the passport with --lot-quantity")
    named, given = {one.id: one for one in passport.claims.upstream}, {one.id for one in upstream}
    for lot in named.values():
        if lot.id not in given:
            yield _unknown(lot)
    for stranger in upstream:
        if stranger.id not in named:
            why = "the passport does not name it"
            yield Problem("upstream", f"{stranger.id} is not among the lots used", why, "leave it out")


def _unknown(lot: Drawn) -> Problem:
    why = "without it nobody knows which lot that was"
    fix = "give its passport: --upstream"
    return Problem("upstream", f"the passport of {lot.product} ({lot.id}) is not here", why, fix)
