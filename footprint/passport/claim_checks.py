"""What must hold for claims before they are signed, and again when they are read."""

from collections.abc import Iterator
from itertools import chain

from footprint.errors import Problem
from footprint.passport.claims import Claims, Line, problems
from footprint.passport.pact_claims import THIRD_PARTY
from footprint.passport.wording import shown

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


_RULES = (_negative, _repeated, _unnamed_verifier, _unconverted)


def _ledgers(claims: Claims) -> dict[str, tuple[Line, ...]]:
    return {"stages": claims.stages, "substances": claims.substances}
