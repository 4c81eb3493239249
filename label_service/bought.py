"""What a lot was made of: the suppliers' passports that this service holds, walked with the one that names them."""

from collections.abc import Iterator
from dataclasses import dataclass

from footprint.errors import FootprintError
from footprint.passport import VerifiedPassport, verify_chain
from footprint.passport.chain import VerifiedChain
from label_service.service import Service
from label_service.store import Record

MOST_HELD = 64
"""Passports looked at for one page; a longer chain is for `footprint chain`."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The chain as far as it is held here; without one, why the passports do not fit together."""

    chain: VerifiedChain | None
    held: dict[str, Record]
    reasons: tuple[str, ...] = ()


def walk(service: Service, passport: VerifiedPassport) -> Walked | None:
    """The suppliers of a verified passport; `None` when it names none."""
    if not passport.claims.upstream:
        return None
    held = {f"urn:uuid:{record.id}": record for record in _held(service, passport)}
    others = [record.body for record in held.values()]
    try:
        chain = verify_chain(
            passport.passport,
            others,
            trust=service.trust,
            at=passport.verified_at,
            status=service.status,
        )
    except FootprintError as error:
        return Walked(None, held, tuple(str(problem) for problem in error.problems))
    return Walked(chain, held)


def _held(service: Service, passport: VerifiedPassport) -> Iterator[Record]:
    """Every passport on the way up that is stored here, each once, nearest first."""
    named, seen = [bought.id for bought in passport.claims.upstream], set[str]()
    while named and len(seen) < MOST_HELD:
        name = named.pop(0)
        record = None if name in seen else service.shelf.by_id(name.removeprefix("urn:uuid:"))
        seen.add(name)
        if record is not None:
            yield record
            verified = service.read(record).verified
            named += [] if verified is None else [bought.id for bought in verified.claims.upstream]
