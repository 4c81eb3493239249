"""Passports that build on passports: every lot named is looked for among those given, and nothing is used twice.

All passports given are verified and counted, those too that the one asked for does not name: two lots of dried fruit
may draw on one lot of fresh fruit, and only together do they take more than there was. A supplier's passport had to be
in force when it was built on; that it has expired since takes nothing back, that it was revoked does.

A passport names others by their digest, so that no circle of texts can exist. A circle of goods can, through an
earlier passport of one lot, and is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from footprint.errors import ExpiredError, MalformedError, MismatchError, Problem, VerificationError
from footprint.passport.claims import Drawn
from footprint.passport.digital_link import DigitalLink
from footprint.passport.document import Passport
from footprint.passport.pact import EXACT_DIGITS
from footprint.passport.status import Found, StatusSource
from footprint.passport.status_list import StatusEntry
from footprint.passport.supersession import check_current, replaces
from footprint.passport.timestamps import format_instant, parse_instant
from footprint.passport.trust import TrustPolicy
from footprint.passport.upstream import link_problems
from footprint.passport.verification import verify
from footprint.passport.verified import VerifiedPassport
from footprint.passport.wording import shown

MOST_PASSPORTS = 10_000
MOST_STEPS = 64
"""From the passport asked for to the farthest supplier."""

_SHARE = Decimal("0.0001")
Given = Passport | bytes | str
Goods = tuple[str, str, str, str | None]
"""Issuer, GTIN, lot, serial: what there is only once, whatever number of passports describe it."""


@dataclass(frozen=True, slots=True)
class LotUse:
    """One lot, and what all passports given together take of it."""

    product: str
    id: str
    issued_kg: Decimal
    used_kg: Decimal
    given: bool
    """Whether its passport was among those given."""


@dataclass(frozen=True, slots=True)
class VerifiedChain:
    """A passport and its suppliers' passports, walked and added up."""

    passport: VerifiedPassport
    suppliers: tuple[VerifiedPassport, ...]
    """Nearest first."""
    lots: tuple[LotUse, ...]
    """Every lot that the passport builds on, directly or not."""
    signed_share: Decimal
    """Of its gross footprint: what a verified passport in the chain says was measured by its own signer."""
    steps: int

    @property
    def missing(self) -> tuple[LotUse, ...]:
        """Lots whose passports were not given: what they brought is the buyer's word."""
        return tuple(lot for lot in self.lots if not lot.given)


def verify_chain(
    passport: Given,
    others: Iterable[Given],
    *,
    trust: TrustPolicy,
    at: datetime,
    scanned: DigitalLink | str | None = None,
    status: StatusSource | None = None,
) -> VerifiedChain:
    """The passport with all of its suppliers' that were given, or the reason why they do not fit together.

    Args:
        passport: the one that counts.
        others: suppliers' passports, theirs, and of whoever else builds on them; the more, the better.
        trust: whom to believe.
        at: the time to check for, with a time zone.
        scanned: the code on the goods.
        status: status lists of all issuers.

    Raises:
        VerificationError: one of them is not genuine, whichever of its kinds says why.
        MismatchError: another text than was named, other numbers, more used than there was, goods made of themselves.
        MalformedError: too many passports, or too long a chain.
    """
    asked = verify(passport, trust=trust, at=at, scanned=scanned, status=status)
    given = _verified(others, lambda one: verify_supplier(one, trust=trust, at=at, status=status))
    with localcontext(prec=EXACT_DIGITS):
        return _Walk({one.digest_multibase: one for one in (*given, asked)}).chain(asked)


def _verified(
    others: Iterable[Given], genuine: Callable[[Passport], VerifiedPassport]
) -> Iterator[VerifiedPassport]:
    for number, given in enumerate(others, start=1):
        if number > MOST_PASSPORTS:
            why = f"the limit is {MOST_PASSPORTS}"
            raise MalformedError(Problem("chain", "is given too many passports", why, "give fewer at once"))
        try:
            yield genuine(given if isinstance(given, Passport) else Passport.from_json(given))
        except VerificationError as error:
            raise type(error)(
                *(found.under(f"passport {number} of the chain") for found in error.problems)
            ) from error


