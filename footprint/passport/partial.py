"""What still has to hold when lines are withheld: what is told must fit into the totals, which are always there.

The issuer closed the sums before signing. A reader who sees every line can close them again; a reader who sees some
can tell that they are not too many.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from footprint.errors import Problem
from footprint.passport.claims import Claims

_FROM_STAGES = ("packagingEmissionsIncluded", "packagingGhgEmissions", "outboundLogisticsGhgEmissions")
_FROM_SUBSTANCES = (
    "fossilGhgEmissions",
    "biogenicNonCO2Emissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
    "ipccCharacterizationFactors",
)
_RESTS_ON: dict[str, tuple[str, ...]] = {
    "stages": ("stages", *(f"pcf.{name}" for name in _FROM_STAGES)),
    "substances": ("substances", "land_use_change.kg_co2e", *(f"pcf.{name}" for name in _FROM_SUBSTANCES)),
    "pcf": ("pcf.packagingGhgEmissions", "pcf.outboundLogisticsGhgEmissions"),
}
"""The places that can only be checked with every line of a list."""

_LEDGERS = ("stages", "substances")
_FIX = "ask the holder for the token as the issuer made it"


def without_withheld(found: Iterable[Problem], withheld: tuple[str, ...]) -> Iterator[Problem]:
    """The problems that do not come from something being withheld."""
    excused = {place for name in withheld for place in _RESTS_ON.get(name, ())}
    return (problem for problem in found if problem.where not in excused)


def excess_problems(claims: Claims, withheld: tuple[str, ...]) -> Iterator[Problem]:
    """Lines that cannot be part of the total, whatever the others are."""
    for name in _LEDGERS:
        if name not in withheld:
            continue
        lines = getattr(claims, name)
        for line in lines:
            if line.kg_co2e < 0:
                why = "the gross ledger holds emissions only"
                yield Problem(f"{name}.told", f"has {line.kg_co2e:f} kg CO2e", why, _FIX)
        told = sum((line.kg_co2e for line in lines), Decimal(0))
        if told > claims.gross_kg_co2e:
            why = f"the gross footprint is {claims.gross_kg_co2e:f}"
            yield Problem(f"{name}.told", f"add up to {told:f}", why, _FIX)
        if len({line.name for line in lines}) < len(lines):
            yield Problem(f"{name}.told", "hold a name twice", "each has one line", _FIX)
