"""A passport is revoked, suspended or replaced, and the reader learns it offline, or is told that nobody can tell."""

import gzip
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import (
    FootprintError,
    InputError,
    IssueError,
    MalformedError,
    RevokedError,
    SignatureError,
    StatusError,
    UntrustedError,
)
from footprint.passport import (
    AcceptStale,
    Passport,
    Signer,
    StatusEntry,
    StatusKeeper,
    StatusLists,
    TrustList,
    UnsafeAnyAge,
    UnsafeAnyIssuer,
    UnsafeIgnoreStatus,
    canonical,
    check_current,
    status_entries,
    verify,
)
from footprint.passport.bitstring import LARGEST, SMALLEST, bit_at, encode_bits, expand
from footprint.passport.data_integrity import add_proof
from footprint.passport.status_list import PURPOSES, status_list_document

TODAY = datetime(2025, 7, 1, 8, tzinfo=UTC)
PLACE = 94_567
LISTS = {purpose: f"https://id.example.org/status/{purpose}" for purpose in PURPOSES}
ENTRIES = status_entries(LISTS, PLACE)


@pytest.fixture(scope="module")
def revocable(signer, sample, terms) -> Passport:
    """A passport that says where its status is."""
    return signer.issue(sample, **terms, status=ENTRIES)


def lists_by(signer: Signer, *, revoked=(), suspended=(), at=TODAY, stale=None) -> StatusLists:
    ones = {"revocation": revoked, "suspension": suspended}
    made = [signer.sign_status_list(purpose, LISTS[purpose], ones[purpose], at=at) for purpose in PURPOSES]
    return StatusLists.of(*made, stale=stale) if stale else StatusLists.of(*made)


def test_in_force(revocable, signer, trust):
    verified = verify(revocable, trust=trust, at=TODAY + timedelta(hours=5), status=lists_by(signer))
    assert "No revocation, says a status list of 5 hours before." in verified.checks
    assert "No suspension, says a status list of 5 hours before." in verified.checks
    assert verified.status == ENTRIES


def test_revoked(revocable, signer, trust):
    with pytest.raises(RevokedError, match="was revoked"):
        verify(revocable, trust=trust, at=TODAY, status=lists_by(signer, revoked=[PLACE]))


def test_suspended_and_back_again(revocable, signer, trust):
    with pytest.raises(RevokedError, match="is suspended"):
        verify(revocable, trust=trust, at=TODAY, status=lists_by(signer, suspended=[PLACE]))
    verify(revocable, trust=trust, at=TODAY, status=lists_by(signer, suspended=[PLACE + 1, PLACE - 1]))


def test_not_looking_is_refused_unless_it_is_said_out_loud(revocable, trust):
    with pytest.raises(StatusError, match="you gave no lists"):
        verify(revocable, trust=trust, at=TODAY)
    verified = verify(revocable, trust=trust, at=TODAY, status=UnsafeIgnoreStatus())
    assert "UNSAFE: nobody looked whether it is under revocation." in verified.checks


def test_a_passport_without_status_needs_no_list(passport, signer, trust):
    assert verify(passport, trust=trust, at=TODAY, status=lists_by(signer)).status == ()


def test_a_list_that_is_missing(revocable, signer, trust):
    only = StatusLists.of(signer.sign_status_list("suspension", LISTS["suspension"], [], at=TODAY))
    with pytest.raises(StatusError, match="not among your status lists"):
        verify(revocable, trust=trust, at=TODAY, status=only)


def test_a_stale_list_fails_closed_and_shows_its_age(revocable, signer, trust):
    with pytest.raises(StatusError, match="is 48 hours old"):
        verify(revocable, trust=trust, at=TODAY + timedelta(hours=48), status=lists_by(signer))