def verify_supplier(
    passport: Passport, *, trust: TrustPolicy, at: datetime, status: StatusSource | None = None
) -> VerifiedPassport:
    """The verified passport of a lot that was used up long ago: as of its own day, if it has expired since.

    Args:
        passport: the supplier's.
        trust: whom to believe.
        at: the time to check for; whether it was taken back is looked up for this time in any case.
        status: status lists of its issuer.

    Raises:
        VerificationError: as `verify` does; also when it is not valid yet.
    """
    try:
        return verify(passport, trust=trust, at=at, status=status)
    except ExpiredError:
        issued = _issued(passport)
        if issued is None or issued > at:
            raise
        later = None if status is None else _AsOf(status, at)
        return verify(passport, trust=trust, at=issued, status=later)


def _issued(passport: Passport) -> datetime | None:
    document = passport.document
    proof = document.get("proof")
    try:
        return max(
            parse_instant(document.get("validFrom")),
            parse_instant(proof.get("created") if isinstance(proof, dict) else None),
        )
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _AsOf:
    """Status lists read for another time than the passport: it has expired, and may have been revoked since."""

    source: StatusSource
    at: datetime

    def find(self, entry: StatusEntry, issuer: str, trust: TrustPolicy, at: datetime) -> Found:  # noqa: ARG002
        return self.source.find(entry, issuer, trust, self.at)


