"""The one who signs: a key, the name it signs under, and the refusal to sign what does not add up."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from footprint.errors import InputError, Problem
from footprint.passport.canonical import canonical
from footprint.passport.claims import Assurance
from footprint.passport.data_integrity import add_proof
from footprint.passport.document import Passport
from footprint.passport.ed25519 import PublicKey
from footprint.passport.key_file import read_key, write_key
from footprint.passport.lots import Lots
from footprint.passport.multikey import AnyPublicKey
from footprint.passport.signing_key import SigningKey, SoftwareKey
from footprint.passport.status_list import Purpose, StatusEntry, status_list_document
from footprint.passport.trust import TrustedIssuer, method_of, trusted_key
from footprint.passport.verified import VerifiedPassport
from footprint.passport.wording import shown
from footprint.result import Footprint

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
        Many lots of one footprint are quicker by `Lots`, and come out the same.
        """
        lots = Lots(
            self,
            footprint,
            gtin=gtin,
            resolver=resolver,
            issued_at=issued_at,
            valid_until=valid_until,
            assurance=assurance,
        )
        return lots.issue(
            lot,
            serial=serial,
            id=id,
            status=status,
            supersedes=supersedes,
            lot_quantity=lot_quantity,
            upstream=upstream,
        )

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
