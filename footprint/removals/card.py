"""Method cards: what each published method says of how long stored carbon stays. Data in `cards.toml`."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from footprint.errors import InputError, Problem
from footprint.result import Model, PermanenceClass, RemovalKind, Whole
from lca_models.flows import Storage


class Card(Model):
    """One method in one version: what it is for, what it needs to know, what it rests on."""

    id: str
    name: str
    kind: tuple[RemovalKind, ...]
    horizon_years: Whole
    permanence_class: PermanenceClass
    rule: str
    factors: tuple[str, ...]
    needs: tuple[Literal["h_to_corg", "soil_temperature", "temperature"], ...]
    validity: str
    source: str
    usual: bool = False
    apart: bool = False
    refused: str | None = None

    def check(self, storage: Storage) -> None:
        """Raise unless the card is usable and the record says what it asks for.

        Raises:
            InputError: the card is for another store, not verified, or needs what nobody recorded.
        """
        if storage.kind not in self.kind:
            fix = f"cards for {storage.kind}: {', '.join(card.id for card in cards(storage.kind))}"
            raise InputError(Problem(self.id, f"is not for {storage.kind}", self.name, fix))
        if self.refused is not None:
            raise InputError(Problem(self.id, "is not verified", self.refused, "use another method card"))
        if "temperature" in self.needs and (storage.char is None or storage.char.made_at_c is None):
            what = "asks for the highest temperature in the kiln, and the record does not say it"
            raise InputError(Problem(self.id, what, self.source, "enter `temperature` of the kiln"))


@cache
def every_card() -> tuple[Card, ...]:
    """All cards, those that cannot be used included."""
    text = files(__package__).joinpath("cards.toml").read_text(encoding="utf-8")
    return tuple(Card(**row) for row in tomllib.loads(text)["card"])


def cards(kind: RemovalKind) -> Sequence[Card]:
    """The cards for one kind of store.

    >>> [card.id for card in cards("geological")]
    ['beccs-mass-balance']
    """
    return tuple(card for card in every_card() if kind in card.kind)


def card(name: str) -> Card:
    """The card of that name.

    Raises:
        InputError: there is none.
    """
    for one in every_card():
        if one.id == name:
            return one
    fix = f"cards: {', '.join(one.id for one in every_card())}"
    raise InputError(Problem("card", f"there is no method card {name[:60]!r}", "", fix))


def usual_card(kind: RemovalKind) -> Card:
    """The card taken when nobody names another."""
    return next(card for card in cards(kind) if card.usual)


def unit_problem(
    method: str, kind: RemovalKind, horizon_years: int, permanence_class: PermanenceClass
) -> Problem | None:
    """Why no unit can be of this method; `None` when it can.

    What lasts is by a card that can be used, in the card's own terms. What is temporary may be by any model of the
    amount: it is never more than temporary.

    >>> unit_problem("rothc", "soil", 100, "temporary") is None
    True
    >>> print(unit_problem("crcf-2026", "biochar", 200, "200").what)
    is not verified
    """
    found = next((one for one in every_card() if one.id == method), None)
    if found is None and permanence_class == "temporary":
        return None
    fix = f"cards for {kind}: {', '.join(one.id for one in cards(kind) if one.refused is None)}"
    if found is None or kind not in found.kind:
        return Problem("method", f"{method} is no method card for {kind}", "a unit that lasts names one", fix)
    if found.refused is not None:
        return Problem("method", "is not verified", found.refused, fix)
    if (horizon_years, permanence_class) != (found.horizon_years, found.permanence_class):
        what = f"{method} looks {found.horizon_years} years ahead, class {found.permanence_class}"
        why = f"the batch says {horizon_years} years, class {permanence_class}"
        return Problem("method", what, why, "register it in the card's own terms")
    return None
