"""What a passport says of a lot it bought, against that lot's own passport: before it is signed and when it is read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from footprint.errors import Problem
from footprint.passport.timestamps import format_instant, has_zone
from footprint.passport.verified import VerifiedPassport
from footprint.result import Footprint, Upstream

LARGEST_LOT = Decimal(10) ** 12
_GRAM = Decimal("0.001")
_FIX = "use the passport that was bought, as it is"


def quantity_problems(quantity: Decimal | None) -> Iterator[Problem]:
    """Why an amount is no quantity of a lot: kilograms or megajoules, in whole thousandths."""
    if quantity is None:
        return
    if not quantity.is_finite() or not 0 < quantity <= LARGEST_LOT or quantity % _GRAM:
        why = "a lot is more than nothing, weighed to the gram"
        yield Problem("lot_quantity", f"is {quantity}", why, "give the kilograms of the lot, like 9600")


def upstream_problems(
    footprint: Footprint, passports: Sequence[VerifiedPassport], issued_at: datetime
) -> Iterator[Problem]:
    """Why the passports given are not those the footprint was made with, or cannot be built on at that time."""
    given = {passport.id: passport for passport in passports}
    named = {bought.id: bought for bought in footprint.upstream}
    for extra in sorted(given.keys() - named.keys()):
        yield Problem("upstream", f"{extra} is given", "the footprint does not build on it", "leave it out")
    for bought in footprint.upstream:
        passport = given.get(bought.id)
        if passport is None:
            fix = "give every passport the footprint was made with"
            yield Problem("upstream", f"{bought.id} is missing", "a signer vouches for what it has seen", fix)
        elif has_zone(issued_at):
            digest = passport.digest_multibase
            yield from link_problems(bought, passport, digest, gwp=footprint.gwp, built_at=issued_at)


def link_problems(
    bought: Upstream, supplier: VerifiedPassport, digest_multibase: str, *, gwp: str, built_at: datetime
) -> Iterator[Problem]:
    """Every way in which a lot bought differs from its passport.

    Args:
        bought: what the buyer says of it.
        supplier: the passport of that identifier or digest.
        digest_multibase: of the supplier's passport.
        gwp: the buyer's warming potentials.
        built_at: when the buyer's passport was issued.
    """
    claims, lot = supplier.claims, supplier.claims.lot_quantity
    pairs: tuple[tuple[str, object, object], ...] = (
        ("id", bought.id, supplier.id),
        ("digest_multibase", bought.digest_multibase, digest_multibase),
        ("product", bought.product, claims.product.name),
        ("lot_kg", bought.lot_kg, lot.amount if lot is not None and lot.unit == "kg" else None),
        ("pcf_kg_co2e", bought.pcf_kg_co2e, claims.pcf_kg_co2e),
        ("primary_share", bought.primary_share, claims.quality.primary_share),
        ("gwp", gwp, claims.gwp),
    )
    for name, said, is_ in pairs:
        if said != is_:
            why = f"the passport of lot {supplier.lot} says {is_}"
            yield Problem(f"upstream.{name}", f"is {said}", why, _FIX)
    if not supplier.valid_from <= built_at <= supplier.valid_until:
        times = f"{format_instant(supplier.valid_from)} to {format_instant(supplier.valid_until)}"
        why = f"it is built on {format_instant(built_at)}"
        yield Problem(
            f"the passport of lot {supplier.lot}", f"is valid from {times}", why, "ask for one in force"
        )
