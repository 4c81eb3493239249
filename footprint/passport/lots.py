"""Lots of one footprint: what their passports have in common is checked and written once.

A packhouse signs a season's footprint a hundred times, lot by lot. All that differs is the name of the lot, how much
it is, and what is made of these: identifiers and the signature.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from pydantic import ValidationError

from footprint.errors import FootprintError, IssueError, Problem
from footprint.passport.canonical import canonical, canonical_members, canonical_object, id_of_text
from footprint.passport.claim_checks import claim_problems
from footprint.passport.claims import Assurance, Claims
from footprint.passport.credential import SUBJECT_TYPE, credential_document
from footprint.passport.data_integrity import make_proof
from footprint.passport.digital_link import DigitalLink, link_problems, origin
from footprint.passport.document import Passport
from footprint.passport.gtin import gtin14
from footprint.passport.pact import EXACT_DIGITS, ProductFootprint
from footprint.passport.pact_claims import Lot, Written
from footprint.passport.pact_rules import pact_problems
from footprint.passport.reading import problems_of
from footprint.passport.signing_key import SigningKey
from footprint.passport.status_list import StatusEntry
from footprint.passport.timestamps import format_instant, has_zone, parse_instant
from footprint.passport.upstream import quantity_problems, upstream_problems
from footprint.passport.validity import VALID_YEARS, latest_end
from footprint.passport.verified import VerifiedPassport
from footprint.passport.wording import shown
from footprint.result import DeclaredUnit, Footprint

UNSAFE_IN_LOT = frozenset("/<>&'\"")
"""GS1 allows these in a lot, but servers undo `%2F` before they look up a path, and the rest is markup."""


class Issuer(SigningKey, Protocol):
    """A key and the name it signs under."""

    @property
    def issuer(self) -> str:
        """Its DID."""

    @property
    def verification_method(self) -> str:
        """The key in its document."""


class Lots:
    """One footprint, ready to be signed for any number of lots: `Signer.issue` for all of them.

    Args:
        signer: who issues them.
        footprint: of all lots.
        gtin: of the product.
        resolver: where the codes lead to.
        issued_at: of all passports.
        valid_until: likewise.
        assurance: who checked the footprint.
    """

    def __init__(
        self,
        signer: Issuer,
        footprint: Footprint,
        *,
        gtin: str,
        resolver: str,
        issued_at: datetime,
        valid_until: datetime,
        assurance: Assurance,
    ) -> None:
        self._signer, self._footprint, self._assurance = signer, footprint, assurance
        self._gtin, self._resolver = gtin, resolver
        self._issued_at, self._valid_until = issued_at, valid_until

    def issue(
        self,
        lot: str,
        *,
        serial: str | None = None,
        id: UUID | None = None,  # noqa: A002 - the name the standard gives the field
        status: Sequence[StatusEntry] = (),
        supersedes: Sequence[VerifiedPassport] = (),
        lot_quantity: Decimal | None = None,
        upstream: Sequence[VerifiedPassport] = (),
    ) -> Passport:
        """The passport of one lot, as `Signer.issue` makes it.

        Args:
            lot: its number.
            serial: of a single item.
            id: made of the content when not given.
            status: where the passport can be looked up.
            supersedes: earlier passports of the same goods.
            lot_quantity: in the declared unit.
            upstream: passports of the lots that the footprint buys.

        Raises:
            IssueError: every problem found.
        """
        with localcontext(prec=EXACT_DIGITS):
            _refuse(
                *quantity_problems(lot_quantity),
                *upstream_problems(self._footprint, upstream, self._issued_at),
            )
            amount = self._amount(lot_quantity)
            stated = self._stated(amount)
            _refuse(
                *stated.problems,
                *_time_problems(self._issued_at, self._valid_until),
                *_goods_problems(self._gtin, lot, serial, self._resolver),
                *_status_problems(status),
                *_supersession_problems(supersedes, (self._signer.issuer, lot, serial), self._issued_at),
            )
            members = stated.written.named(amount)
        if supersedes:
            members["precedingPfIds"] = canonical([older.product_footprint.id for older in supersedes])
        return self._sealed(DigitalLink(self._gtin, lot, serial), members, id, status)

    def _amount(self, lot_quantity: Decimal | None) -> DeclaredUnit | None:
        unit = self._footprint.declared_unit.unit
        return None if lot_quantity is None else DeclaredUnit(amount=lot_quantity, unit=unit)

    def _stated(self, amount: DeclaredUnit | None) -> "_Stated":
        """The same for all lots, unless what is taken of other lots depends on how much this one is."""
        return self._state(amount) if self._footprint.upstream else self._common

    @cached_property
    def _common(self) -> "_Stated":
        return self._state(None)

    def _state(self, amount: DeclaredUnit | None) -> "_Stated":
        claims = _claims(self._footprint, self._assurance, amount)
        return _Stated(claims, self._signer.issuer, self._gtin, self._issued_at, self._valid_until)

    def _sealed(
        self,
        link: DigitalLink,
        footprint: Mapping[str, bytes],
        given: UUID | None,
        status: Sequence[StatusEntry],
    ) -> Passport:
        """The credential about the lot, named and signed; each part is written once and then only put together."""
        serial = {} if link.serial is None else {"serial": link.serial}
        said = {"id": link.url(self._resolver), "type": SUBJECT_TYPE, "gtin": link.gtin, "lot": link.lot}
        subject = {**canonical_members({**said, **serial}), "productFootprint": canonical_object(footprint)}
        credential = credential_document(
            issuer=self._signer.issuer,
            issued_at=self._issued_at,
            valid_until=self._valid_until,
            name=f"Carbon passport: {self._footprint.product.name}, lot {link.lot}",
            status=status,
        )
        members = {**canonical_members(credential), "credentialSubject": canonical_object(subject)}
        members["id"] = canonical(f"urn:uuid:{given or id_of_text(canonical_object(members))}")
        try:
            return Passport.signed(canonical_object({**members, "proof": self._proof(credential, members)}))
        except FootprintError as error:
            raise IssueError(*error.problems) from error

    def _proof(self, credential: dict[str, Any], members: Mapping[str, bytes]) -> bytes:
        made = make_proof(
            credential,
            method=self._signer.verification_method,
            created=parse_instant(credential["validFrom"]),
            by=self._signer,
            text=canonical_object(members),
        )
        return canonical(made)


@dataclass(frozen=True)
class _Stated:
    """What a passport says of a footprint, checked and written when first asked for."""

    claims: Claims
    issuer: str
    gtin: str
    issued_at: datetime
    valid_until: datetime

    @cached_property
    def problems(self) -> Sequence[Problem]:
        """Of the claims."""
        return claim_problems(self.claims)

    @cached_property
    def written(self) -> Written:
        """As PACT says it, once the goods are known to have a number."""
        terms = Lot(self.issuer, gtin14(self.gtin), self.issued_at, self.valid_until)
        try:
            written = Written.of(self.claims, terms)
        except ValidationError as error:
            raise IssueError(*problems_of(error, "footprint", "recompute the footprint")) from error
        _refuse(*pact_problems(written.footprint), *_age_problems(written.footprint, terms))
        return written


def _refuse(*problems: Problem) -> None:
    if problems:
        raise IssueError(*problems)


def _claims(footprint: Footprint, assurance: Assurance, lot: DeclaredUnit | None) -> Claims:
    """The claims of a footprint without negative cells, which its totals could hide."""
    negative = [cell for cell in footprint.gross.cells if cell.kg_co2e < 0]
    if negative:
        why = "the gross ledger holds emissions only"
        places = (f"{cell.stage}, {cell.substance}: {cell.kg_co2e:f} kg CO2e" for cell in negative)
        raise IssueError(*(Problem("gross.cells", place, why, "recompute the footprint") for place in places))
    if footprint.upstream and lot is None:
        why, fix = "what it takes of the lots bought depends on it", "say how much the lot is"
        raise IssueError(Problem("lot_quantity", "is missing", why, fix))
    return Claims.of(footprint, assurance, lot)


def _time_problems(issued_at: datetime, valid_until: datetime) -> Iterator[Problem]:
    times = {"issued_at": issued_at, "valid_until": valid_until}
    unclear = [name for name, instant in times.items() if not has_zone(instant)]
    for name in unclear:
        yield Problem(
            name, "has no time zone", "it could be any of 26 instants", "use datetime(…, tzinfo=UTC)"
        )
    if not unclear and valid_until.replace(microsecond=0) <= issued_at.replace(microsecond=0):
        yield Problem(
            "valid_until", f"is {valid_until}", f"the passport is issued {issued_at}", "give a later time"
        )


def _age_problems(footprint: ProductFootprint, terms: Lot) -> Iterator[Problem]:
    data_end = parse_instant(footprint.pcf.reference_period_end)
    if terms.valid_until.replace(microsecond=0) > (latest := latest_end(data_end)):
        why = f"data that end {format_instant(data_end)} count for {VALID_YEARS} years: {format_instant(latest)}"
        fix = "give an earlier time, or newer data"
        yield Problem("valid_until", f"is {format_instant(terms.valid_until)}", why, fix)


def _status_problems(status: Sequence[StatusEntry]) -> Iterator[Problem]:
    purposes = [entry.status_purpose for entry in status]
    if len(set(purposes)) < len(purposes):
        why = "one bit per purpose: two could contradict each other"
        yield Problem("status", f"has {len(purposes)} entries", why, "give one entry per purpose")


def _supersession_problems(
    supersedes: Sequence[VerifiedPassport], goods: tuple[str, str, str | None], issued_at: datetime
) -> Iterator[Problem]:
    for older in supersedes:
        if (older.issuer, older.lot, older.serial) != goods:
            what = f"{older.id} is for lot {older.lot} of {older.issuer_name}"
            yield Problem("supersedes", what, "only one's own passport of the same goods", "leave it out")
        elif has_zone(issued_at) and issued_at <= older.valid_from:
            why = "what replaces it is newer"
            yield Problem("supersedes", f"{older.id} is of {older.valid_from}", why, "issue it later")


def _goods_problems(gtin: str, lot: str, serial: str | None, resolver: str) -> Iterator[Problem]:
    yield from link_problems(gtin, lot, serial)
    for name, value in (("lot", lot), ("serial", serial or "")):
        if unsafe := sorted(UNSAFE_IN_LOT & set(value)):
            why = "it would break in web addresses and pages"
            fix = "use letters A–Z, digits, - . _"
            yield Problem(name, f"{shown(value)} holds {' '.join(unsafe)}", why, fix)
    try:
        origin(resolver)
    except FootprintError as error:
        yield from error.problems
