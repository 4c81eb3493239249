"""Passports that build on passports: a drying house buys fresh lychee, and the two do or do not fit together."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from revoking import LISTS, PLACE
from workshop import (
    FOOTPRINT,
    ISSUED,
    ISSUER,
    NEIGHBOUR,
    STRANGER,
    UNTIL,
    Change,
    Document,
    Signer,
    Vector,
    resigned,
)

from footprint.passport import Passport, canonical, status_entries
from footprint.passport.canonical import multihash
from footprint.passport.timestamps import format_instant

FIT = "every lot is as its own passport says it is, and no lot is used more than once over"
GENUINE = "every passport of a chain verifies by itself, by the reader's own trust list and status lists"
MOST = 64
MISMATCH = "MismatchError"
Upstream = dict[str, Any]


def passport(
    lot: str,
    *upstream: Upstream,
    by: Signer = ISSUER,
    kg: str | None = "9600",
    issued: datetime = ISSUED,
    until: datetime = UNTIL,
    name: str = "",
    replaces: bytes | None = None,
    change: Change = lambda _: None,
) -> bytes:
    """The sample passport made that of another lot, which buys these lots; then signed."""
    start, end = format_instant(issued), format_instant(until)

    def made(document: Document) -> None:
        subject, footprint = document["credentialSubject"], document["credentialSubject"][FOOTPRINT[1]]
        claims = footprint["extensions"][0]["data"]
        document |= {"issuer": by.issuer, "validFrom": start, "validUntil": end, "id": _urn(name or lot)}
        subject |= {"lot": lot, "id": subject["id"].rpartition("/")[0] + f"/{lot}"}
        footprint |= {"created": start, "validityPeriodStart": start, "validityPeriodEnd": end}
        footprint["id"] = str(uuid5(NAMESPACE_URL, f"footprint of {name or lot}"))
        if replaces is not None:
            footprint["precedingPfIds"] = [_said(replaces)["id"]]
        claims["lot_quantity"] = None if kg is None else {"amount": kg, "unit": "kg"}
        claims["upstream"] = list(upstream)
        change(document)

    return resigned(made, by=by, created=issued)


def buys(supplier: bytes, per_unit_kg: str = "0.6", kg: str = "10000", **changes: Any) -> Upstream:
    """What a buyer's passport says of the lot it was made with."""
    document, claims = json.loads(supplier), _said(supplier)["extensions"][0]["data"]
    pcf = _said(supplier)["pcf"]["pcfExcludingBiogenicUptake"]
    part = (Decimal(per_unit_kg) * Decimal(pcf)).quantize(Decimal("0.000001"))
    return {
        "id": document["id"],
        "digest_multibase": multihash(Passport(supplier).digest),
        "product": claims["product"]["name"],
        "lot_kg": (claims["lot_quantity"] or {"amount": "9600"})["amount"],
        "pcf_kg_co2e": pcf,
        "primary_share": claims["quality"]["primary_share"],
        "per_unit_kg": per_unit_kg,
        "kg_co2e": f"{part:f}",
        "used_kg": f"{(Decimal(per_unit_kg) * Decimal(kg)).normalize():f}",
    } | changes


def _said(body: bytes) -> Document:
    return json.loads(body)["credentialSubject"]["productFootprint"]


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


@cache
def fresh() -> bytes:
    """The orchard's lot of 9,600 kg."""
    return passport("F1")


@cache
def dried() -> bytes:
    """The drying house's lot of 10,000 kg, with 6,000 kg of the orchard's in it."""
    return dryer("D1", buys(fresh()))


def dryer(lot: str, *upstream: Upstream, **given: Any) -> bytes:
    return passport(lot, *upstream, by=NEIGHBOUR, kg="10000", **given)


def _edited(body: bytes) -> bytes:
    document = json.loads(body)
    document["credentialSubject"]["productFootprint"]["extensions"][0]["data"]["lot_quantity"]["amount"] = (
        "96000"
    )
    return canonical(document)


def _with_status(document: Document) -> None:
    document["credentialStatus"] = [entry.document() for entry in status_entries(LISTS, PLACE)]


def _long(steps: int) -> list[bytes]:
    """The last buyer first: each lot is all of the one before it."""
    made = [passport("L0", kg="10000")]
    for step in range(1, steps + 1):
        made.append(passport(f"L{step}", buys(made[-1], "1"), kg="10000"))
    return made[::-1]


def _circle() -> tuple[bytes, list[bytes]]:
    """The orchard's newer passport says that its lot was made of the dried fruit that was made of it."""
    newer = passport("F1", buys(dried(), "0.1", "9600"), name="F1 again", issued=_later(1), replaces=fresh())
    return dryer("D2", buys(newer, "0.1")), [newer, fresh(), dried()]


def _later(days: int) -> datetime:
    return ISSUED + timedelta(days=days)


Case = tuple[bytes, Sequence[bytes], str, str]


