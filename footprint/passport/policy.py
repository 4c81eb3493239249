"""What a reader asks of a passport beyond its being genuine: small rules, put together.

`TrustList` says whom to believe at all. A policy says what is good enough for this reader and this purpose: that
supplier only, seen by a third party, of this season::

    needed = AllOf(NotRevoked(), VerifiedBy(), FreshEnough(data=timedelta(days=400)))
    verify(passport, trust=trust, at=now, status=lists, policy=needed)

A policy returns what it found, in words, or raises `PolicyError` with every reason. It is asked last, about a
passport that was verified, and can be asked again later about the same one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from footprint.errors import InputError, PolicyError, Problem
from footprint.passport.pact_claims import THIRD_PARTY
from footprint.passport.timestamps import format_instant
from footprint.passport.verified import VerifiedPassport
from footprint.passport.wording import shown


class Policy(Protocol):
    """One thing a reader asks."""

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:
        """What was found, in words; raises `PolicyError` when it is not what was asked for."""
        ...


@dataclass(frozen=True, slots=True)
class IssuerIs:
    """This issuer and no other, whoever else the trust list names."""

    issuer: str

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:
        """By the DID, never by a name."""
        if passport.issuer != self.issuer:
            why = f"you asked for {shown(self.issuer)}"
            raise _refused("issuer", f"is {shown(passport.issuer)}", why, "ask that issuer for a passport")
        return ("Its issuer is the one you asked for.",)


@dataclass(frozen=True, slots=True)
class NotRevoked:
    """Its issuer can take it back, and a status list says that it did not.

    A passport that names no status list verifies without this policy: nobody can take it back. `within` is how
    old the list may be, when you want less than what your `StatusLists` accept.
    """

    within: timedelta | None = None

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:
        """By what verification looked up; a passport whose bit is set was refused there."""
        found = next((check for check in passport.looked_up if check.purpose == "revocation"), None)
        if found is None:
            why, fix = "nobody could take it back", "ask the issuer for a passport that can be revoked"
            raise _refused("credentialStatus", "names no list of revocations", why, fix)
        if found.age is None:
            why = "you asked for one that was not revoked"
            raise _refused("credentialStatus", "was not looked up", why, "give the issuer's status lists")
        if self.within is not None and found.age > self.within:
            why = f"you asked for {self.within} at the most"
            raise _refused("status list", f"is {found.age} old", why, "fetch a newer status list")
        return ("It could have been revoked, and was not.",)


@dataclass(frozen=True, slots=True)
class VerifiedBy:
    """A third party looked at the footprint, says the issuer: `by`, if you name one.

    The verifier signs nothing here: ask it when much hangs on its word. `reasonable` assurance is more than
    `limited` (ISO 14064-3).
    """

    by: str | None = None
    at_least: Literal["limited", "reasonable"] = "limited"

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:
        """By the assurance in the claims."""
        said, enough = passport.claims.assurance, THIRD_PARTY[THIRD_PARTY.index(self.at_least) :]
        if said.level not in enough:
            why = f"you asked for {self.at_least} assurance"
            raise _refused("assurance.level", f"is {said.level}", why, "ask the producer to have it verified")
        if self.by is not None and said.by != self.by:
            why = f"you asked for {shown(self.by)}"
            raise _refused(
                "assurance.by", f"is {shown(said.by)}", why, "ask the producer which verifier it was"
            )
        return (f"{said.by} gave {said.level} assurance, says the issuer.",)


@dataclass(frozen=True, slots=True)
class FreshEnough:
    """Issued not long ago, about a season not long ago: a new signature does not make old data new."""

    issued: timedelta | None = None
    data: timedelta | None = None

    def __post_init__(self) -> None:
        if self.issued is None and self.data is None:
            problem = Problem(
                "FreshEnough", "asks nothing", "any age would do", "give issued=, data= or both"
            )
            raise InputError(problem)

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:
        """By the time the passport was verified for, not by the clock."""
        ended = datetime.fromisoformat(passport.claims.period_end).replace(tzinfo=UTC)
        ages = (
            ("validFrom", passport.valid_from, self.issued, "ask for a new passport"),
            ("period_end", ended, self.data, "ask for the footprint of the latest season"),
        )
        late = [
            Problem(name, f"is {format_instant(then)}", f"you asked for {limit.days} days at the most", fix)
            for name, then, limit, fix in ages
            if limit is not None and passport.verified_at - then > limit
        ]
        if late:
            raise PolicyError(*late)
        return (f"Issued {format_instant(passport.valid_from)}, data until {ended:%Y-%m-%d}: fresh enough.",)


@dataclass(frozen=True, slots=True, init=False)
class AllOf:
    """Every one of these policies; every reason is told at once."""

    policies: tuple[Policy, ...]

    def __init__(self, *policies: Policy) -> None:
        object.__setattr__(self, "policies", _some("AllOf", policies))

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:
        """What all of them found."""
        said: list[str] = []
        refused: list[Problem] = []
        for policy in self.policies:
            try:
                said += policy.check(passport)
            except PolicyError as error:
                refused += error.problems
        if refused:
            raise PolicyError(*refused)
        return tuple(said)


@dataclass(frozen=True, slots=True, init=False)
class AnyOf:
    """At least one of these policies; the first that holds speaks."""

    policies: tuple[Policy, ...]

    def __init__(self, *policies: Policy) -> None:
        object.__setattr__(self, "policies", _some("AnyOf", policies))

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:
        """What the first one found; when none holds, why not, of each."""
        refused: list[Problem] = []
        for policy in self.policies:
            try:
                return policy.check(passport)
            except PolicyError as error:
                refused += error.problems
        raise PolicyError(*refused)


@dataclass(frozen=True, slots=True)
class UnsafeAskNothing:
    """Nothing beyond being genuine, said out loud where a policy is expected."""

    def check(self, passport: VerifiedPassport) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's argument
        """Always holds."""
        return ("UNSAFE: no policy was asked whether it is good enough.",)


def _some(name: str, policies: tuple[Policy, ...]) -> tuple[Policy, ...]:
    if not policies:
        why = "it would hold for everything, or for nothing"
        raise InputError(Problem(name, "is empty", why, "name a policy, or UnsafeAskNothing"))
    return policies


def _refused(where: str, what: str, why: str, fix: str) -> PolicyError:
    return PolicyError(Problem(where, what, why, fix))
