"""Which passport of a lot counts: a newer one names the ones it replaces, in PACT's `precedingPfIds`."""

from collections.abc import Iterable

from footprint.errors import Problem, RevokedError
from footprint.passport.timestamps import format_instant
from footprint.passport.verified import VerifiedPassport


def replaces(newer: VerifiedPassport, older: VerifiedPassport) -> bool:
    """Whether `newer` says so itself: same issuer, same goods, later, and it names the older footprint."""
    same = (newer.issuer, newer.gtin, newer.lot, newer.serial) == (
        older.issuer,
        older.gtin,
        older.lot,
        older.serial,
    )
    return same and newer.valid_from > older.valid_from and _names(newer, older)


def _names(newer: VerifiedPassport, older: VerifiedPassport) -> bool:
    named = newer.product_footprint.preceding_pf_ids or ()
    return older.product_footprint.id.lower() in map(str.lower, named)


def check_current(passport: VerifiedPassport, others: Iterable[VerifiedPassport]) -> None:
    """Raises `RevokedError` when one of the other verified passports replaces this one."""
    for other in others:
        if replaces(other, passport):
            why = f"{other.id} of {format_instant(other.valid_from)} names it in precedingPfIds"
            raise RevokedError(
                Problem("passport", "was replaced by a newer one", why, "use the newer passport")
            )
