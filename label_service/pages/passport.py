"""The passport page, in the reading order of a person in a shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

from footprint.errors import ScoreError
from footprint.passport import VerifiedPassport
from footprint.passport.claims import Claims
from footprint.result import Displacement
from footprint.score import score
from label_service.figures import decimals_for, percent, written
from label_service.labels.content import season
from label_service.pages.bars import Position, Scale, Segment, position, scale, segments
from label_service.pages.lots import lots_of
from label_service.pages.stored import Stored, stored
from label_service.pages.templates import render
from label_service.service import Service
from label_service.standing import Reading
from label_service.store import Receipt, Record
from label_service.translation import Language, Translate, translator
from label_service.vocabulary import assurance, term


@dataclass(frozen=True, slots=True)
class PassportView:
    """What the template needs and cannot compute: words in the reader's language, numbers as text."""

    gross: str
    low: str
    high: str
    origin: str
    season: str
    boundary: str
    category: str
    bar: Scale
    segments: list[Segment]
    removals: list[Stored]
    uptake: str
    released: str
    assurance: str
    primary: str
    unverified: str
    rating: str
    allocations: list[tuple[str, list[str]]]
    land_use_change: str
    position: Position | None


def passport_page(
    service: Service, reading: Reading, earlier: Sequence[Record], language: Language
) -> tuple[str, int]:
    """The page and its HTTP status; a passport that no longer verifies shows none of its numbers."""
    record, here = reading.record, service.path_of(reading.record)
    if reading.verified is None:
        return render("refused.html", language, record=record, reasons=reading.reasons, here=here), 500
    page = render(
        "passport.html",
        language,
        here=here,
        record=record,
        standing=reading.standing,
        passport=reading.verified,
        claims=reading.verified.claims,
        view=view_of(reading.verified, language),
        bought=lots_of(service, reading.verified),
        receipt=_hex(service.shelf.receipt(record)),
        history=[(old, written(old.gross_kg_co2e)) for old in earlier],
        contact=service.settings.contact,
    )
    return page, 200


def view_of(passport: VerifiedPassport, language: Language) -> PassportView:
    """Everything preformatted."""
    _, claims = translator(language), passport.claims
    places = decimals_for(claims.gross_kg_co2e)
    interval = claims.interval
    return PassportView(
        gross=written(claims.gross_kg_co2e, places),
        low=written(interval.p5, places),
        high=written(interval.p95, places),
        origin=_origin(claims, language),
        season=season(claims),
        boundary=term(claims.boundary, _),
        category=term(claims.product.category.replace("-", " "), _),
        bar=scale(interval.p5, interval.p95, claims.gross_kg_co2e),
        segments=_stages(claims, places, _),
        removals=[stored(removal, places, _) for removal in claims.removals],
        uptake=written(claims.biogenic.uptake_kg_co2),
        released=written(claims.biogenic.released_kg_co2),
        assurance=assurance(claims.assurance, _),
        primary=percent(claims.quality.primary_share),
        unverified=percent(claims.quality.unverified_share),
        rating=written(claims.quality.mean_rating, 1),
        allocations=_allocations(claims, places, _),
        land_use_change=written(claims.land_use_change.kg_co2e or Decimal(0), places),
        position=_position(passport),
    )


def _origin(claims: Claims, language: Language) -> str:
    """The country's name, with the ISO 3166-2 code of the province when it is known."""
    code = claims.product.country
    country = Locale.parse(language, sep="-").territories.get(code, code)
    return f"{country} ({claims.product.subdivision})" if claims.product.subdivision else str(country)


def _stages(claims: Claims, places: int, _: Translate) -> list[Segment]:
    named = [line.model_copy(update={"name": term(line.name, _)}) for line in claims.stages]
    return segments(named, claims.gross_kg_co2e, places)


def _allocations(claims: Claims, places: int, _: Translate) -> list[tuple[str, list[str]]]:
    """Process, the way it was split, and what every other way would give."""
    return [
        (
            term(choice.process, _),
            [
                f"{term(choice.method, _)} ({percent(choice.share)}){_displaced(choice.displaced, places, _)}",
                *(
                    f"{term(other.method, _)}: {written(other.gross_kg_co2e, places)} kg CO₂e"
                    f"{_displaced(other.displaced, places, _)}"
                    for other in choice.alternatives
                ),
            ],
        )
        for choice in claims.allocations
    ]


def _displaced(saved: tuple[Displacement, ...], places: int, _: Translate) -> str:
    """Beside the footprint, in the same breath, and never taken off it."""
    if not saved:
        return ""
    amount = written(sum((entry.kg_co2e for entry in saved), Decimal(0)), places)
    return ", " + _("%(amount)s kg CO₂e displaced elsewhere, not subtracted") % {"amount": amount}


def _position(passport: VerifiedPassport) -> Position | None:
    try:
        return position(passport.claims, score(passport))
    except ScoreError:
        return None  # no reference for this category or boundary: the page says so


def _hex(receipt: Receipt) -> dict[str, str | int]:
    return {"leaf_index": receipt.leaf_index, "tree_size": receipt.tree_size, "root": receipt.root.hex()}
