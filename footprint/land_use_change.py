"""Direct land-use change of the last 20 years, always told apart: none, known or unknown."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from footprint.passport import VerifiedPassport
from footprint.result import GrossLedger, LandUseChange
from lca_models.activities import Orchard
from lca_models.activities.land import Land
from lca_models.activities.land_use import WORDS
from lca_models.product_system import ProductSystem

_ANSWERS = {"none": "no", "known": "yes", "unknown": "unknown"}


def land_use_change(
    system: ProductSystem, gross: GrossLedger, bought: Sequence[VerifiedPassport] = ()
) -> LandUseChange:
    """What the records say of the history of each piece of land, and what of it is in the gross ledger.

    One piece of land of unknown history makes the whole unknown; what is known of the others is still counted, and
    told in the statement.

    Args:
        system: the records.
        gross: the ledger it is a part of.
        bought: passports of lots bought, each with what is known of the land behind it.
    """
    counted = gross.by_substance().get(LandUseChange.SUBSTANCE, Decimal(0))
    if not (system.lands or bought):
        statement = (
            f"No land of the producer's is in the system; bought products carry their own{_bought(counted)}."
        )
        return LandUseChange(state="none", kg_co2e=Decimal(0), statement=statement)
    answers: set[str] = {land.land_use.converted_within_20_years for land in system.lands}
    answers |= {_ANSWERS[one.claims.land_use_change.state] for one in bought}
    statement = " ".join((*_statements(system.lands, counted), *map(_passed_on, bought)))
    if "unknown" in answers:
        return LandUseChange(state="unknown", kg_co2e=None, statement=statement)
    if "yes" in answers:
        return LandUseChange(state="known", kg_co2e=counted, statement=statement)
    return LandUseChange(state="none", kg_co2e=Decimal(0), statement=statement)


def _statements(lands: Sequence[Land], counted: Decimal) -> Iterator[str]:
    for land in lands:
        told = _history(land)
        yield told if len(lands) == 1 else f"{land.name}: {told[0].lower()}{told[1:]}"
    if any(land.land_use.conversion is not None for land in lands):
        yield f"What was lost is spread over 20 years: {counted:f} kg CO2e, inside the gross footprint."
    elif counted:
        yield f"Bought products carry land-use change of their own{_bought(counted)}."


def _passed_on(passport: VerifiedPassport) -> str:
    claims = passport.claims
    lot = f"{claims.product.name}, lot {passport.lot}, by its passport, per {claims.declared_unit}"
    return f"{lot}: {claims.land_use_change.statement}"


def _bought(counted: Decimal) -> str:
    return f": {counted:f} kg CO2e, inside the gross footprint" if counted else ""


def _history(land: Land) -> str:
    said = land.land_use
    if said.converted_within_20_years == "unknown":
        return f"Not known whether the {land.place} was converted in the last 20 years; nothing is counted for it."
    since = f"planted {said.planted}" if isinstance(land, Orchard) else f"{land.place} since {said.planted}"
    if said.conversion is None:
        return f"Declared: {since}, not converted in the last 20 years."
    part = "part of it " if said.conversion.area else ""
    return f"Declared: {since}, {part}converted from {WORDS[said.conversion.was]} in {said.converted_in}."