@pytest.mark.parametrize(
    ("stale", "hours", "accepted"),
    [
        (AcceptStale(timedelta(hours=72)), 71, True),
        (AcceptStale(timedelta(hours=72)), 73, False),
        (UnsafeAnyAge(), 5000, True),
        (None, 24, True),
        (None, 25, False),
    ],
)
def test_how_old_a_list_may_be(revocable, signer, trust, stale, hours, accepted):
    status, at = lists_by(signer, stale=stale), TODAY + timedelta(hours=hours)
    if accepted:
        verify(revocable, trust=trust, at=at, status=status)
    else:
        with pytest.raises(StatusError, match=f"is {hours} hours old"):
            verify(revocable, trust=trust, at=at, status=status)


def test_a_list_of_tomorrow_does_not_say_what_holds_today(revocable, signer, trust):
    with pytest.raises(StatusError, match="what held then"):
        verify(revocable, trust=trust, at=TODAY, status=lists_by(signer, at=TODAY + timedelta(days=1)))


def test_a_list_of_another_issuer_cannot_bring_a_passport_back(revocable, signer, stranger):
    """Even of one whom the reader trusts as an issuer."""
    both = TrustList.of(
        signer.trusted_as("Sample co-op (sample data)"), stranger.trusted_as("Other (sample data)")
    )
    with pytest.raises(UntrustedError, match="keeper"):
        verify(revocable, trust=both, at=TODAY, status=lists_by(stranger))
    with pytest.raises(UntrustedError, match="keeper"):
        verify(revocable, trust=UnsafeAnyIssuer(), at=TODAY, status=lists_by(stranger))


def test_a_keeper_that_the_reader_names_may_revoke_and_issues_nothing(
    revocable, signer, stranger, sample, terms
):
    entry = stranger.trusted_as("Sample label service (sample data)")
    keeper = StatusKeeper(**entry.model_dump(), issuers=(signer.issuer,))
    trust = TrustList((signer.trusted_as("Sample co-op (sample data)"),), keepers=(keeper,))
    assert TrustList.from_json(trust.to_json()) == trust
    verify(revocable, trust=trust, at=TODAY, status=lists_by(stranger))
    with pytest.raises(RevokedError):
        verify(revocable, trust=trust, at=TODAY, status=lists_by(stranger, revoked=[PLACE]))
    with pytest.raises(UntrustedError, match="not in the trust list"):
        verify(stranger.issue(sample, **terms), trust=trust, at=TODAY)
    other = TrustList(trust.issuers, keepers=(keeper.model_copy(update={"issuers": ("did:web:x.example",)}),))
    with pytest.raises(UntrustedError, match="keeper"):
        verify(revocable, trust=other, at=TODAY, status=lists_by(stranger))


def signed_list(signer: Signer, **changes) -> bytes:
    """A revocation list with something odd in it, signed all the same."""
    document = status_list_document(
        address=LISTS["revocation"], issuer=signer.issuer, purpose="revocation", ones=[], at=TODAY
    )
    subject = changes.pop("subject", {})
    document = {**document, **changes, "credentialSubject": {**document["credentialSubject"], **subject}}
    proven = add_proof(document, method=signer.verification_method, created=TODAY, by=signer)
    return canonical(proven)


def packed(data: bytes) -> str:
    return "u" + urlsafe_b64encode(data).rstrip(b"=").decode()


