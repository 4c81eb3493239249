"""Passports on disk: each written with its log leaf, in one transaction."""

from label_service.store.errors import ConflictError, StoreError
from label_service.store.notary import Notary
from label_service.store.records import (
    Idempotency,
    NewPassport,
    Place,
    Posting,
    Receipt,
    Record,
    Stored,
    StoredLabel,
)
from label_service.store.registrar import Entered, Logged, Registrar
from label_service.store.shelf import Shelf

__all__ = [
    "ConflictError",
    "Entered",
    "Idempotency",
    "Logged",
    "NewPassport",
    "Notary",
    "Place",
    "Posting",
    "Receipt",
    "Record",
    "Registrar",
    "Shelf",
    "StoreError",
    "Stored",
    "StoredLabel",
]
