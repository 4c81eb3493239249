"""What a reader asks beyond genuine: this issuer, not revoked, seen by somebody, fresh; all of it, or any of it."""

from datetime import UTC, datetime, timedelta

import pytest

from footprint.errors import InputError, PolicyError, RevokedError, SignatureError, VerificationError
from footprint.passport import (
    AllOf,
    AnyOf,
    Assurance,
    FreshEnough,
    IssuerIs,
    NotRevoked,
    StatusLists,
    UnsafeAskNothing,
    UnsafeIgnoreStatus,
    VerifiedBy,
    status_entries,
    verify,
)

TODAY = datetime(2025, 7, 1, tzinfo=UTC)
LISTS = {
    "revocation": "https://id.example.org/status/revocation/0",
    "suspension": "https://id.example.org/status/suspension/0",
}
VERIFIER = "Sample Verifier (sample data)"


@pytest.fixture(scope="module")
def revocable(signer, sample, terms):
    return signer.issue(sample, **terms, status=status_entries(LISTS, 4711))


@pytest.fixture(scope="module")
def lists(signer):
    """Three hours old, and empty."""
    at = TODAY - timedelta(hours=3)
    return StatusLists.of(*(signer.sign_status_list(name, url, [], at=at) for name, url in LISTS.items()))


@pytest.fixture(scope="module")
def looked_at(signer, sample, terms):
    """A passport whose issuer says that a third party looked."""
    assurance = Assurance(level="limited", by=VERIFIER, at="2025-06-01")
    return signer.issue(sample, **{**terms, "assurance": assurance})


def test_a_buyer_asks_for_much_and_is_told_all_of_it(signer, sample, terms, trust, lists):
    assurance = Assurance(level="reasonable", by=VERIFIER, at="2025-06-01")
    passport = signer.issue(sample, **{**terms, "assurance": assurance}, status=status_entries(LISTS, 4711))
    wanted = AllOf(
        IssuerIs(signer.issuer),
        NotRevoked(within=timedelta(hours=6)),
        VerifiedBy(VERIFIER, at_least="reasonable"),
        FreshEnough(issued=timedelta(days=30), data=timedelta(days=366)),
    )
    verified = verify(passport, trust=trust, at=TODAY, status=lists, policy=wanted)
    assert verified.checks[-4:] == (
        "Its issuer is the one you asked for.",
        "It could have been revoked, and was not.",
        f"{VERIFIER} gave reasonable assurance, says the issuer.",
        "Issued 2025-06-20T08:00:00Z, data until 2025-08-01: fresh enough.",
    )


def test_all_that_is_not_as_asked_is_told_at_once(passport, stranger, trust):
    wanted = AllOf(
        IssuerIs(stranger.issuer), NotRevoked(), VerifiedBy(), FreshEnough(issued=timedelta(days=5))
    )
    with pytest.raises(PolicyError) as refused:
        verify(passport, trust=trust, at=TODAY, policy=wanted)
    assert [problem.where for problem in refused.value.problems] == [
        "issuer",
        "credentialStatus",
        "assurance.level",
        "validFrom",
    ]
    assert isinstance(refused.value, VerificationError)
    assert all(problem.fix for problem in refused.value.problems)


def test_a_forgery_is_refused_before_any_policy_is_asked(edited, trust):
    asked = []

    class Noting:
        def check(self, passport):
            asked.append(passport)
            return ()

    with pytest.raises(SignatureError):
        verify(edited(lambda d: d.update(name="Mango")), trust=trust, at=TODAY, policy=Noting())
    assert not asked


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (IssuerIs("did:web:orchard.example"), "you asked for 'did:web:orchard.example'"),
        (NotRevoked(), "names no list of revocations"),
        (VerifiedBy(), "is self"),
        (FreshEnough(issued=timedelta(days=10)), "you asked for 10 days at the most"),
    ],
)
def test_one_policy_refuses(passport, trust, policy, words):
    with pytest.raises(PolicyError, match=words):
        verify(passport, trust=trust, at=TODAY, policy=policy)


def test_a_verifier_other_than_the_one_asked_for(looked_at, trust):
    assert verify(looked_at, trust=trust, at=TODAY, policy=VerifiedBy(VERIFIER))
    with pytest.raises(PolicyError, match="you asked for 'Another Verifier"):
        verify(looked_at, trust=trust, at=TODAY, policy=VerifiedBy("Another Verifier (sample data)"))
    with pytest.raises(PolicyError, match="you asked for reasonable assurance"):
        verify(looked_at, trust=trust, at=TODAY, policy=VerifiedBy(VERIFIER, at_least="reasonable"))


