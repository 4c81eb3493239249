"""One thing turned at a time: in the old inputs to new, and in the new inputs back to old."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from footprint.change.reasons import Reason
from footprint.change.turns import Inputs, Side, Turn
from footprint.comparison import Change
from footprint.errors import FootprintError
from footprint.result import Footprint
from footprint.rounding import CO2E


def turned(to: Inputs, turns: Sequence[Turn], side: Side) -> Inputs:
    """The inputs with each of these things as on that side.

    Raises:
        FootprintError: the inputs have no place for one of them.
    """
    for turn in turns:
        to = turn.put(to, side)
    return to


def millionths(amount: Decimal) -> int:
    """An amount of a footprint as a whole number.

    >>> millionths(Decimal("1.793806"))
    1793806
    """
    return int(amount.scaleb(6))


@dataclass(frozen=True)
class Experiments:
    """The two inputs, and their footprints as this engine makes them."""

    sides: dict[Side, Inputs]
    remade: dict[Side, Footprint]

    def effect(self, turns: Sequence[Turn]) -> Decimal | None:
        r"""What these turns alone do to the gross footprint, kg CO2e; `None` where they do not stand alone.

        $$\tfrac{1}{2} \left( v(\text{old} + i) - v(\text{old}) + v(\text{new}) - v(\text{new} - i) \right)$$

        Where things act in pairs this is their Shapley value; what three do together is left over.
        """
        try:
            with_it = turned(self.sides["old"], turns, "new").footprint().gross_kg_co2e
            without_it = turned(self.sides["new"], turns, "old").footprint().gross_kg_co2e
        except FootprintError:
            return None
        old, new = self.remade["old"].gross_kg_co2e, self.remade["new"].gross_kg_co2e
        return ((with_it - old + new - without_it) / 2).quantize(CO2E, ROUND_HALF_EVEN) + 0

    def reasons(self, turns: Sequence[Turn]) -> tuple[tuple[Reason, ...], tuple[Change, ...]]:
        """Each turn with its effect, the largest first; then those that stand neither alone nor together."""
        effects = [(turn, self.effect([turn])) for turn in turns]
        found = [Reason(changes=(turn.change,), kg_co2e=kg) for turn, kg in effects if kg is not None]
        unable = [turn for turn, kg in effects if kg is None]
        left = tuple(turn.change for turn in unable)
        if len(unable) > 1 and (kg_co2e := self.effect(unable)) is not None:
            found.append(Reason(changes=left, kg_co2e=kg_co2e))
            left = ()
        return tuple(sorted(found, key=lambda one: (-abs(one.kg_co2e), one.changes[0].path))), left
