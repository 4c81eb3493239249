"""From a signed passport to a score, and what happens when the passport proves nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from footprint.passport import Assurance, Signer, TrustList, verify
from footprint.score import score, score_claims, score_or_refusal

ISSUED = datetime(2025, 9, 1, tzinfo=UTC)
LATER = ISSUED + timedelta(days=30)


@pytest.fixture
def signer() -> Signer:
    return Signer.from_seed(bytes(range(32)))


@pytest.fixture
def trust(signer) -> TrustList:
    return TrustList.of(signer.trusted_as("Sample Co-operative (sample data)"))


@pytest.fixture
def issue(signer, footprint_of):
    def build(**changes):
        return signer.issue(
            footprint_of(**changes),
            gtin="09506000134352",
            lot="2025-06-A",
            resolver="https://id.example.org",
            issued_at=ISSUED,
            valid_until=ISSUED + timedelta(days=365),
            assurance=Assurance(level="self"),
        )

    return build


def test_a_lender_recomputes_the_same_bytes_from_the_passport(issue, trust):
    sent = issue().json
    theirs = score(verify(sent, trust=trust, at=LATER))
    ours = score_or_refusal(sent, trust, LATER + timedelta(days=1))
    assert ours.canonical() == theirs.canonical()
    assert ours.passport_digest == verify(sent, trust=trust, at=LATER).digest


def test_the_signer_vouches_for_what_it_measured_itself(issue, trust, claims):
    verified = verify(issue().json, trust=trust, at=LATER)
    chain = {part.name: part.points for part in score(verified).sub_scores}["CHAIN"]
    alone = {part.name: part.points for part in score_claims(verified.claims).sub_scores}["CHAIN"]
    assert (chain, alone) == (81, 50)  # 50 x 0.62 measured share


@pytest.mark.parametrize("days", [366, -1])
def test_an_expired_or_early_passport_is_not_scored(issue, trust, days):
    result = score_or_refusal(issue().json, trust, ISSUED + timedelta(days=days))
    assert (result.status, result.total, result.refusal.code) == (
        "NOT_SCORED",
        None,
        "not_valid_at_this_time",
    )
    assert result.refusal.problems


def test_a_tampered_passport_is_not_scored(issue, trust):
    tampered = issue().json.replace(b"1.470000", b"0.470000")
    assert score_or_refusal(tampered, trust, LATER).refusal.code == "bad_signature"


def test_a_stranger_is_not_scored(issue):
    stranger = Signer.from_seed(b"x" * 32)
    nobody_we_know = TrustList.of(stranger.trusted_as("Somebody else (sample data)"))
    assert score_or_refusal(issue().json, nobody_we_know, LATER).refusal.code == "untrusted_issuer"


def test_rubbish_is_not_scored(trust):
    assert score_or_refusal(b'{"a":1,"a":2}', trust, LATER).refusal.code == "malformed"


def test_another_lot_is_not_scored(issue, trust):
    other = "https://id.example.org/01/09506000134352/10/OTHER"
    assert score_or_refusal(issue().json, trust, LATER, scanned=other).refusal.code == "mismatch"


def test_a_genuine_passport_of_another_category_is_not_comparable(issue, trust, claims):
    honey = claims().product.model_copy(update={"category": "honey"})
    result = score_or_refusal(issue(product=honey).json, trust, LATER)
    assert (result.status, result.refusal.code) == ("NOT_SCORED", "not_comparable")
    assert "fresh-fruit" in result.refusal.problems[0]
