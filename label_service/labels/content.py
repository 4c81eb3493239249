"""What a label says, in the reader's language, before anything is drawn."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from footprint.passport import VerifiedPassport
from footprint.passport.claims import Claims
from footprint.result import DeclaredUnit, Interval, Removal
from label_service.figures import decimals_for, written
from label_service.translation import Language, Translate, translator
from label_service.vocabulary import assurance, term


@dataclass(frozen=True, slots=True)
class LabelContent:
    """The front minimum: number, unit, boundary, interval, year, who vouches for it, lot; removals apart."""

    language: Language
    heading: str
    product: str
    gross: Decimal
    interval: Interval
    number: str
    unit: str
    per: str
    boundary: str
    interval_text: str
    removals: tuple[str, str] | None
    season: str
    assurance: str
    lot: str
    url: str
    description: str


def content_of(passport: VerifiedPassport, url: str, language: Language) -> LabelContent:
    """The words and numbers of one passport's label."""
    _, claims = translator(language), passport.claims
    places = decimals_for(claims.gross_kg_co2e)
    number, per = written(claims.gross_kg_co2e, places), _per(claims.declared_unit, _)
    return LabelContent(
        language=language,
        heading=_("Carbon footprint"),
        product=claims.product.name,
        gross=claims.gross_kg_co2e,
        interval=claims.interval,
        number=number,
        unit=_("kg CO₂e"),
        per=per,
        boundary=term(claims.boundary, _),
        interval_text=_("90 % range {low} – {high}").format(
            low=written(claims.interval.p5, places), high=written(claims.interval.p95, places)
        ),
        removals=_removals(claims, places, per, _),
        season=season(claims),
        assurance=assurance(claims.assurance, _),
        lot=_("Lot {lot}, GTIN {gtin}").format(lot=passport.lot, gtin=passport.gtin),
        url=url,
        description=_("Carbon footprint of {product}: {number} kg CO₂e {per}").format(
            product=claims.product.name, number=number, per=per
        ),
    )


def season(claims: Claims) -> str:
    """The months the data cover, last month included."""
    first = date.fromisoformat(claims.period_start)
    last = date.fromisoformat(claims.period_end) - timedelta(days=1)
    return (
        f"{first:%Y-%m} – {last:%Y-%m}"
        if (first.year, first.month) != (last.year, last.month)
        else f"{first:%Y-%m}"
    )


def _per(declared: DeclaredUnit, _: Translate) -> str:
    if declared.unit == "MJ":
        return _("per {energy} MJ").format(energy=f"{declared.amount.normalize():f}")
    if declared.amount == 1:
        return _("per kg")
    return _("per {mass} kg").format(mass=f"{declared.amount.normalize():f}")


def _removals(claims: Claims, places: int, per: str, _: Translate) -> tuple[str, str] | None:
    """The box of its own: what is claimed on this product; nothing when it was sold or only disclosed."""
    kept = [r for r in claims.removals if r.status == "on_product" and r.claimable_kg_co2]
    if not kept:
        return None
    kinds = ", ".join(dict.fromkeys(term(removal.kind, _) for removal in kept))
    amount = _("Carbon stored as {kind}: {amount} kg CO₂ {per}").format(
        kind=kinds, amount=written(claims.removals_kg_co2, places), per=per
    )
    return amount, _("still stored after {years} years; not subtracted above").format(years=_years(kept))


def _years(removals: list[Removal]) -> int:
    return min(removal.horizon_years for removal in removals)
