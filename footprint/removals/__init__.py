"""What is kept away from the air: a ledger of its own, beside the gross footprint and never inside it."""

from footprint.removals.card import Card, card, cards, every_card, unit_problem, usual_card
from footprint.removals.ledger import Ledger
from footprint.removals.rules import share_left
from footprint.removals.terms import Part, Terms

__all__ = [
    "Card",
    "Ledger",
    "Part",
    "Terms",
    "card",
    "cards",
    "every_card",
    "share_left",
    "unit_problem",
    "usual_card",
]
