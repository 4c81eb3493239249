"""The lots a lot was made of, as the passport page shows them."""

from dataclasses import dataclass

from footprint.passport import VerifiedPassport
from label_service.bought import walk
from label_service.figures import decimals_for, percent, written
from label_service.service import Service


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot bought: a line of the table."""

    product: str
    per_unit: str
    amount: str
    supplier: str | None
    here: str | None


@dataclass(frozen=True, slots=True)
class Lots:
    """All of them, and how much of the footprint is signed for; or why the passports do not fit."""

    lots: list[Lot]
    signed_share: str | None
    reasons: tuple[str, ...]


def lots_of(service: Service, passport: VerifiedPassport) -> Lots | None:
    """Product, amount and emissions of each lot; its supplier's name where the chain holds and names one."""
    walked = walk(service, passport)
    if walked is None:
        return None
    suppliers = {one.id: one for one in (walked.chain.suppliers if walked.chain else ())}
    places = decimals_for(passport.claims.gross_kg_co2e)
    lots = [
        Lot(
            product=bought.product,
            per_unit=written(bought.per_unit_kg),
            amount=written(bought.kg_co2e, places),
            supplier=suppliers[bought.id].issuer_name if bought.id in suppliers else None,
            here=service.path_of(walked.held[bought.id]) if bought.id in walked.held else None,
        )
        for bought in passport.claims.upstream
    ]
    share = None if walked.chain is None else percent(walked.chain.signed_share)
    return Lots(lots, share, walked.reasons)
