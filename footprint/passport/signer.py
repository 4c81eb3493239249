"""The one who signs: a key, the name it signs under, and the refusal to sign what does not add up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from footprint.errors import FootprintError, InputError, IssueError, Problem
from footprint.passport.canonical import canonical, canonical_members, canonical_object, id_of_text
from footprint.passport.claim_checks import claim_problems
from footprint.passport.claims import Assurance, Claims
from footprint.passport.credential import SUBJECT_TYPE, credential_document
from footprint.passport.data_integrity import add_proof, make_proof
from footprint.passport.digital_link import DigitalLink, link_problems, origin
from footprint.passport.document import Passport
from footprint.passport.ed25519 import PublicKey
from footprint.passport.key_file import read_key, write_key
from footprint.passport.multikey import AnyPublicKey
from footprint.passport.pact import EXACT_DIGITS, ProductFootprint
from footprint.passport.pact_claims import Lot, written_footprint
from footprint.passport.pact_rules import pact_problems
from footprint.passport.reading import problems_of
from footprint.passport.signing_key import SigningKey, SoftwareKey
from footprint.passport.status_list import Purpose, StatusEntry, status_list_document
from footprint.passport.timestamps import format_instant, has_zone, parse_instant
from footprint.passport.trust import TrustedIssuer, method_of, trusted_key
from footprint.passport.upstream import quantity_problems, upstream_problems
from footprint.passport.validity import VALID_YEARS, latest_end
from footprint.passport.verified import VerifiedPassport
from footprint.passport.wording import shown
from footprint.result import DeclaredUnit, Footprint

UNSAFE_IN_LOT = frozenset("/<>&'\"")
"""GS1 allows these in a lot, but servers undo `%2F` before they look up a path, and the rest is markup."""

_DID_WEB = re.compile(r"did:web:[a-z0-9.-]+(?:%3A[0-9]{1,5})?(?::[A-Za-z0-9._-]+)*(?:#[A-Za-z0-9._-]+)?")
_FIRST_KEY = "key-1"


class Signer:
    """A key and the name it signs under. The key itself is in a file, a token or a service: see `SigningKey`.

    Its name is the key (`did:key:z6Mk…`), or a `did:web:…` whose document lists the key, by default as `#key-1`;
    another fragment can be given with the name: `did:web:example.org#orchard-2025`.
    """

    __slots__ = ("_key", "issuer", "public_key", "verification_method")

    def __init__(self, key: SigningKey, issuer: str | None = None) -> None:
        self._key = key
        self.public_key = key.public_key
        self.issuer, self.verification_method = _names(self.public_key, issuer)

    def __repr__(self) -> str:
        return f"Signer({self.verification_method!r})"

    @classmethod
    def generate(cls, issuer: str | None = None, kind: str = "Ed25519") -> "Signer":
        """A new key from the operating system's randomness: Ed25519, or P-256 or P-384 where that is asked for."""
        return cls(SoftwareKey.generate(kind), issuer)

    @classmethod
    def from_seed(cls, seed: bytes, issuer: str | None = None) -> "Signer":
        """The Ed25519 key of a 32-byte seed (RFC 8032 §5.1.5): the same seed, the same key."""
        return cls(SoftwareKey(Ed25519PrivateKey.from_private_bytes(seed)), issuer)

    @classmethod
    def open(cls, path: str | Path, password: bytes | None = None, issuer: str | None = None) -> "Signer":
        """The key in a file made by `save`; refuses a file that other users can open."""
        return cls(SoftwareKey(read_key(Path(path), password)), issuer)

    def save(self, path: str | Path, password: bytes | None) -> None:
        """Write the key to a new file that only its owner can open, encrypted when a password is given.

        Raises:
            InputError: there is such a file, or the key is one that cannot leave where it is.
        """
        if not isinstance(self._key, SoftwareKey):
            why = "a key in a token or a service stays there"
            raise InputError(Problem("key", "cannot be saved", why, "back it up as its maker says"))
        write_key(Path(path), self._key.private, password)

    @property
    def ed25519_key(self) -> PublicKey:
        """The public key, where only Ed25519 will do: logs, and codes short enough to print.

        Raises:
            InputError: it is a key of another sort.
        """
        if not isinstance(self.public_key, PublicKey):
            why = "logs and offline codes are signed with Ed25519"
            raise InputError(Problem("key", f"is {self.public_key.kind}", why, "make one: footprint keygen"))
        return self.public_key

    @property
    def public_key_multibase(self) -> str:
        """The public key as DID documents and trust lists write it, like `z6Mk…`."""
        return self.public_key.multibase

    def trusted_as(
        self, name: str, valid_from: datetime | None = None, valid_until: datetime | None = None
    ) -> TrustedIssuer:
        """The trust-list entry for this signer, for those who decide to trust it."""
        key = trusted_key(self.verification_method, self.public_key, valid_from, valid_until)
        return TrustedIssuer(id=self.issuer, name=name, keys=(key,))

    def sign_bytes(self, data: bytes) -> bytes:
        """A detached signature of fixed length; `public_key.check` verifies it."""
        return self._key.sign_bytes(data)

    def issue(  # noqa: PLR0913 - each one is a field of the passport; all are keywords
        self,
        footprint: Footprint,
        *,
        gtin: str,
        lot: str,
        resolver: str,
        issued_at: datetime,
        valid_until: datetime,
        assurance: Assurance,
        serial: str | None = None,
        id: UUID | None = None,  # noqa: A002 - the name the standard gives the field
        status: Sequence[StatusEntry] = (),
        supersedes: Sequence[VerifiedPassport] = (),
        lot_quantity: Decimal | None = None,
        upstream: Sequence[VerifiedPassport] = (),
    ) -> Passport:
        """Sign a footprint as the passport of one lot.

        The same arguments give the same bytes; without `id` the identifier is made of the content. Raises
        `IssueError` with every problem found: claims that contradict themselves, a PACT sum that does not
        close, a wrong GTIN or lot, a validity that ends before it starts, an assurance without a name.

        With `status` the passport says where it can be looked up whether it was taken back; without, it never
        can be. With `supersedes` it replaces earlier passports of the same goods (PACT `precedingPfIds`).

        `lot_quantity` says how much the lot is, in the declared unit; without it nobody can build on the
        passport. `upstream` are the passports of the lots that the footprint buys, each as it was verified.
        """
        with localcontext(prec=EXACT_DIGITS):
            found = [*quantity_problems(lot_quantity), *upstream_problems(footprint, upstream, issued_at)]
            if found:
                raise IssueError(*found)
            claims = _claims(footprint, assurance, lot_quantity)
            found += [*claim_problems(claims), *_time_problems(issued_at, valid_until)]
            found += [*_goods_problems(gtin, lot, serial, resolver), *_status_problems(status)]
            found += _supersession_problems(supersedes, (self.issuer, lot, serial), issued_at)
            if found:
                raise IssueError(*found)
            terms = Lot(self.issuer, DigitalLink(gtin, lot, serial).gtin, issued_at, valid_until)
            footprints = tuple(older.product_footprint.id for older in supersedes)
            subject = _subject(claims, terms, DigitalLink(gtin, lot, serial), resolver, footprints)
        credential = credential_document(
            issuer=self.issuer,
            issued_at=issued_at,
            valid_until=valid_until,
            name=f"Carbon passport: {claims.product.name}, lot {lot}",
            status=status,
        )
        return _sealed(credential, subject, id, self)

    def sign_status_list(self, purpose: Purpose, address: str, ones: Iterable[int], *, at: datetime) -> bytes:
        """A status list credential in which the places `ones` are taken back; it is valid for a day.

        >>> from footprint.passport import StatusLists, TrustList, status_entries
        >>> signer = Signer.from_seed(bytes(32))
        >>> at = datetime.fromisoformat("2025-07-01T08:00:00Z")
        >>> lists = StatusLists.of(signer.sign_status_list("revocation", "https://id.example.org/s/0", [7], at=at))
        >>> (place,) = status_entries({"revocation": "https://id.example.org/s/0"}, 7)
        >>> trust = TrustList.of(signer.trusted_as("Sample orchard (sample data)"))
        >>> lists.find(place, signer.issuer, trust, at).is_set
        True
        """
        document = status_list_document(
            address=address, issuer=self.issuer, purpose=purpose, ones=ones, at=at
        )
        return canonical(add_proof(document, method=self.verification_method, created=at, by=self))