ODD = {
    "another purpose": ({"subject": {"statusPurpose": "suspension"}}, StatusError, "the list is for"),
    "no purpose": ({"subject": {"statusPurpose": []}}, MalformedError, "statusPurpose"),
    "too few entries": (
        {"subject": {"encodedList": packed(gzip.compress(bytes(1000)))}},
        MalformedError,
        "8000 entries",
    ),
    "a bomb": (
        {"subject": {"encodedList": packed(gzip.compress(bytes(200_000_000)))}},
        MalformedError,
        "expands without end",
    ),
    "cut GZIP": ({"subject": {"encodedList": encode_bits([])[:-8]}}, MalformedError, "is cut"),
    "two GZIP members": (
        {"subject": {"encodedList": packed(gzip.compress(bytes(20_000)) * 2)}},
        MalformedError,
        "something follows",
    ),
    "not GZIP": ({"subject": {"encodedList": packed(bytes(20_000))}}, MalformedError, "is not GZIP"),
    "padded base64": ({"subject": {"encodedList": encode_bits([]) + "="}}, MalformedError, "without padding"),
    "base64 and not base64url": (
        {"subject": {"encodedList": "m" + encode_bits([])[1:]}},
        MalformedError,
        "base64url",
    ),
    "impossible base64": ({"subject": {"encodedList": "uAAAAA"}}, MalformedError, "is cut|is not GZIP"),
    "two bits per entry": ({"subject": {"statusSize": 2}}, MalformedError, "statusSize"),
    "another type": ({"type": ["VerifiableCredential"]}, StatusError, "BitstringStatusListCredential"),
    "no time": ({"validFrom": None}, MalformedError, "validFrom"),
    "time to live as text": ({"subject": {"ttl": "3600"}}, MalformedError, "ttl"),
    "another context": ({"@context": ["https://x.example"]}, StatusError, "status list"),
}


@pytest.mark.parametrize("name", ODD)
def test_a_list_that_says_something_odd(revocable, signer, trust, name):
    changes, error, says = ODD[name]
    suspension = signer.sign_status_list("suspension", LISTS["suspension"], [], at=TODAY)
    with pytest.raises(error, match=says):
        verify(
            revocable,
            trust=trust,
            at=TODAY,
            status=StatusLists.of(signed_list(signer, **changes), suspension),
        )


def test_a_list_changed_after_signing(revocable, signer, trust):
    document = json.loads(signer.sign_status_list("revocation", LISTS["revocation"], [PLACE], at=TODAY))
    document["credentialSubject"]["encodedList"] = encode_bits([])
    suspension = signer.sign_status_list("suspension", LISTS["suspension"], [], at=TODAY)
    with pytest.raises(SignatureError):
        verify(revocable, trust=trust, at=TODAY, status=StatusLists.of(canonical(document), suspension))


def test_a_key_that_was_retired_signs_no_lists(revocable, signer):
    retired = TrustList.of(signer.trusted_as("Sample (sample data)", valid_until=TODAY - timedelta(days=1)))
    with pytest.raises(StatusError, match="the key was in use"):
        verify(revocable, trust=retired, at=TODAY, status=lists_by(signer))


BAD_ENTRIES = {
    "negative index": {"statusListIndex": "-1"},
    "index as a number": {"statusListIndex": 5},
    "leading zero": {"statusListIndex": "007"},
    "index in other digits": {"statusListIndex": "٣"},
    "purpose nobody knows": {"statusPurpose": "message"},
    "another kind": {"type": "StatusList2021Entry"},
    "size 2": {"statusSize": 2},
    "size true": {"statusSize": True},
    "a field nobody checks": {"statusMessage": [{"status": "0x0", "message": "ok"}]},
    "no address": {"statusListCredential": "javascript:alert(1)"},
}


@pytest.mark.parametrize("name", BAD_ENTRIES)
def test_an_entry_that_cannot_be_evaluated_is_refused(passport, signer, trust, name):
    document = passport.document
    del document["proof"]
    document["credentialStatus"] = {**ENTRIES[0].document(), **BAD_ENTRIES[name]}
    proven = add_proof(document, method=signer.verification_method, created=TODAY, by=signer)
    with pytest.raises(MalformedError, match="credentialStatus"):
        verify(canonical(proven), trust=trust, at=TODAY, status=lists_by(signer))


def test_a_place_past_the_end_of_the_list(signer, sample, terms, trust):
    outside = signer.issue(sample, **terms, status=status_entries(LISTS, SMALLEST))
    with pytest.raises(MalformedError, match="the list ends at 131071"):
        verify(outside, trust=trust, at=TODAY, status=lists_by(signer))