def test_a_name_is_compared_letter_by_letter(signer, sample, terms, trust):
    lookalike = Assurance(
        level="limited", by=VERIFIER.replace("a", "\u0430"), at="2025-06-01"
    )  # a Cyrillic a
    passport = signer.issue(sample, **{**terms, "assurance": lookalike})
    with pytest.raises(PolicyError, match=r"u0430"):
        verify(passport, trust=trust, at=TODAY, policy=VerifiedBy(VERIFIER))


def test_a_revoked_one_is_refused_with_or_without_the_policy(signer, revocable, trust):
    lists = StatusLists.of(
        *(signer.sign_status_list(name, url, [4711], at=TODAY) for name, url in LISTS.items())
    )
    with pytest.raises(RevokedError):
        verify(revocable, trust=trust, at=TODAY, status=lists)


def test_not_looking_is_not_the_same_as_not_revoked(revocable, trust):
    assert verify(revocable, trust=trust, at=TODAY, status=UnsafeIgnoreStatus())
    with pytest.raises(PolicyError, match="was not looked up"):
        verify(revocable, trust=trust, at=TODAY, status=UnsafeIgnoreStatus(), policy=NotRevoked())


def test_a_list_that_counts_can_still_be_too_old_for_this_reader(revocable, trust, lists):
    with pytest.raises(PolicyError, match="3:00:00 old"):
        verify(revocable, trust=trust, at=TODAY, status=lists, policy=NotRevoked(timedelta(hours=1)))


def test_a_new_signature_does_not_make_old_data_new(signer, sample_with, terms, trust):
    old = sample_with(period_start="2022-08-01", period_end="2023-08-01")
    passport = signer.issue(old, **terms)
    assert verify(passport, trust=trust, at=TODAY, policy=FreshEnough(issued=timedelta(days=30)))
    with pytest.raises(PolicyError, match="2023-08-01"):
        verify(passport, trust=trust, at=TODAY, policy=FreshEnough(data=timedelta(days=400)))


def test_any_of_takes_the_first_that_holds(passport, looked_at, signer, trust):
    either = AnyOf(VerifiedBy(), IssuerIs(signer.issuer))
    assert verify(looked_at, trust=trust, at=TODAY, policy=either).checks[-1].startswith(VERIFIER)
    assert verify(passport, trust=trust, at=TODAY, policy=either).checks[-1].startswith("Its issuer")


def test_any_of_tells_why_none_held(passport, trust):
    either = AnyOf(VerifiedBy(), AllOf(NotRevoked(), IssuerIs("did:web:orchard.example")))
    with pytest.raises(PolicyError) as refused:
        verify(passport, trust=trust, at=TODAY, policy=either)
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("empty", [AllOf, AnyOf, FreshEnough])
def test_a_policy_that_asks_nothing_is_a_mistake(empty):
    with pytest.raises(InputError):
        empty()


def test_asking_nothing_is_said_out_loud(passport, trust):
    verified = verify(passport, trust=trust, at=TODAY, policy=UnsafeAskNothing())
    assert verified.checks[-1].startswith("UNSAFE")


def test_a_policy_can_be_asked_again_later(passport, trust, signer):
    verified = verify(passport, trust=trust, at=TODAY)
    assert IssuerIs(signer.issuer).check(verified)


def test_policies_are_values(signer):
    assert AllOf(NotRevoked(), IssuerIs("did:web:a")) == AllOf(NotRevoked(), IssuerIs("did:web:a"))
    with pytest.raises(AttributeError):
        AllOf(NotRevoked()).policies = ()


def test_a_verdict_says_what_nobody_checked(passport, trust):
    verified = verify(passport, trust=trust, at=TODAY)
    assert verified.unchecked == (
        "whether it is about the goods before you; no scanned code was given",
        "whether its issuer took it back; it names no status list, so it never can be",
        "whether a log holds it, and so since when it exists; no log proof was given",
        "whether its records are true; it is the producer's own word",
    )
    assert verified.explain().splitlines()[0].startswith("✓ The eddsa-jcs-2022 signature fits")
    assert verified.explain().splitlines()[-1].startswith("? not checked: whether its records are true")


def test_what_was_looked_at_is_no_longer_among_what_was_not(revocable, looked_at, trust, lists):
    scanned = "https://id.example.org/01/09506000134352/10/2025-06-A"
    verified = verify(revocable, trust=trust, at=TODAY, status=lists, scanned=scanned)
    assert [line.split(";")[0] for line in verified.unchecked] == [
        "whether a log holds it, and so since when it exists",
        "whether its records are true",
    ]
    ignored = verify(revocable, trust=trust, at=TODAY, status=UnsafeIgnoreStatus())
    assert sum("UNSAFE" in line for line in ignored.unchecked) == 2
    assert f"says that {VERIFIER} looked (limited)" in verify(looked_at, trust=trust, at=TODAY).unchecked[-1]