class _Walk:
    """All passports given, as one graph of goods."""

    def __init__(self, members: Mapping[str, VerifiedPassport]) -> None:
        self._members = members
        self._check_names()
        self._current = _current(members.values())
        self._check_links()
        self._order = self._sorted()
        self._check_supply()

    def chain(self, asked: VerifiedPassport) -> VerifiedChain:
        check_current(asked, self._members.values())
        shares = self._signed_shares()
        suppliers, steps = self._suppliers(asked)
        used = self._used()
        named = {bought.id: bought for one in (asked, *suppliers) for bought in one.claims.upstream}
        lots = (
            LotUse(
                bought.product,
                bought.id,
                bought.lot_kg,
                sum((taken.used_kg for taken in used[self._lot(bought)].values()), Decimal(0)),
                bought.digest_multibase in self._members,
            )
            for bought in named.values()
        )
        return VerifiedChain(asked, suppliers, tuple(lots), shares[_goods(asked)].quantize(_SHARE), steps)

    def _check_names(self) -> None:
        ids: dict[str, str] = {}
        for digest, one in self._members.items():
            if ids.setdefault(one.id, digest) != digest:
                why = "an identifier names one passport"
                raise MismatchError(Problem("chain", f"two passports are {one.id}", why, "ask their issuer"))

    def _check_links(self) -> None:
        """Every lot that was bought is as its passport says, if that was given; by its identifier, to see a change."""
        digests = {one.id: digest for digest, one in self._members.items()}
        found = [
            problem.under(f"lot {one.lot} of {one.issuer_name}")
            for one in self._members.values()
            for bought in one.claims.upstream
            if (digest := digests.get(bought.id, bought.digest_multibase)) in self._members
            for problem in link_problems(
                bought, self._members[digest], digest, gwp=one.claims.gwp, built_at=one.valid_from
            )
        ]
        if found:
            raise MismatchError(*found)

    def _sorted(self) -> list[Goods]:
        """Goods after what they were made of."""
        made_of = {
            goods: {_goods(supplier) for _, supplier in self._bought(one) if supplier is not None}
            for goods, one in self._current.items()
        }
        try:
            return list(TopologicalSorter(made_of).static_order())
        except CycleError as error:
            lots = " ← ".join(shown(goods[2]) for goods in error.args[1])
            why = "a lot cannot be made of itself"
            raise MismatchError(
                Problem("chain", f"runs in a circle: {lots}", why, "ask the issuers")
            ) from error

    def _check_supply(self) -> None:
        problems = []
        for takers in self._used().values():
            issued = max(taken.lot_kg for taken in takers.values())
            if sum((taken.at_least_kg for taken in takers.values()), Decimal(0)) > issued:
                name = next(iter(takers.values())).product
                each = " and ".join(
                    f"lot {goods[2]} took {taken.used_kg:f}" for goods, taken in takers.items()
                )
                what = f"a lot of {issued:f} kg is used more than once over"
                problems.append(Problem(shown(name), what, f"{each} kg", "ask who bought how much of it"))
        if problems:
            raise MismatchError(*problems)

    def _used(self) -> dict[object, dict[Goods, Drawn]]:
        """Who took what of each lot; of two passports of one lot only the newer counts."""
        used: dict[object, dict[Goods, Drawn]] = {}
        for goods, one in self._current.items():
            for bought in one.claims.upstream:
                used.setdefault(self._lot(bought), {})[goods] = bought
        return used

    def _lot(self, bought: Drawn) -> object:
        supplier = self._members.get(bought.digest_multibase)
        return bought.id if supplier is None else _goods(supplier)

    def _bought(self, one: VerifiedPassport) -> Iterator[tuple[Drawn, VerifiedPassport | None]]:
        return ((bought, self._members.get(bought.digest_multibase)) for bought in one.claims.upstream)

    def _signed_shares(self) -> dict[Goods, Decimal]:
        shares: dict[Goods, Decimal] = {}
        for goods in self._order:
            one = self._current[goods]
            gross, own = one.claims.gross_kg_co2e, one.claims.quality.primary_share * one.claims.gross_kg_co2e
            passed_on = Decimal(0)
            for bought, supplier in self._bought(one):
                own -= bought.kg_co2e * bought.primary_share
                passed_on += bought.kg_co2e * shares[_goods(supplier)] if supplier is not None else 0
            signed = max(own, Decimal(0)) + passed_on
            shares[goods] = min(signed / gross, Decimal(1)) if gross else Decimal(0)
        return shares

    def _suppliers(self, asked: VerifiedPassport) -> tuple[tuple[VerifiedPassport, ...], int]:
        """All on the way up, nearest first, and how many steps the longest way has."""
        found: dict[str, VerifiedPassport] = {}
        level, steps = {"": asked}, -1
        while level:
            steps += 1
            if steps > MOST_STEPS:
                why = f"the limit is {MOST_STEPS} steps"
                raise MalformedError(Problem("chain", "is too long", why, "verify it in parts"))
            level = {
                bought.digest_multibase: supplier
                for one in level.values()
                for bought, supplier in self._bought(one)
                if supplier is not None
            }
            found |= level
        return tuple(found.values()), steps


def _goods(passport: VerifiedPassport) -> Goods:
    return passport.issuer, passport.gtin, passport.lot, passport.serial


def _current(members: Iterable[VerifiedPassport]) -> dict[Goods, VerifiedPassport]:
    """The newest passport of each lot; the others have to be replaced by it, one after the other."""
    by_goods: dict[Goods, list[VerifiedPassport]] = {}
    for one in members:
        by_goods.setdefault(_goods(one), []).append(one)
    for passports in by_goods.values():
        passports.sort(key=lambda one: one.valid_from)
        for older, newer in pairwise(passports):
            if not replaces(newer, older):
                what = f"lot {newer.lot} of {newer.issuer_name} has two passports"
                why = f"neither that of {format_instant(older.valid_from)} nor the other replaces the first"
                raise MismatchError(Problem("chain", what, why, "ask the issuer which one counts"))
    return {goods: passports[-1] for goods, passports in by_goods.items()}
