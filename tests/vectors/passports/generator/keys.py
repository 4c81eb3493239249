"""Whom to believe, when, and about which goods: keys, windows, validity, the scanned code, the policy."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from workshop import (
    AT,
    ISSUED,
    ISSUER,
    NEIGHBOUR,
    STRANGER,
    UNTIL,
    Vector,
    base,
    edited,
    passed,
    put,
    resigned,
)

from footprint.passport import TrustList, canonical
from footprint.passport.base58 import encode
from footprint.passport.data_integrity import add_proof
from footprint.passport.ed25519 import MULTICODEC_ED25519
from footprint.passport.timestamps import format_instant

UNTRUSTED, SIGNATURE, EXPIRED, MISMATCH = "UntrustedError", "SignatureError", "ExpiredError", "MismatchError"
VOUCHED = "a key counts when the reader's trust list names it for this issuer"
WINDOW = "a key signs only while it was in use, whatever date is written"
WEAK = "RFC 8032 section 5.1.7 and small order: a key under which anybody can sign is no key"
VALIDITY = "VC 2.0 section 4.9: validFrom to validUntil, for the time asked about"
GOODS = "the passport is about the goods whose code was scanned"
NAME = "Sample Lychee Co-operative (sample data)"

P = 2**255 - 19
WEAK_KEYS = {
    "identity": (1).to_bytes(32, "little"),
    "order_2": (P - 1).to_bytes(32, "little"),
    "order_4": bytes(32),
    "order_8": bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    "identity_not_canonical": (P + 1).to_bytes(32, "little"),
    "not_canonical": (P + 3).to_bytes(32, "little"),
    "not_on_the_curve": (2).to_bytes(32, "little"),
}


def trust_lists() -> dict[str, TrustList]:
    """The lists a verifier of this set is given, by file name."""
    until, since = ISSUED - timedelta(days=10), ISSUED + timedelta(days=5)
    return {
        "trust.json": TrustList.of(
            ISSUER.trusted_as(NAME), NEIGHBOUR.trusted_as("Sample Neighbour (sample data)")
        ),
        "trust_nobody.json": TrustList.of(),
        "trust_key_retired.json": TrustList.of(ISSUER.trusted_as(NAME, valid_until=until)),
        "trust_key_not_yet_in_use.json": TrustList.of(ISSUER.trusted_as(NAME, valid_from=since)),
        "trust_key_of_one_day.json": TrustList.of(
            ISSUER.trusted_as(NAME, valid_from=ISSUED, valid_until=ISSUED + timedelta(days=1))
        ),
    }


class _Anybody:
    """Signs under a weak key, as anybody can: R is the identity and S is zero."""

    public_key = ISSUER.public_key

    def sign_bytes(self, data: bytes) -> bytes:  # noqa: ARG002 - it fits every message
        return (1).to_bytes(32, "little") + bytes(32)


def _under(weak: bytes) -> bytes:
    did = "did:key:z" + encode(MULTICODEC_ED25519 + weak)
    document = {name: value for name, value in base().items() if name != "proof"}
    proven = add_proof(
        {**document, "issuer": did},
        method=f"{did}#{did.removeprefix('did:key:')}",
        created=ISSUED,
        by=_Anybody(),
    )
    return canonical(proven)


def vectors() -> Iterator[Vector]:
    """By whom, then when, then about what."""
    lot, item = passed("lot"), passed("item")
    yield Vector(
        "key_of_a_stranger", resigned(put(("issuer",), STRANGER.issuer), by=STRANGER), UNTRUSTED, VOUCHED
    )
    yield Vector("key_not_in_an_empty_list", lot, UNTRUSTED, VOUCHED, {"trust": "trust_nobody.json"})
    yield Vector("key_of_the_neighbour", resigned(by=NEIGHBOUR), UNTRUSTED, VOUCHED)
    yield Vector("key_issuer_replaced", edited(put(("issuer",), NEIGHBOUR.issuer)), UNTRUSTED, VOUCHED)
    yield Vector(
        "key_did_web_not_listed",
        edited(put(("issuer",), "did:web:169.254.169.254")),
        UNTRUSTED,
        "nothing is fetched",
    )
    yield Vector(
        "key_method_with_a_query",
        edited(put(("proof", "verificationMethod"), f"{ISSUER.issuer}?versionId=1#{ISSUER.issuer[8:]}")),
        UNTRUSTED,
        VOUCHED,
    )
    for name, weak in WEAK_KEYS.items():
        yield Vector(f"key_weak_{name}", _under(weak), UNTRUSTED, WEAK, {"trust": "unsafe: any did:key"})
    yield Vector("key_retired_before_it_signed", lot, UNTRUSTED, WINDOW, {"trust": "trust_key_retired.json"})
    yield Vector("key_not_yet_in_use", lot, UNTRUSTED, WINDOW, {"trust": "trust_key_not_yet_in_use.json"})
    backdated = resigned(put(("validFrom",), "2020-01-01T00:00:00Z"))
    one_day = {"trust": "trust_key_of_one_day.json"}
    yield Vector("key_signature_back_dated", backdated, UNTRUSTED, WINDOW, one_day)
    late = resigned(created=ISSUED + timedelta(days=2))
    yield Vector("key_signed_after_its_window", late, UNTRUSTED, WINDOW, one_day)
    for name, instant in {
        "not_yet_valid": ISSUED - timedelta(seconds=1),
        "long_before": datetime(1999, 1, 1, tzinfo=UTC),
        "expired_a_second_ago": UNTIL + timedelta(seconds=1),
        "expired_long_ago": datetime(2090, 1, 1, tzinfo=UTC),
    }.items():
        yield Vector(f"time_{name}", lot, EXPIRED, VALIDITY, {"at": format_instant(instant)})
    signed_tomorrow = resigned(created=datetime.fromisoformat(AT) + timedelta(days=1))
    yield Vector("time_signed_in_the_future", signed_tomorrow, EXPIRED, VALIDITY)
    for name, path in {
        "another_lot": "/01/09506000134352/10/2025-06-B",
        "another_product": "/01/09506000134369/10/2025-06-A",
        "lot_in_small_letters": "/01/09506000134352/10/2025-06-a",
    }.items():
        yield Vector(f"goods_{name}", lot, MISMATCH, GOODS, {"scanned": f"https://id.example.org{path}"})
    whole_lot = {"scanned": "https://id.example.org/01/09506000134352/10/2025-06-A"}
    yield Vector("goods_item_for_its_whole_lot", item, MISMATCH, GOODS, whole_lot)
    other_item = {"scanned": "https://id.example.org/01/09506000134352/10/2025-06-A/21/box-8"}
    yield Vector("goods_another_item", item, MISMATCH, GOODS, other_item)
    script = {"scanned": "javascript:alert(1)"}
    yield Vector("goods_code_that_is_no_link", lot, "MalformedError", GOODS, script)