def _cases() -> dict[str, Case]:
    """What is asked, what is given with it, the refusal, the rule."""
    circle, around = _circle()
    late, early = passport("F2", issued=_later(2)), passport("F3", until=_later(1))
    stranger, unweighed = passport("S1", by=STRANGER), passport("F4", kg=None)
    twin, renamed = passport("F1", name="F1 a second time"), passport("F5", name="F1")
    newer = dryer("D1", buys(fresh()), name="D1 again", issued=_later(1), replaces=dried())
    neighbours = passport("F1", by=NEIGHBOUR, name="F1")
    poor = dryer("D3", buys(fresh(), primary_share="0.99"))
    long = _long(MOST + 1)
    return {
        "lot_used_twice_over": (dried(), [fresh(), dryer("D2", buys(fresh()))], MISMATCH, FIT),
        "circle_of_lots": (circle, around, MISMATCH, "a lot is not made of itself"),
        "too_long": (long[0], long[1:], "MalformedError", f"no way up has more than {MOST} steps"),
        "upstream_of_a_stranger": (dryer("D2", buys(stranger)), [stranger], "UntrustedError", GENUINE),
        "upstream_of_another_issuer": (dried(), [neighbours], MISMATCH, FIT),
        "upstream_changed_after_signing": (dried(), [_edited(fresh())], "SignatureError", GENUINE),
        "upstream_no_passport": (dried(), [b'{"id": "F1"}'], "SignatureError", GENUINE),
        "lot_larger_than_issued": (dryer("D2", buys(fresh(), lot_kg="96000")), [fresh()], MISMATCH, FIT),
        "lot_of_no_stated_quantity": (dryer("D2", buys(unweighed)), [unweighed], MISMATCH, FIT),
        "footprint_lower_than_issued": (
            dryer("D2", buys(fresh(), pcf_kg_co2e="0.5", kg_co2e="0.300000")),
            [fresh()],
            MISMATCH,
            FIT,
        ),
        "primary_share_embellished": (poor, [fresh()], MISMATCH, FIT),
        "product_renamed": (dryer("D2", buys(fresh(), product="Lychee, organic")), [fresh()], MISMATCH, FIT),
        "built_before_the_supplier_signed": (dryer("D2", buys(late)), [late], MISMATCH, FIT),
        "built_after_the_supplier_expired": (
            dryer("D2", buys(early), issued=_later(2)),
            [early],
            MISMATCH,
            FIT,
        ),
        "two_passports_of_one_lot": (
            dried(),
            [fresh(), twin],
            MISMATCH,
            "of one lot the newest counts, and says so",
        ),
        "two_passports_of_one_identifier": (
            dried(),
            [fresh(), renamed],
            MISMATCH,
            "an identifier names one passport",
        ),
        "replaced_by_a_newer_one": (dried(), [fresh(), newer], "RevokedError", "PACT precedingPfIds"),
    }


def _revocable() -> bytes:
    return passport("R1", change=_with_status)


def vectors() -> Iterator[Vector]:
    """The passport asked for is genuine in each; what comes with it, or the two together, is not."""
    for name, (asked, _, error, rule) in _cases().items():
        yield Vector(f"chain_{name}", asked, error, rule, {"others": f"chain_{name}.json"})
    buyer, given = dryer("D4", buys(_revocable())), {"others": "chain_revocable.json"}
    revoked = {**given, "status": ["status_revoked.json", "status_suspension.json"]}
    yield Vector("chain_upstream_revoked", buyer, "RevokedError", GENUINE, revoked)
    yield Vector("chain_upstream_of_unknown_status", buyer, "StatusError", GENUINE, given)
    more = dryer("D5", buys(fresh(), "1.2"))
    yield Vector("chain_more_used_than_issued", more, MISMATCH, FIT)
    itself = dryer("D6", buys(fresh(), id=_urn("D6")))
    yield Vector("chain_made_of_itself", itself, MISMATCH, FIT, {"others": "chain_of_two.json"})


def good() -> list[Document]:
    """Chains that hold."""
    held = {"expect": "pass", "rule": FIT}
    two = {"name": "chain_of_two", "file": "chain_dried.json", **held, "others": "chain_of_two.json"}
    none = {
        "name": "chain_without_its_supplier",
        "file": "chain_dried.json",
        **held,
        "others": "chain_of_none.json",
    }
    long = {"name": "chain_of_64_steps", "file": "chain_64.json", **held, "others": "chain_too_long.json"}
    return [two, none, long]


def files() -> dict[str, bytes]:
    """The passports given beside the one asked for: a JSON list each."""
    lists = {name: others for name, (_, others, _, _) in _cases().items()}
    lists |= {"revocable": [_revocable()], "of_two": [fresh()], "of_none": []}
    written = {f"chain_{name}.json": b"[" + b",\n".join(others) + b"]\n" for name, others in lists.items()}
    return {**written, "chain_dried.json": dried(), "chain_64.json": _long(MOST)[0]}
