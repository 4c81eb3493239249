"""A footprint somebody kept, and the records behind it: checked against each other before anything is explained.

It has to belong to the records beside it; when this engine made it, it has to follow from them to the last digit.
"""

from dataclasses import replace

from pydantic import ValidationError

from footprint.assess import solved
from footprint.change.edition import Edition
from footprint.change.published import as_printed
from footprint.errors import MismatchError, Problem
from footprint.result import Footprint
from footprint.rounding import CO2E
from footprint.setting import Setting
from lca_models.factors import FactorSet, shipped_factors
from lca_models.product_system import ProductSystem

MAX_DRAWS = 1_000_000


def edition_of(footprint: Footprint, system: ProductSystem, factors: FactorSet | None = None) -> Edition:
    """The edition of a printed footprint.

    One of another engine version is taken with the published numbers it prints; whether its amounts were edited
    cannot be seen here, only from the signature of its passport.

    Args:
        footprint: as it was printed.
        system: the records it was made from.
        factors: published numbers, with the user's own files if it was made with some.

    Raises:
        MismatchError: made from other records or other numbers, or edited since.
    """
    if footprint.digests.records != system.digest:
        fix = "give the record it was made from, unchanged"
        raise _mismatch("digests.records", "is of other records", "each has a digest of its own", fix)
    _check_amounts(footprint)
    edition, remade = _sold_as_printed(footprint, system, factors or shipped_factors())
    if remade.engine != footprint.engine:
        return _with_printed_numbers(edition, remade)
    if remade.digests.factors != footprint.digests.factors:
        why, fix = "the same engine with other numbers", "give the factor files and the day it was made with"
        raise _mismatch("digests.factors", "is of other published numbers", why, fix)
    _check_follows(edition)
    return edition


def _sold_as_printed(
    footprint: Footprint, system: ProductSystem, factors: FactorSet
) -> tuple[Edition, Footprint]:
    """With the route whose footprint is about what the printed one is about, and that footprint."""
    for route in system.routes:
        setting = Setting(
            gwp=footprint.gwp, route=route.name, factors=factors, removals=footprint.removal_terms
        )
        edition = Edition(system, setting, footprint)
        remade = edition.remade()
        if _about(remade) == _about(footprint):
            return edition, remade
    fix = "give the footprint as it was made from this record"
    raise _mismatch(
        "functional_unit", "fits no route of the record", "product, place or boundary differ", fix
    )


def _about(footprint: Footprint) -> tuple[object, ...]:
    return footprint.functional_unit, footprint.declared_unit, footprint.boundary


def _with_printed_numbers(edition: Edition, remade: Footprint) -> Edition:
    printed = edition.printed
    if printed.digests.factors == remade.digests.factors:
        return edition
    numbers, gone = as_printed(edition.setting.factors, printed.factors)
    left = f"; no longer there, so counted under model: {', '.join(gone)}" if gone else ""
    note = f"{printed.engine}: its published numbers are taken as it prints them{left}."
    edition = replace(edition, setting=replace(edition.setting, factors=numbers), notes=(note,))
    try:
        edition.remade()
    except (ArithmeticError, ValidationError) as error:
        why, fix = "the amounts are beyond any footprint", "give the footprint as it was made"
        raise _mismatch("factors", "cannot be computed with", why, fix) from error
    return edition


def _check_follows(edition: Edition) -> None:
    """Made again with its own draws, it is the same in every field."""
    sampling = edition.printed.sampling
    if sampling.draws > MAX_DRAWS:
        why = f"up to {MAX_DRAWS} are drawn"
        raise _mismatch("sampling.draws", f"{sampling.draws} are too many", why, "give it as it was made")
    setting = replace(edition.setting, draws=sampling.draws, seed=sampling.seed)
    remade = solved(edition.system, setting).footprint()
    fields = [n for n in Footprint.model_fields if getattr(remade, n) != getattr(edition.printed, n)]
    if fields:
        what, fix = "does not follow from the records", "ask for it as it was made"
        why = f"{remade.engine} makes another of them: it was edited"
        raise MismatchError(*(Problem(name, what, why, fix) for name in fields))


def _check_amounts(footprint: Footprint) -> None:
    """Every amount is one of ours: whole millionths of a kilogram."""
    ledgers = (
        *((f"gross.cells.{cell.stage}", cell.kg_co2e) for cell in footprint.gross.cells),
        *((f"removals.{removal.kind}", removal.kept_kg_co2) for removal in footprint.removals),
        ("biogenic.uptake_kg_co2", footprint.biogenic.uptake_kg_co2),
        ("biogenic.released_kg_co2", footprint.biogenic.released_kg_co2),
    )
    for where, amount in ledgers:
        if amount != amount.quantize(CO2E):
            why, fix = "amounts are printed in whole millionths of a kilogram", "give it as it was made"
            raise _mismatch(where, f"{amount:f} is no amount of a footprint", why, fix)


def _mismatch(where: str, what: str, why: str, fix: str) -> MismatchError:
    return MismatchError(Problem(where, what, why, fix))
