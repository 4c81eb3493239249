"""The box of removals on the passport page: what counts here, what was taken off, and whose it is."""

from dataclasses import dataclass
from decimal import Decimal

from footprint.result import Removal
from label_service.figures import percent, written
from label_service.translation import Translate
from label_service.vocabulary import term


@dataclass(frozen=True, slots=True)
class Stored:
    """One removal as the box shows it."""

    kind: str
    amount: str
    temporary: bool
    years: int
    status: str
    checked_by: str | None
    method: str
    baseline: str | None
    kept: str
    low: str
    high: str
    taken_off: tuple[str, str] | None
    """For uncertainty, and set aside against reversal."""
    methods: tuple[str, str, int] | None
    """The least and the most that published methods find, and how many they are."""
    part: str | None
    owner: str | None
    units: str | None


def stored(removal: Removal, places: int, _: Translate) -> Stored:
    """A removal in words.

    Args:
        removal: of the passport.
        places: decimals of the headline.
        _: the reader's language.
    """
    between, off = removal.disagreement, removal.deduction_kg_co2 + removal.buffer_kg_co2
    return Stored(
        kind=term(removal.kind, _),
        amount=written(_counted(removal), places),
        temporary=removal.permanence_class == "temporary",
        years=removal.horizon_years,
        status=_status(removal, _),
        checked_by=removal.checked_by,
        method=removal.method,
        baseline=removal.baseline,
        kept=_fine(removal.kept_kg_co2),
        low=_fine(removal.interval.p5),
        high=_fine(removal.interval.p95),
        taken_off=(_fine(removal.deduction_kg_co2), _fine(removal.buffer_kg_co2)) if off else None,
        methods=None
        if between is None
        else (_fine(between.low_kg_co2), _fine(between.high_kg_co2), between.cards),
        part=None if removal.part == 1 else percent(removal.part),
        owner=removal.owner,
        units=removal.units,
    )


def _counted(removal: Removal) -> Decimal:
    """The figure of the box: nothing of what is somebody else's; of a temporary store what it took up."""
    if removal.status in ("sold", "retired"):
        return Decimal(0)
    return removal.gross_kg_co2 if removal.permanence_class == "temporary" else removal.claimable_kg_co2


def _fine(kg: Decimal) -> str:
    """Two significant figures: these numbers explain the figure of the box and are smaller than it."""
    return written(kg, max(0, 1 - kg.adjusted())) if kg else "0"


def _status(removal: Removal, _: Translate) -> str:
    return {
        "on_product": _("claimed on this product and not sold"),
        "sold": _("sold as a credit: it may not be claimed here and counts nothing"),
        "retired": _("used up for its owner: it may not be claimed here and counts nothing"),
        "disclosed": _("disclosed for information, not claimed"),
    }[removal.status]
