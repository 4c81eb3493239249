"""What verification gives back: the passport, what was checked, and what nobody checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from footprint.passport.canonical import multihash
from footprint.passport.claims import Claims
from footprint.passport.document import Passport
from footprint.passport.pact import CarbonFootprint, ProductFootprint
from footprint.passport.status_list import StatusEntry

if TYPE_CHECKING:
    from footprint.passport.log_proof import LogEntry
    from footprint.passport.status import StatusCheck


@dataclass(frozen=True, slots=True)
class VerifiedPassport:
    """A passport that `verify` has checked: whole, trusted, in time, about these goods, and adding up."""

    passport: Passport
    id: str
    issuer: str
    issuer_name: str
    gtin: str
    lot: str
    serial: str | None
    subject: str
    valid_from: datetime
    valid_until: datetime
    claims: Claims
    checks: tuple[str, ...]
    verified_at: datetime
    scanned: bool = False
    status: tuple[StatusEntry, ...] = ()
    looked_up: "tuple[StatusCheck, ...]" = ()
    logged: "LogEntry | None" = None
    withheld: tuple[str, ...] = ()

    @property
    def digest_multibase(self) -> str:
        """The digest as other credentials name it (VC Data Integrity 1.0, section 2.6)."""
        return multihash(self.digest)

    @property
    def product_footprint(self) -> ProductFootprint:
        """As PACT says it; read from the passport when asked for, so that a thousand verdicts stay small."""
        return ProductFootprint.model_validate(
            self.passport.document["credentialSubject"]["productFootprint"]
        )

    @property
    def pcf(self) -> CarbonFootprint:
        """The numbers as PACT says them; `product_footprint` tells the rest."""
        return self.product_footprint.pcf

    @property
    def digest(self) -> str:
        """SHA-256 of the passport; made when asked for, since no verdict hangs on it."""
        return self.passport.digest

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What this verdict does not rest on, in words; there is always something."""
        return tuple(_unchecked(self))

    def explain(self) -> str:
        """The verdict for a person: what was checked, then what was not."""
        checked = (f"✓ {line}" for line in self.checks)
        return "\n".join((*checked, *(f"? not checked: {line}" for line in self.unchecked)))


def _unchecked(passport: VerifiedPassport) -> Iterator[str]:
    if not passport.scanned:
        yield "whether it is about the goods before you; no scanned code was given"
    if not passport.status:
        yield "whether its issuer took it back; it names no status list, so it never can be"
    for check in passport.looked_up:
        if check.age is None:
            yield f"whether it is under {check.purpose}; you said not to look (UNSAFE)"
    if passport.withheld:
        told = ", ".join(passport.withheld)
        yield f"whether every line adds up to the totals; the holder may have withheld some of {told}"
    if passport.logged is None:
        yield "whether a log holds it, and so since when it exists; no log proof was given"
    assurance = passport.claims.assurance
    if assurance.by is None:
        yield "whether its records are true; it is the producer's own word"
    else:
        looked = f"{assurance.by} looked ({assurance.level.replace('_', ' ')})"
        yield f"whether its records are true; the issuer says that {looked}, who did not sign it"
