"""Seeded keys, the passports everything starts from, and the ways to spoil them."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from footprint.passport import Signer, canonical
from footprint.passport.data_integrity import add_proof

RELEASE = "0.1.0"
HOME = Path(__file__).parents[1]
ISSUED = datetime(2025, 6, 20, 8, tzinfo=UTC)
UNTIL = datetime(2026, 6, 20, 8, tzinfo=UTC)
AT = "2025-07-01T00:00:00Z"

ISSUER = Signer.from_seed(bytes(range(32)))
STRANGER = Signer.from_seed(b"\x07" * 32)
NEIGHBOUR = Signer.from_seed(b"\x05" * 32)  # trusted too, for passports of its own

Document = dict[str, Any]
Change = Callable[[Document], None]

FOOTPRINT = ("credentialSubject", "productFootprint")
PCF = (*FOOTPRINT, "pcf")
CLAIMS = (*FOOTPRINT, "extensions", 0, "data")


@dataclass(frozen=True)
class Vector:
    """One case of the set: what it holds, the rule it breaks, and how a verifier must answer."""

    name: str
    body: bytes
    expect: str
    rule: str
    given: dict[str, Any] = field(default_factory=dict)
    """What the verifier is given beside it, where that is not the usual: `at`, `trust`, `status`, `scanned` …"""

    suffix: str = "json"

    @property
    def file(self) -> str:
        """The good passport it is, when only what comes with it is wrong; else a file of its own."""
        return _kept().get(self.body, f"{self.name}_fail.{self.suffix}")

    @property
    def entry(self) -> Document:
        """Its line of the index."""
        return {"name": self.name, "file": self.file, "expect": self.expect, "rule": self.rule, **self.given}


@cache
def _kept() -> dict[bytes, str]:
    return {path.read_bytes(): path.name for path in HOME.glob(f"{RELEASE}_*_pass.*")}


def passed(kind: str) -> bytes:
    """A passport of this release that verifies: it is kept, never made anew."""
    return (HOME / f"{RELEASE}_{kind}_pass.json").read_bytes()


def base(kind: str = "lot") -> Document:
    """A fresh copy of the passport most vectors are made of."""
    return json.loads(passed(kind))


def put(path: tuple[str | int, ...], value: object) -> Change:
    """Sets what stands at a path."""

    def change(document: Document) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = copy.deepcopy(value)

    return change


def drop(*path: str | int) -> Change:
    """Takes away what stands at a path."""

    def change(document: Document) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


def edited(change: Change, document: Document | None = None) -> bytes:
    """Changed after it was signed."""
    changed = document or base()
    change(changed)
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode()


def resigned(
    change: Change = lambda _: None,
    *,
    by: Signer = ISSUER,
    method: str | None = None,
    created: datetime = ISSUED,
    document: Document | None = None,
) -> bytes:
    """Changed and signed again, by the trusted key unless another is given: genuine, but false."""
    changed = document or base()
    changed.pop("proof", None)
    change(changed)
    return canonical(add_proof(changed, method=method or by.verification_method, created=created, by=by))
