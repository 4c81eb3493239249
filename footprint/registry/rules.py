"""The rules of the registry. A refusal cites the one it breaks, by its number."""

from enum import Enum

from footprint.errors import Problem


class Rule(Enum):
    """What holds for every unit, always; `docs/explanation/registry.md` says where each comes from."""

    ONE_CLAIM = (1, "a unit is claimed once, also across products, lots and years")
    OWN_UNITS = (2, "only the account that holds a unit may claim, sell or retire it")
    SOLD = (
        3,
        "a unit that was sold is never claimed on a product: the seller gave it away, the buyer's is an offset",
    )
    ENERGY = (
        4,
        "carbon-negative energy and the removal unit exclude each other, and only bioenergy has both",
    )
    BUFFER = (5, "buffer units answer for reversals and are never claimed")
    WITHIN = (6, "a claim is on units from, to (left out) that the batch has")
    EVIDENCE = (7, "evidence is used once: all that rests on a record never exceeds what the record covers")
    BACKED = (8, "a batch is no larger than the records that are its own allow")
    MEASURED = (9, "a re-measurement replaces the estimate; units that were cancelled stay so")
    REGISTERED = (10, "a removal is registered once, and what the owner says of it stays")
    TOLD = (11, "a passport says of its units what the registry says of them")

    @property
    def number(self) -> int:
        """As the page of rules counts."""
        return self.value[0]

    @property
    def text(self) -> str:
        """The rule in a sentence."""
        return self.value[1]

    def broken(self, where: str, what: str, fix: str) -> Problem:
        """The problem of an act that breaks it."""
        return Problem(where, what, f"registry rule {self.number}: {self.text}", fix)