def test_two_entries_of_one_purpose_are_not_signed(signer, sample, terms):
    with pytest.raises(IssueError, match="one bit per purpose"):
        signer.issue(sample, **terms, status=(ENTRIES[0], ENTRIES[0]))


def test_lists_in_a_folder(tmp_path, revocable, signer, trust):
    with pytest.raises(InputError, match="holds 0 status lists"):
        StatusLists.load(tmp_path)
    for purpose in PURPOSES:
        data = signer.sign_status_list(purpose, LISTS[purpose], [], at=TODAY)
        (tmp_path / f"{purpose}.json").write_bytes(data)
    verify(revocable, trust=trust, at=TODAY, status=StatusLists.load(tmp_path))
    (tmp_path / "copy.json").write_bytes(data)
    with pytest.raises(InputError, match="keep the newest"):
        StatusLists.load(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        StatusLists.load(tmp_path / "missing.json")


def test_a_list_for_a_thousand_passports_is_checked_once(signer, trust, monkeypatch):
    status, checked = lists_by(signer), []
    monkeypatch.setattr("footprint.passport.status.check_proof", lambda *_: checked.append(1))
    for index in range(1000):
        (entry, _) = status_entries(LISTS, index)
        status.find(entry, signer.issuer, trust, TODAY)
    assert len(checked) == 1


@given(st.sets(st.integers(0, SMALLEST - 1), max_size=50))
def test_bits_come_back(ones):
    bits = expand(encode_bits(ones))
    assert {index for index in (*ones, *(one ^ 1 for one in ones)) if bit_at(bits, index)} == ones


@pytest.mark.parametrize(
    ("ones", "length"),
    [([-1], SMALLEST), ([SMALLEST], SMALLEST), ([], 8), ([], LARGEST * 2), ([], SMALLEST + 1)],
)
def test_lists_that_are_not_made(ones, length):
    with pytest.raises(ValueError, match="list"):
        encode_bits(ones, length)


def test_the_published_example_list():
    """Bitstring Status List v1.0, §2.2, example 3: sixteen kilobytes of zeros."""
    published = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert expand(published) == bytes(SMALLEST // 8)


@given(st.text(max_size=60))
def test_any_text_is_a_list_or_refused(text):
    with pytest.raises(FootprintError):
        expand(text)


def test_a_newer_passport_replaces(signer, sample_with, passport, terms, trust):
    old = verify(passport, trust=trust, at=TODAY)
    later = {**terms, "issued_at": terms["issued_at"] + timedelta(days=3)}
    newer = verify(signer.issue(sample_with(), **later, supersedes=[old]), trust=trust, at=TODAY)
    unrelated = verify(signer.issue(sample_with(), **later), trust=trust, at=TODAY)
    assert newer.product_footprint.preceding_pf_ids == (old.product_footprint.id,)
    check_current(newer, [old, unrelated])
    check_current(old, [unrelated])
    with pytest.raises(RevokedError, match="precedingPfIds"):
        check_current(old, [unrelated, newer])


def test_only_ones_own_passport_of_the_same_goods_is_replaced(
    signer, stranger, sample, passport, terms, trust
):
    old = verify(passport, trust=trust, at=TODAY)
    later = {**terms, "issued_at": terms["issued_at"] + timedelta(days=3)}
    for issuer, changes in (
        (stranger, {}),
        (signer, {"lot": "OTHER"}),
        (signer, {"issued_at": terms["issued_at"]}),
    ):
        with pytest.raises(IssueError, match="supersedes"):
            issuer.issue(sample, **{**later, **changes}, supersedes=[old])


def test_strings_are_what_the_standard_says():
    assert StatusEntry.model_validate(ENTRIES[0].document()) == ENTRIES[0]
    assert ENTRIES[0].document() == {
        "id": "https://id.example.org/status/revocation#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": "https://id.example.org/status/revocation",
    }
