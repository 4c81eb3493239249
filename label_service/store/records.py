"""What goes into the store and what comes out."""

from dataclasses import dataclass
from decimal import Decimal

from footprint.passport import LogProof
from footprint.passport.signed_note import Note
from footprint.registry import Statement


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the status lists of one number."""

    list_number: int
    place: int


@dataclass(frozen=True, slots=True)
class StoredLabel:
    """One drawn label."""

    language: str
    variant: str
    svg: bytes
    png: bytes


@dataclass(frozen=True, slots=True)
class Idempotency:
    """A client's own name for a request, so that it can be sent again without harm."""

    owner: str
    key: str | None
    body_sha256: str


@dataclass(frozen=True, slots=True)
class NewPassport:
    """A verified passport about to be stored."""

    id: str
    digest: str
    body: bytes
    gtin: str
    lot: str
    serial: str
    issuer: str
    product_name: str
    producer: str
    gross_kg_co2e: Decimal
    valid_from: str
    accepted_at: str
    place: Place | None = None  # in the service's status lists
    offline_code: str | None = None  # for the QR code of its labels
    statements: tuple[Statement, ...] = ()  # what it says of units of the registry


@dataclass(frozen=True, slots=True)
class Record:
    """A stored passport."""

    id: str
    digest: str
    body: bytes
    gtin: str
    lot: str
    serial: str
    version: int
    issuer: str
    product_name: str
    producer: str
    gross_kg_co2e: Decimal
    valid_from: str
    accepted_at: str
    leaf_index: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a passport is in the log: RFC 6962, 2.1.1, for the tree of the first `tree_size` leaves."""

    leaf_index: int
    leaf_hash: bytes
    tree_size: int
    root: bytes
    path: tuple[bytes, ...]
    checkpoint: Note | None = None  # the tree's signed head

    @property
    def proof(self) -> LogProof | None:
        """The proof that stands on its own, with the head it leads to."""
        return None if self.checkpoint is None else LogProof(self.leaf_index, self.path, self.checkpoint)


@dataclass(frozen=True, slots=True)
class Posting:
    """A verified passport and the request it came with."""

    passport: NewPassport
    request: Idempotency


@dataclass(frozen=True, slots=True)
class Put:
    """A passport on the shelf, whether it is new there, and the version before it."""

    record: Record
    is_new: bool
    supersedes: str | None  # the id of the version before


@dataclass(frozen=True, slots=True)
class Stored(Put):
    """The same, under a signed head of the log."""

    receipt: Receipt
