"""What the users do: a producer signs, a retailer scans, and what was verified comes back."""

import socket
from datetime import UTC, datetime, timedelta
from decimal import Decimal, getcontext, localcontext
from hashlib import sha256
from uuid import UUID

import pytest

from footprint.errors import FootprintError, VerificationError
from footprint.passport import (
    Assurance,
    DigitalLink,
    Passport,
    Signer,
    TrustList,
    UnsafeAnyIssuer,
    canonical,
    verify,
)

TODAY = datetime(2025, 7, 1, tzinfo=UTC)


def test_a_retailer_scans_a_lot_and_gets_the_verified_numbers(passport, trust, gross):
    scanned = "https://shop.example.net/01/09506000134352/10/2025-06-A?linkType=gs1:sustainabilityInfo#c1.5"
    verified = verify(passport, trust=trust, at=TODAY, scanned=scanned)

    assert verified.issuer_name == "Sample Lychee Co-operative (sample data)"
    assert (verified.gtin, verified.lot, verified.serial) == ("09506000134352", "2025-06-A", None)
    assert verified.subject == "https://id.example.org/01/09506000134352/10/2025-06-A"
    assert verified.claims.gross_kg_co2e == verified.pcf.pcf_excluding_biogenic_uptake == gross
    assert verified.claims.removals_kg_co2 == Decimal("0.09132")
    assert verified.valid_until - verified.valid_from == timedelta(days=365)
    assert "The scanned code names the same goods." in verified.checks
    assert verified.passport is passport


@pytest.mark.parametrize("form", [lambda p: p, lambda p: p.json, lambda p: p.json.decode()])
def test_object_bytes_and_text_verify_alike(passport, trust, form):
    assert verify(form(passport), trust=trust, at=TODAY).digest == sha256(passport.json).hexdigest()


def test_whitespace_and_key_order_of_the_file_do_not_matter(passport, trust, edited):
    written_by_another_program = edited(lambda document: document.update(dict(reversed(document.items()))))
    assert written_by_another_program != passport.json
    again = verify(written_by_another_program, trust=trust, at=TODAY)
    assert again.digest == verify(passport, trust=trust, at=TODAY).digest
    assert again.passport.json == written_by_another_program


def test_the_same_arguments_give_the_same_bytes(signer, sample, terms, passport):
    assert signer.issue(sample, **terms).json == passport.json
    assert signer.issue(sample, **{**terms, "lot": "B"}).unverified_id != passport.unverified_id


def test_an_identifier_can_be_chosen(signer, sample, terms, trust):
    chosen = UUID("00000000-0000-4000-8000-000000000001")
    verified = verify(signer.issue(sample, **terms, id=chosen), trust=trust, at=TODAY)
    assert verified.id == f"urn:uuid:{chosen}"


def test_a_lot_passport_covers_each_item_of_the_lot(passport, trust):
    one_item = DigitalLink("9506000134352", "2025-06-A", "box-7")
    assert verify(passport, trust=trust, at=TODAY, scanned=one_item).serial is None


def test_a_passport_for_one_item_says_so(signer, sample, terms, trust):
    passport = signer.issue(sample, **terms, serial="box-7")
    scanned = "https://id.example.org/01/09506000134352/10/2025-06-A/21/box-7"
    assert verify(passport, trust=trust, at=TODAY, scanned=scanned).serial == "box-7"


def test_the_odd_characters_of_gs1_survive_the_address(signer, sample, terms, trust):
    lot = "!%()*+,-.0:;=?A_z"
    verified = verify(signer.issue(sample, **{**terms, "lot": lot}), trust=trust, at=TODAY)
    assert verified.lot == lot
    assert DigitalLink.parse(verified.subject).lot == lot


def test_a_company_signs_under_its_domain(sample, terms):
    company = Signer.from_seed(b"\x05" * 32, issuer="did:web:example.org#orchard-2025")
    trust = TrustList.of(company.trusted_as("Example"))
    verified = verify(company.issue(sample, **terms), trust=trust, at=TODAY)
    assert verified.issuer == "did:web:example.org"
    assert company.verification_method == "did:web:example.org#orchard-2025"


def test_third_party_assurance_shows_in_pact_and_self_declaration_does_not(signer, sample, terms, trust):
    checked = Assurance(level="limited", by="Sample Verifier (sample data)", at="2025-06-01")
    verified = verify(signer.issue(sample, **{**terms, "assurance": checked}), trust=trust, at=TODAY)
    assert verified.pcf.verification.provider_name == "Sample Verifier (sample data)"
    own_word = verify(signer.issue(sample, **terms), trust=trust, at=TODAY)
    assert own_word.pcf.verification is None


def test_unknown_fields_of_a_later_version_are_kept(resigned, trust):
    newer = resigned(lambda d: d["credentialSubject"].update(season="2025"))
    assert verify(newer, trust=trust, at=TODAY).passport.document["credentialSubject"]["season"] == "2025"


def test_the_unsafe_policy_shows_that_a_passport_is_whole_and_no_more(stranger, sample, terms):
    verified = verify(stranger.issue(sample, **terms), trust=UnsafeAnyIssuer(), at=TODAY)
    assert verified.issuer_name == "nobody vouched for this issuer"


def test_an_unverified_passport_says_that_it_is(passport):
    assert passport.unverified_issuer.startswith("did:key:z6Mk")
    assert passport.unverified_subject.endswith("/10/2025-06-A")
    assert Passport.from_json('{"id": 5, "credentialSubject": []}').unverified_subject is None
    assert Passport.from_json('{"id": 5}').unverified_id is None


def test_changing_a_copy_changes_nothing(passport, trust):
    passport.document["issuer"] = "did:key:zSomebodyElse"
    assert verify(passport, trust=trust, at=TODAY).issuer == passport.unverified_issuer


def test_verification_asks_nobody(monkeypatch, passport, trust):
    def no_network(*args, **kwargs):
        raise AssertionError("verification opened a socket")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "create_connection", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    assert verify(passport, trust=trust, at=TODAY).lot == "2025-06-A"


def test_sums_are_exact_whatever_the_callers_decimal_context(passport, trust, signer, sample, terms):
    with localcontext(prec=3):
        verify(passport, trust=trust, at=TODAY)
        assert signer.issue(sample, **terms).json == passport.json
        assert getcontext().prec == 3


def test_the_bytes_are_canonical_and_amounts_are_strings(passport):
    assert canonical(passport.document) == passport.json
    pcf = passport.document["credentialSubject"]["productFootprint"]["pcf"]
    assert pcf["pcfExcludingBiogenicUptake"] == "1.062300"


def test_a_time_without_a_zone_is_no_time(passport, trust):
    with pytest.raises(FootprintError, match="no time zone") as refused:
        verify(passport, trust=trust, at=datetime(2025, 7, 1))  # noqa: DTZ001 - the mistake this test is about
    assert not isinstance(refused.value, VerificationError)


def test_a_footprint_without_removals_mentions_none(signer, trust, sample, terms):
    plain = sample.model_copy(update={"removals": ()})
    verified = verify(signer.issue(plain, **terms), trust=trust, at=TODAY)
    assert verified.claims.removals_kg_co2 == 0
    assert "removals ledger" not in verified.product_footprint.comment
