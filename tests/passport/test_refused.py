"""Passports that prove nothing, by name. Each is refused with its kind of error and a message that helps."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from footprint.errors import (
    ExpiredError,
    MalformedError,
    MismatchError,
    SignatureError,
    UntrustedError,
    VerificationError,
)
from footprint.passport import Signer, TrustList, UnsafeAnyIssuer, canonical, verify
from footprint.passport.base58 import encode
from footprint.passport.data_integrity import add_proof
from footprint.passport.ed25519 import MULTICODEC_ED25519

TODAY = datetime(2025, 7, 1, tzinfo=UTC)
ISSUED = datetime(2025, 6, 20, 8, tzinfo=UTC)


def pcf(document):
    return document["credentialSubject"]["productFootprint"]["pcf"]


def claims(document):
    return document["credentialSubject"]["productFootprint"]["extensions"][0]["data"]


def put(path, value):
    """A change: set what stands at a path of keys and places."""

    def change(document):
        *way, last = path
        for step in way:
            document = document[step]
        document[last] = value

    return change


def drop(*path):
    def change(document):
        *way, last = path
        for step in way:
            document = document[step]
        del document[last]

    return change


FOOTPRINT = ("credentialSubject", "productFootprint")
PCF = (*FOOTPRINT, "pcf")
CLAIMS = (*FOOTPRINT, "extensions", 0, "data")
VC2 = "https://www.w3.org/ns/credentials/v2"

EDITED = {
    "gross changed": (put((*PCF, "pcfExcludingBiogenicUptake"), "0.9"), SignatureError, "does not fit"),
    "claimed gross changed": (put((*CLAIMS, "gross_kg_co2e"), "0.9"), SignatureError, "does not fit"),
    "lot changed": (put(("credentialSubject", "lot"), "B"), SignatureError, "does not fit"),
    "validity extended": (put(("validUntil",), "2036-06-20T08:00:00Z"), SignatureError, "does not fit"),
    "field added": (put(("award",), "best lychee"), SignatureError, "does not fit"),
    "field removed": (drop("name"), SignatureError, "does not fit"),
    "product renamed": (put((*CLAIMS, "product", "name"), "Mango"), SignatureError, "does not fit"),
    "proof re-dated": (put(("proof", "created"), "2025-06-21T08:00:00Z"), SignatureError, "does not fit"),
    "issuer replaced": (put(("issuer",), "did:key:z6Mkk"), UntrustedError, "not in the trust list"),
    "issuer as object": (put(("issuer",), {"id": "did:key:z6Mkk"}), MalformedError, "one DID"),
    "issuer missing": (drop("issuer"), MalformedError, "one DID"),
    "proof missing": (drop("proof"), SignatureError, "proof — is missing"),
    "proof null": (put(("proof",), None), SignatureError, "proof — is missing"),
    "proof text": (put(("proof",), "trust me"), SignatureError, "'trust me'"),
    "two proofs": (lambda d: d.update(proof=[d["proof"], d["proof"]]), SignatureError, "a set of 2"),
    "empty proof set": (put(("proof",), []), SignatureError, "a set of 0"),
    "other cryptosuite": (
        put(("proof", "cryptosuite"), "ed448-jcs-2030"),
        SignatureError,
        "ed448-jcs-2030",
    ),
    "no cryptosuite": (drop("proof", "cryptosuite"), SignatureError, "cryptosuite — is nothing"),
    "other proof type": (put(("proof", "type"), "Ed25519Signature2020"), SignatureError, "proof.type"),
    "other purpose": (put(("proof", "proofPurpose"), "authentication"), SignatureError, "proofPurpose"),
    "unknown proof field": (put(("proof", "expires"), "2030-01-01T00:00:00Z"), SignatureError, "expires"),
    "proof challenge": (put(("proof", "challenge"), "x"), SignatureError, "challenge"),
    "chained proof": (put(("proof", "previousProof"), "urn:uuid:1"), SignatureError, "previousProof"),
    "no created": (drop("proof", "created"), SignatureError, "proof.created"),
    "created without zone": (put(("proof", "created"), "2025-06-20T08:00:00"), SignatureError, "time zone"),
    "created on 30 February": (put(("proof", "created"), "2025-02-30T08:00:00Z"), SignatureError, "calendar"),
    "method a number": (put(("proof", "verificationMethod"), 5), SignatureError, "verificationMethod"),
    "method of another key": (
        put(("proof", "verificationMethod"), "did:key:z6Mk#z6Mk"),
        UntrustedError,
        "keys",
    ),
    "signature cut": (
        lambda d: put(("proof", "proofValue"), d["proof"]["proofValue"][:-3])(d),
        SignatureError,
        "64",
    ),
    "signature in base64": (put(("proof", "proofValue"), "uAAAA"), SignatureError, "base58btc"),
    "signature no base58": (put(("proof", "proofValue"), "z0OIl"), SignatureError, "'0'"),
    "signature endless": (put(("proof", "proofValue"), "z" + "2" * 5000), SignatureError, "longer than"),
    "signature all zero": (put(("proof", "proofValue"), "z" + "1" * 64), SignatureError, "does not fit"),
    "context added": (lambda d: d["@context"].append("https://evil.example"), MalformedError, "@context"),
    "context replaced": (put(("@context", 1), "https://evil.example"), SignatureError, "proof.@context"),
    "contexts swapped": (lambda d: d["@context"].reverse(), SignatureError, "proof.@context"),
    "context removed": (drop("@context"), SignatureError, "proof.@context"),
    "proof context removed": (drop("proof", "@context"), SignatureError, "proof.@context"),
    "proof context shortened": (put(("proof", "@context"), [VC2]), SignatureError, "does not fit"),
    "proof context empty": (put(("proof", "@context"), []), SignatureError, "proof.@context"),
}


@pytest.mark.parametrize("name", EDITED)
def test_changed_after_signing(name, edited, trust):
    change, kind, words = EDITED[name]
    with pytest.raises(kind) as refused:
        verify(edited(change), trust=trust, at=TODAY)
    assert words in str(refused.value)


def longer_stage(document):
    claims(document)["stages"][0]["kg_co2e"] = "0.7"


def smaller_everywhere(document):
    """Every total lowered alike, so that only the cells betray it."""
    claims(document)["gross_kg_co2e"] = "0.5"
    pcf(document)["pcfExcludingBiogenicUptake"] = "0.5"
    pcf(document)["pcfIncludingBiogenicUptake"] = "0.225"
    pcf(document)["fossilGhgEmissions"] = "0.446"


def netted(document):
    """A removal subtracted from the gross footprint."""
    pcf(document)["pcfExcludingBiogenicUptake"] = "0.970980"
    pcf(document)["pcfIncludingBiogenicUptake"] = "0.695980"


def netted_the_pact_way(document):
    """The same, with PACT's removal field filled so that PACT's own sum closes."""
    netted(document)
    pcf(document)["technologicalCO2Removals"] = "-0.091320"
    pcf(document)["ccsTechnologicalCO2CaptureIncluded"] = True


def hidden_credit(document):
    """A bought credit as a negative stage and substance: every sum still closes."""
    for name in ("stages", "substances"):
        claims(document)[name].append({"name": "credit", "kg_co2e": "-0.5"})
    claims(document)["gross_kg_co2e"] = "0.5623"
    claims(document)["contributions"] = []
    pcf(document)["pcfExcludingBiogenicUptake"] = "0.5623"
    pcf(document)["pcfIncludingBiogenicUptake"] = "0.2873"
    pcf(document)["fossilGhgEmissions"] = "0.5083"


def stage_twice(document):
    """One stage split in two lines, so that readers who take the last one see less."""
    orchard = claims(document)["stages"][0]
    claims(document)["stages"].append({**orchard, "kg_co2e": "0.003"})
    orchard["kg_co2e"] = "0.6"


def claims_twice(document):
    extensions = document["credentialSubject"]["productFootprint"]["extensions"]
    extensions.append(extensions[0])


def nothing(document):
    """The empty change."""


RESIGNED = {
    "PACT sum does not close": (
        put((*PCF, "pcfExcludingBiogenicUptake"), "0.9"),
        MismatchError,
        "its parts add up",
    ),
    "uptake sum does not close": (
        put((*PCF, "pcfIncludingBiogenicUptake"), "0.9"),
        MismatchError,
        "0.787300",
    ),
    "stages do not add up": (longer_stage, MismatchError, "stages — add up to"),
    "all totals lowered": (smaller_everywhere, MismatchError, "add up to 1.062300"),
    "removal netted": (netted, MismatchError, "its parts add up"),
    "removal netted the PACT way": (netted_the_pact_way, MismatchError, "technologicalCO2Removals"),
    "packaging hidden": (
        put(path=(*PCF, "packagingEmissionsIncluded"), value=False),
        MismatchError,
        "packaging",
    ),
    "packaging above the total": (put((*PCF, "packagingGhgEmissions"), "3"), MismatchError, "a part of"),
    "primary data embellished": (put((*PCF, "primaryDataShare"), "99"), MismatchError, "primaryDataShare"),
    "quality embellished": (put((*PCF, "dqi", "technologicalDQR"), "1.0"), MismatchError, "pcf.dqi"),
    "older GWPs hidden": (put((*PCF, "ipccCharacterizationFactors"), ["AR6"]), MismatchError, "ipcc"),
    "two places": (put((*PCF, "geographyCountry"), "CN"), MismatchError, "said more than once"),
    "a credit hidden in the gross ledger": (hidden_credit, MismatchError, "holds emissions only"),
    "a stage twice": (stage_twice, MismatchError, "'orchard' is there twice"),
    "negative removal": (
        put((*CLAIMS, "removals", 0, "gross_kg_co2"), "-0.12"),
        MismatchError,
        "counts upwards",
    ),
    "assurance by nobody": (
        put((*CLAIMS, "assurance", "level"), "limited"),
        MismatchError,
        "name the verifier",
    ),
    "terminal codes as a name": (put((*CLAIMS, "\x1b[2J"), "x"), MalformedError, r"claims.'\x1b[2J'"),
    "unknown land-use change with an amount": (
        put((*CLAIMS, "land_use_change", "state"), "unknown"),
        MismatchError,
        "only unknown change has no amount",
    ),
    "no land-use change, with an amount": (
        put((*CLAIMS, "land_use_change", "kg_co2e"), "0.1"),
        MismatchError,
        "no change was declared",
    ),
    "land-use change above the total": (
        put((*CLAIMS, "land_use_change", "kg_co2e"), "5"),
        MismatchError,
        "a part of the gross footprint",
    ),
    "contributions above the total": (
        put((*CLAIMS, "contributions", 0, "kg_co2e"), "5"),
        MismatchError,
        "exceed the gross footprint",
    ),
    "interval upside down": (put((*CLAIMS, "interval", "p5"), "2"), MismatchError, "not in order"),
    "removal inflated": (
        put((*CLAIMS, "removals", 0, "kept_kg_co2"), "0.12"),
        MismatchError,
        "permanent fraction",
    ),
    "uptake inflated": (put((*CLAIMS, "biogenic", "uptake_kg_co2"), "0.5"), MismatchError, "44/12"),
    "another product in PACT": (put((*FOOTPRINT, "productNameCompany"), "Mango"), MismatchError, "'Mango'"),
    "another GTIN in PACT": (put((*FOOTPRINT, "productIds"), ["urn:gtin:1"]), MismatchError, "productIds"),
    "PACT longer valid": (
        put((*FOOTPRINT, "validityPeriodEnd"), "2036-01-01T00:00:00Z"),
        MismatchError,
        "validity",
    ),
    "deprecated footprint": (put((*FOOTPRINT, "status"), "Deprecated"), MismatchError, "Deprecated"),
    "period without an end": (put((*CLAIMS, "period_end"), "soon"), MismatchError, "period"),
    "gtin says another product": (
        put(("credentialSubject", "gtin"), "09506000134369"),
        MismatchError,
        "gtin, lot",
    ),
    "subject says another lot": (
        put(("credentialSubject", "id"), "https://id.example.org/01/09506000134352/10/B"),
        MismatchError,
        "gtin, lot",
    ),
    "subject with a query": (
        put(("credentialSubject", "id"), "https://id.example.org/01/09506000134352/10/2025-06-A?x=1"),
        MismatchError,
        "gtin, lot",
    ),
    "subject not https": (
        put(("credentialSubject", "id"), "http://id.example.org/01/09506000134352/10/2025-06-A"),
        MalformedError,
        "not https",
    ),
    "subject with a wrong check digit": (
        put(("credentialSubject", "id"), "https://id.example.org/01/09506000134353/10/2025-06-A"),
        MalformedError,
        "check digit",
    ),
    "contexts swapped": (lambda d: d["@context"].reverse(), MalformedError, "in this order"),
    "one context": (lambda d: d["@context"].pop(), MalformedError, "@context"),
    "extra context": (lambda d: d["@context"].append("https://x.example"), MalformedError, "@context"),
    "other type": (put(("type",), ["VerifiableCredential"]), MalformedError, "passport.type"),
    "identifier no UUID": (put(("id",), "https://x.example/1"), MalformedError, "passport.id"),
    "no validUntil": (drop("validUntil"), MalformedError, "validUntil — is missing"),
    "ends before it starts": (
        put(("validUntil",), "2025-01-01T00:00:00Z"),
        MalformedError,
        "before it starts",
    ),
    "revocable in a way nobody checks": (
        put(("credentialStatus",), {"id": "x"}),
        MalformedError,
        "credentialStatus",
    ),
    "no claims": (put((*FOOTPRINT, "extensions"), []), MalformedError, "0 extensions"),
    "claims twice": (claims_twice, MalformedError, "2 extensions"),
    "claims of another version": (put((*CLAIMS, "schema_version"), "2"), MalformedError, "schema_version"),
    "unknown claim": (put((*CLAIMS, "net_kg_co2e"), "0.5"), MalformedError, "net_kg_co2e"),
    "amount as a number": (put((*CLAIMS, "gross_kg_co2e"), 1.0623), MalformedError, "decimal strings"),
    "amount with an exponent": (put((*CLAIMS, "gross_kg_co2e"), "10623e-4"), MalformedError, "claims.gross"),
    "amount with a blank": (put((*CLAIMS, "interval", "p5"), " 0.821"), MalformedError, "claims.interval.p5"),
    "draws as text": (put((*CLAIMS, "sampling", "draws"), "2000"), MalformedError, "claims.sampling.draws"),
    "PACT amount as a number": (put((*PCF, "fossilGhgEmissions"), 1.0083), MalformedError, "as a string"),
    "PACT amount infinite": (put((*PCF, "fossilGhgEmissions"), "Infinity"), MalformedError, "as a string"),
    "PACT amount endless": (put((*PCF, "fossilGhgEmissions"), "1" * 50), MalformedError, "as a string"),
    "PACT emission below zero": (put((*PCF, "fossilGhgEmissions"), "-1"), MalformedError, "zero or more"),
    "PACT uptake above zero": (put((*PCF, "biogenicCO2Uptake"), "0.275"), MalformedError, "zero or less"),
    "rating above five": (put((*PCF, "dqi", "temporalDQR"), "6"), MalformedError, "between 1 and 5"),
}


@pytest.mark.parametrize("name", RESIGNED)
def test_false_though_signed_by_the_trusted_key(name, resigned, trust):
    change, kind, words = RESIGNED[name]
    with pytest.raises(kind) as refused:
        verify(resigned(change), trust=trust, at=TODAY)
    assert words in str(refused.value)


def test_terms_appended_after_signing_are_not_signed(passport, signer, trust):
    """Data Integrity lets contexts be appended outside the signature; a passport does not."""
    document = passport.document
    del document["proof"]
    contexts = document["@context"]
    document["@context"] = contexts[:1]
    proven = add_proof(document, method=signer.verification_method, created=ISSUED, by=signer)
    with pytest.raises(MalformedError, match="all terms must be signed"):
        verify(canonical({**proven, "@context": contexts}), trust=trust, at=TODAY)


def test_signing_an_unchanged_document_again_verifies(resigned, trust, passport):
    """The control for the cases above: the way they are signed is sound, only what they say is not."""
    assert verify(resigned(nothing), trust=trust, at=TODAY).passport.json == passport.json


TEXTS = {
    "empty": (b"", "is not JSON"),
    "not JSON": (b"passport", "is not JSON"),
    "cut in half": (b'{"issuer": "did:k', "is not JSON"),
    "two documents": (b"{} {}", "Extra data"),
    "a list": (b"[]", "an object is needed"),
    "a text": (b'"passport"', "an object is needed"),
    "not UTF-8": (b'{"a": "\xff"}', "byte 7"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "is not UTF-8"),
    "byte-order mark": (b"\xef\xbb\xbf{}", "byte-order mark"),
    "half a surrogate pair": (rb'{"a": "\ud800"}', "surrogate"),
    "half a surrogate pair as key": (rb'{"\udfff": 1}', "surrogate"),
    "bare control character": (b'{"a": "\x01"}', "control character"),
    "NaN": (b'{"kg": NaN}', "not a JSON number"),
    "Infinity": (b'{"kg": -Infinity}', "not a JSON number"),
    "1e400": (b'{"kg": 1e400}', "does not fit a double"),
    "1e-400": (b'{"kg": 1e-400}', "does not fit a double"),
    "endless integer": (b'{"kg": ' + b"9" * 5000 + b"}", "too long"),
    "endless fraction": (b'{"kg": 0.' + b"1" * 40 + b"}", "too long"),
    "integer above 2^53": (b'{"kg": 9007199254740992}', "2^53"),
    "deep lists": (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too deep"),
    "deep objects": (b'{"a":' * 33 + b"1" + b"}" * 33, "too deep"),
    "duplicate key": (b'{"lot": "A", "lot": "B"}', "is there twice"),
    "duplicate key, escaped": (rb'{"lot": "A", "l\u006ft": "B"}', "is there twice"),
    "duplicate key inside": (b'{"a": [{"b": 1, "b": 1}]}', "is there twice"),
    "too large": (b'{"a": "' + b"x" * 300_000 + b'"}', "limit is 262144"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_two_readers_could_read_differently(name, trust):
    text, words = TEXTS[name]
    with pytest.raises(MalformedError) as refused:
        verify(text, trust=trust, at=TODAY)
    assert words in str(refused.value)
    assert len(str(refused.value)) < 500


def test_a_duplicated_key_beside_a_genuine_signature(passport, trust):
    text = passport.json.replace(b'"issuer":', b'"issuer":"did:key:zOther","issuer":', 1)
    assert json.loads(text) == passport.document  # plain json would not notice
    with pytest.raises(MalformedError, match="'issuer' — is there twice"):
        verify(text, trust=trust, at=TODAY)


def test_a_stranger_is_not_trusted(stranger, sample, terms, trust):
    with pytest.raises(UntrustedError, match="not in the trust list"):
        verify(stranger.issue(sample, **terms), trust=trust, at=TODAY)


def test_an_empty_trust_list_trusts_nobody(passport):
    with pytest.raises(UntrustedError):
        verify(passport, trust=TrustList.of(), at=TODAY)


def test_a_stranger_signing_in_the_issuers_name(passport, stranger, signer, trust):
    document = passport.document
    del document["proof"]
    own_key = add_proof(document, method=stranger.verification_method, created=ISSUED, by=stranger)
    with pytest.raises(UntrustedError, match="not one of the issuer's keys"):
        verify(canonical(own_key), trust=trust, at=TODAY)
    forged = add_proof(document, method=signer.verification_method, created=ISSUED, by=stranger)
    with pytest.raises(SignatureError, match="does not fit"):
        verify(canonical(forged), trust=trust, at=TODAY)


def test_a_trusted_issuer_does_not_speak_for_another(stranger, signer, sample, terms, passport):
    """Both are trusted, yet the one's key must not sign the other's passports."""
    both = TrustList.of(signer.trusted_as("A"), stranger.trusted_as("B"))
    document = passport.document
    del document["proof"]
    crossed = add_proof(document, method=stranger.verification_method, created=ISSUED, by=stranger)
    with pytest.raises(UntrustedError):
        verify(canonical(crossed), trust=both, at=TODAY)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({"valid_until": datetime(2025, 6, 1, tzinfo=UTC)}, "until 2025-06-01"),
        ({"valid_from": datetime(2025, 6, 25, tzinfo=UTC)}, "from 2025-06-25"),
    ],
)
def test_a_key_signs_only_while_it_is_in_use(passport, signer, window, words):
    with pytest.raises(UntrustedError, match=words):
        verify(passport, trust=TrustList.of(signer.trusted_as("Sample", **window)), at=TODAY)


def test_a_passport_stays_valid_after_its_key_retired(passport, signer):
    retired = signer.trusted_as("Sample", valid_until=datetime(2025, 6, 21, tzinfo=UTC))
    assert verify(passport, trust=TrustList.of(retired), at=TODAY).issuer_name == "Sample"


def test_a_valid_from_before_the_key_existed(resigned, signer):
    backdated = resigned(put(("validFrom",), "2020-01-01T00:00:00Z"))
    trust = TrustList.of(signer.trusted_as("Sample", valid_from=datetime(2025, 1, 1, tzinfo=UTC)))
    with pytest.raises(UntrustedError, match="validFrom"):
        verify(backdated, trust=trust, at=TODAY)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2025, 6, 20, 7, 59, 59, tzinfo=UTC), "validFrom"),
        (datetime(2026, 6, 20, 8, 0, 1, tzinfo=UTC), "ask for a new passport"),
        (datetime(1999, 1, 1, tzinfo=UTC), "validFrom"),
    ],
)
def test_outside_its_validity(passport, trust, at, words):
    with pytest.raises(ExpiredError, match=words):
        verify(passport, trust=trust, at=at)


def test_valid_to_the_last_second(passport, trust):
    last = datetime(2026, 6, 20, 8, tzinfo=UTC)
    assert verify(passport, trust=trust, at=last).valid_until == last
    assert verify(passport, trust=trust, at=ISSUED).valid_from == ISSUED


def test_signed_in_the_future(passport, signer, trust):
    document = passport.document
    del document["proof"]
    later = add_proof(
        document, method=signer.verification_method, created=TODAY + timedelta(days=1), by=signer
    )
    with pytest.raises(ExpiredError, match="2025-07-02"):
        verify(canonical(later), trust=trust, at=TODAY)


@pytest.mark.parametrize(
    "scanned",
    [
        "https://id.example.org/01/09506000134352/10/2025-06-B",
        "https://id.example.org/01/09506000134352/10/2025-06-a",
        "https://id.example.org/01/09506000134369/10/2025-06-A",
    ],
)
def test_a_genuine_passport_on_other_goods(passport, trust, scanned):
    with pytest.raises(MismatchError, match="for other goods"):
        verify(passport, trust=trust, at=TODAY, scanned=scanned)


def test_a_genuine_item_passport_on_another_item_or_a_whole_lot(signer, sample, terms, trust):
    passport = signer.issue(sample, **terms, serial="box-7")
    lot = "https://id.example.org/01/09506000134352/10/2025-06-A"
    for code in (f"{lot}/21/box-8", lot):
        with pytest.raises(MismatchError):
            verify(passport, trust=trust, at=TODAY, scanned=code)


def test_a_scanned_code_that_is_no_link(passport, trust):
    with pytest.raises(MalformedError, match="digital link"):
        verify(passport, trust=trust, at=TODAY, scanned="javascript:alert(1)")


SMALL_ORDER_KEY = bytes.fromhex("01" + "00" * 31)


def test_a_small_order_key_would_let_anybody_sign(passport, signer):
    """OpenSSL accepts R = identity, S = 0 under this key for every message; the verifier must not."""
    did = "did:key:z" + encode(MULTICODEC_ED25519 + SMALL_ORDER_KEY)
    method = f"{did}#{did.removeprefix('did:key:')}"
    document = {name: value for name, value in passport.document.items() if name != "proof"}
    document["issuer"] = did
    anybody = SimpleNamespace(public_key=signer.public_key, sign_bytes=lambda _: SMALL_ORDER_KEY + bytes(32))
    forged = add_proof(document, method=method, created=ISSUED, by=anybody)
    with pytest.raises(UntrustedError, match="small order"):
        verify(canonical(forged), trust=UnsafeAnyIssuer(), at=TODAY)


def test_a_signature_moved_by_the_group_order_is_another_signature(passport, trust):
    """S + L verifies where S < L is not enforced (RFC 8032 §5.1.7): two signatures for one passport."""
    from footprint.passport.base58 import decode

    order = 2**252 + 27742317777372353535851937790883648493
    document = passport.document
    signature = decode(document["proof"]["proofValue"][1:])
    moved = int.from_bytes(signature[32:], "little") + order
    document["proof"]["proofValue"] = "z" + encode(signature[:32] + moved.to_bytes(32, "little"))
    with pytest.raises(SignatureError, match="does not fit"):
        verify(canonical(document), trust=trust, at=TODAY)


def test_the_unsafe_policy_still_needs_a_key_and_its_own(sample, terms, stranger, edited):
    company = Signer.from_seed(b"\x05" * 32, issuer="did:web:example.org")
    with pytest.raises(UntrustedError, match="holds no key"):
        verify(company.issue(sample, **terms), trust=UnsafeAnyIssuer(), at=TODAY)
    other = edited(put(("proof", "verificationMethod"), stranger.verification_method))
    with pytest.raises(UntrustedError, match="not one of the issuer's keys"):
        verify(other, trust=UnsafeAnyIssuer(), at=TODAY)


def test_every_refusal_is_a_verification_error_with_a_readable_problem(edited, trust):
    with pytest.raises(VerificationError) as refused:
        verify(edited(put(("proof", "cryptosuite"), "<script>" * 50)), trust=trust, at=TODAY)
    (problem,) = refused.value.problems
    assert problem.where == "proof.cryptosuite"
    assert len(problem.what) < 80
    assert problem.fix