def _names(key: AnyPublicKey, issuer: str | None) -> tuple[str, str]:
    if issuer is None or issuer in (key.did_key, method_of(key)):
        return key.did_key, method_of(key)
    if not _DID_WEB.fullmatch(issuer):
        why = "a signer is its did:key, or a did:web that lists the key"
        raise InputError(Problem("issuer", f"is {shown(issuer)}", why, "write it like did:web:example.org"))
    did, _, fragment = issuer.partition("#")
    return did, f"{did}#{fragment or _FIRST_KEY}"


def _claims(footprint: Footprint, assurance: Assurance, lot_quantity: Decimal | None) -> Claims:
    """The claims of a footprint without negative cells, which its totals could hide."""
    negative = [cell for cell in footprint.gross.cells if cell.kg_co2e < 0]
    if negative:
        why = "the gross ledger holds emissions only"
        places = (f"{cell.stage}, {cell.substance}: {cell.kg_co2e:f} kg CO2e" for cell in negative)
        raise IssueError(*(Problem("gross.cells", place, why, "recompute the footprint") for place in places))
    unit = footprint.declared_unit.unit
    lot = None if lot_quantity is None else DeclaredUnit(amount=lot_quantity, unit=unit)
    if footprint.upstream and lot is None:
        why, fix = "what it takes of the lots bought depends on it", "say how much the lot is"
        raise IssueError(Problem("lot_quantity", "is missing", why, fix))
    return Claims.of(footprint, assurance, lot)


def _sealed(credential: dict[str, Any], subject: bytes, given: UUID | None, by: Signer) -> Passport:
    """The credential about the subject, named and signed; each part is written once and then only put together."""
    members = {**canonical_members(credential), "credentialSubject": subject}
    name = f"urn:uuid:{given or id_of_text(canonical_object(members))}"
    members["id"] = canonical(name)
    created = parse_instant(credential["validFrom"])
    proof = make_proof(
        credential,
        method=by.verification_method,
        created=created,
        by=by,
        text=canonical_object(members),
    )
    try:
        return Passport.signed(canonical_object({**members, "proof": canonical(proof)}))
    except FootprintError as error:
        raise IssueError(*error.problems) from error


def _subject(
    claims: Claims, terms: Lot, link: DigitalLink, resolver: str, preceding: tuple[str, ...]
) -> bytes:
    """Its canonical bytes."""
    try:
        footprint, members = written_footprint(claims, terms)
    except ValidationError as error:
        raise IssueError(*problems_of(error, "footprint", "recompute the footprint")) from error
    if preceding:
        members["precedingPfIds"] = canonical(list(preceding))
    if found := (*pact_problems(footprint), *_age_problems(footprint, terms)):
        raise IssueError(*found)
    serial = {} if link.serial is None else {"serial": link.serial}
    said = {"id": link.url(resolver), "type": SUBJECT_TYPE, "gtin": link.gtin, "lot": link.lot, **serial}
    return canonical_object({**canonical_members(said), "productFootprint": canonical_object(members)})


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
