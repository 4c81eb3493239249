"""On what terms the removals of an assessment are told: whose they are, by which method, with what taken off."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from footprint.errors import InputError, Problem
from footprint.registry.units import Units
from footprint.removals.card import card as find_card
from footprint.removals.deductions import BY_EVIDENCE, RULES
from footprint.result import RemovalStatus

_SHARE = re.compile(r"0\.[0-9]{1,9}|1(?:\.0{1,9})?")
LONGEST_NAME = 200
_GIVEN_AWAY = ("sold", "retired")
_FIX = 'write for example "on_product", "sold", or "sold=0.4,on_product=0.6; card=puro-2025"'


@dataclass(frozen=True, slots=True)
class Part:
    """A share of every store, and whose it is."""

    status: RemovalStatus
    share: Decimal = Decimal(1)
    units: Units | None = None

    def __str__(self) -> str:
        share = "" if self.share == 1 else f"={self.share.normalize():f}"
        return f"{self.status}{share}{'' if self.units is None else f'@{self.units}'}"


@dataclass(frozen=True, slots=True)
class Terms:
    """Parts that make up the whole, a method card, the rule for uncertainty, a reversal buffer, an owner."""

    parts: tuple[Part, ...] = (Part("on_product"),)
    card: str | None = None
    deduction: str = BY_EVIDENCE
    buffer: Decimal = Decimal(0)
    owner: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Terms":
        """The terms in one line; `str` of them gives the line again.

        Raises:
            InputError: an unknown status, card or rule; parts that are not the whole.

        Example:
            >>> Terms.parse("sold=0.4, on_product=0.6; card=puro-2025").parts[1].share
            Decimal('0.6')
            >>> str(Terms.parse("sold"))
            'sold'
        """
        parts, *others = (clause.strip() for clause in text[:1000].split(";"))
        said = _options(others)
        terms = cls(
            tuple(_part(one.strip()) for one in parts.split(",")),
            card=said.get("card"),
            deduction=said.get("deduction", BY_EVIDENCE),
            buffer=_buffer(said.get("buffer", "0")),
            owner=said.get("owner"),
        )
        whole = sum((part.share for part in terms.parts), Decimal(0))
        if whole != 1:
            why = "a unit has one owner, and every unit has one"
            raise InputError(Problem("removals", f"the parts add up to {whole}", why, "let them add up to 1"))
        if terms.owner is not None and not any(part.status in _GIVEN_AWAY for part in terms.parts):
            why = "only what is sold or retired has another owner"
            raise InputError(Problem("removals", f"names the owner {terms.owner!r}", why, "leave it out"))
        if terms.card is not None:
            find_card(terms.card)
        return terms

    def keeps_as(self, other: "Terms") -> bool:
        """Whether a store keeps as much by the other terms: whoever owns it, the method is the same."""
        return (self.card, self.deduction, self.buffer) == (other.card, other.deduction, other.buffer)

    def owner_of(self, part: Part) -> str | None:
        """Whose a part is that was sold, or used up for somebody; the rest is the producer's."""
        return self.owner if part.status in _GIVEN_AWAY else None

    def __str__(self) -> str:
        said = {
            "card": self.card,
            "deduction": None if self.deduction == BY_EVIDENCE else self.deduction,
            "buffer": None if not self.buffer else f"{self.buffer.normalize():f}",
            "owner": self.owner,
        }
        options = (f"{name}={value}" for name, value in said.items() if value is not None)
        return "; ".join((",".join(map(str, self.parts)), *options))


def _part(text: str) -> Part:
    said, _, units = text.partition("@")
    status, _, share = said.partition("=")
    status = status.strip()
    if status not in get_args(RemovalStatus):
        why = f"a removal is {', '.join(get_args(RemovalStatus))}"
        raise InputError(Problem("removals", f"{status[:40]!r} is no status", why, _FIX))
    if share and not _SHARE.fullmatch(share.strip()):
        raise InputError(Problem("removals", f"{share[:40]!r} is no share", "a share is 0 to 1", _FIX))
    return Part(status, Decimal(share or 1), Units.parse(units.strip()) if units else None)  # type: ignore[arg-type] # looked up above


def _options(clauses: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for clause in clauses:
        name, _, value = (piece.strip() for piece in clause.partition("="))
        if name not in ("card", "deduction", "buffer", "owner") or not value or name in found:
            raise InputError(Problem("removals", f"{clause[:40]!r} is not understood", "", _FIX))
        found[name] = value
    if (rule := found.get("deduction", BY_EVIDENCE)) not in (BY_EVIDENCE, *RULES):
        fix = f"rules: {', '.join((BY_EVIDENCE, *RULES))}"
        raise InputError(Problem("removals", f"there is no deduction {rule[:40]!r}", "", fix))
    owner = found.get("owner", "")
    if len(owner) > LONGEST_NAME or not owner.isprintable():
        fix = f"{LONGEST_NAME} characters at most, none that steers a terminal"
        raise InputError(Problem("removals", "the owner's name cannot be printed", "", fix))
    return found


def _buffer(text: str) -> Decimal:
    if text != "0" and not _SHARE.fullmatch(text):
        raise InputError(Problem("removals", f"buffer {text[:40]!r} is no share", "a share is 0 to 1", _FIX))
    return Decimal(text)
