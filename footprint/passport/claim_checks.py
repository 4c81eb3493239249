"""What must hold for claims before they are signed, and again when they are read."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from footprint.errors import Problem
from footprint.passport.claims import ROUNDING_KG, Claims, Drawn, Line, problems
from footprint.passport.pact_claims import THIRD_PARTY, named
from footprint.passport.wording import shown
from footprint.result import AllocationChoice, AlternativeAllocation

_FIX = "recompute the footprint; do not edit its numbers"


def claim_problems(claims: Claims) -> tuple[Problem, ...]:
    """Every way in which claims contradict themselves, net one ledger into another, or leave a name out."""
    return (*problems(claims), *chain(*(rule(claims) for rule in _RULES)))


def _negative(claims: Claims) -> Iterator[Problem]:
    """A negative line would subtract something inside the gross ledger, where nobody looks for it."""
    for name, lines in _ledgers(claims).items():
        for line in lines:
            if line.kg_co2e < 0:
                what = f"{shown(line.name)} is {line.kg_co2e:f}"
                yield Problem(name, what, "the gross ledger holds emissions only", _FIX)
    amounts = {
        "biogenic.carbon_content_kg_c": claims.biogenic.carbon_content_kg_c,
        "biogenic.released_kg_co2": claims.biogenic.released_kg_co2,
        **{
            f"removals.{place}.gross_kg_co2": entry.gross_kg_co2
            for place, entry in enumerate(claims.removals)
        },
    }
    for name, amount in amounts.items():
        if amount < 0:
            yield Problem(name, f"is {amount:f}", "each ledger counts upwards", _FIX)


def _repeated(claims: Claims) -> Iterator[Problem]:
    for name, lines in _ledgers(claims).items():
        names = [line.name for line in lines]
        if len(set(names)) == len(names):
            continue
        for repeated in sorted({item for item in names if names.count(item) > 1}):
            yield Problem(name, f"{shown(repeated)} is there twice", "each has one line", _FIX)


def _unnamed_verifier(claims: Claims) -> Iterator[Problem]:
    level, name = claims.assurance.level, claims.assurance.by
    if level in THIRD_PARTY and not name:
        yield Problem("assurance.by", "is missing", f"{level} assurance is somebody's", "name the verifier")


def _unconverted(claims: Claims) -> Iterator[Problem]:
    change = claims.land_use_change
    if change.state == "none" and change.kg_co2e:
        yield Problem("land_use_change.kg_co2e", f"is {change.kg_co2e:f}", "no change was declared", _FIX)
    counted = named(claims.substances, change.SUBSTANCE)
    if change.state == "known" and change.kg_co2e != counted:
        why = f"the line {change.SUBSTANCE} of the gross ledger is {counted:f}"
        yield Problem("land_use_change.kg_co2e", f"is {change.kg_co2e}", why, _FIX)


def _displaced(claims: Claims) -> Iterator[Problem]:
    """A product that says it displaces something carries the whole process, or the saving is counted twice."""
    for place, choice in enumerate(claims.allocations):
        ways: tuple[AllocationChoice | AlternativeAllocation, ...] = (choice, *choice.alternatives)
        for way in ways:
            if way.displaced and (way.method != "substitution" or way.share != 1):
                what = f"displaces something by {shown(way.method)}, carrying {way.share:f} of the process"
                why = "only what carries the whole process may tell what its co-products displace"
                yield Problem(f"allocations.{place}", what, why, _FIX)


def _upstream(claims: Claims) -> Iterator[Problem]:
    """What was bought is a part of the footprint, follows from the passports named, and fits into their lots."""
    lot, declared = claims.lot_quantity, claims.declared_unit
    if lot is not None and (lot.unit != declared.unit or lot.amount <= 0):
        yield Problem("lot_quantity", f"is {lot}", f"the footprint is per {declared}", "give it in that unit")
    elif lot is None and claims.upstream:
        yield Problem(
            "lot_quantity", "is missing", "nobody could tell what was used of the lots bought", _FIX
        )
    elif lot is not None:
        for place, bought in enumerate(claims.upstream):
            where = f"upstream.{place}"
            yield from _one_bought(bought, lot.amount / declared.amount, where)
    names = [bought.id for bought in claims.upstream]
    if len(set(names)) < len(names):
        yield Problem("upstream", "names a passport twice", "each has one entry", _FIX)
    if sum((bought.kg_co2e for bought in claims.upstream), Decimal(0)) > claims.gross_kg_co2e + ROUNDING_KG:
        yield Problem("upstream", "exceeds the gross footprint", "what was bought is a part of it", _FIX)


def _one_bought(bought: Drawn, units: Decimal, where: str) -> Iterator[Problem]:
    if bought.used_kg != bought.per_unit_kg * units:
        why = f"{units:f} units take {bought.per_unit_kg:f} kg each"
        yield Problem(f"{where}.used_kg", f"is {bought.used_kg:f}", why, _FIX)
    if bought.at_least_kg > bought.lot_kg:
        why = f"the lot it names is {bought.lot_kg:f} kg"
        fix = "name every lot that was bought, and how much this lot is"
        yield Problem(f"{where}.used_kg", f"is {bought.used_kg:f}", why, fix)
    brings = bought.per_unit_kg * bought.pcf_kg_co2e
    if abs(brings - bought.kg_co2e) > ROUNDING_KG:
        why = f"{bought.per_unit_kg:f} kg at {bought.pcf_kg_co2e:f} kg CO2e bring {brings:f}"
        yield Problem(f"{where}.kg_co2e", f"is {bought.kg_co2e:f}", why, _FIX)


_RULES = (_negative, _repeated, _unnamed_verifier, _unconverted, _displaced, _upstream)


def _ledgers(claims: Claims) -> dict[str, tuple[Line, ...]]:
    return {"stages": claims.stages, "substances": claims.substances}
