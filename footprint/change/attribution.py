"""Why did the number change: what came of data, factors and method is computed, what is left is the model's.

The first three are turned from old to new in every combination, and each gets its Shapley value: no order is
chosen, and the parts add up. This engine less the printed numbers is the fourth.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from footprint.change.edition import Edition
from footprint.change.experiments import Experiments, millionths, turned
from footprint.change.reasons import (
    BiogenicSplit,
    CellSplit,
    Imprint,
    Part,
    PartName,
    Reasons,
    RemovalSplit,
    Split,
)
from footprint.change.shapley import shapley
from footprint.change.turns import Inputs, Side, Turn, answers, choices, inputs, numbers
from footprint.errors import MismatchError, Problem
from footprint.result import Footprint
from footprint.rounding import CO2E
from footprint.terminal import printable

COMPUTED: tuple[PartName, ...] = ("data", "factors", "method")


def why(old: Edition, new: Edition) -> Reasons:
    """Why the footprint of a product changed from one edition to the next.

    Args:
        old: before.
        new: after.

    Raises:
        MismatchError: they are not about the same declared unit within the same boundary.
        FootprintError: the records give no footprint.
    """
    _check_comparable(old.printed, new.printed)
    return _Attribution.of(old, new).reasons()


def _check_comparable(old: Footprint, new: Footprint) -> None:
    fix = "compare footprints of one kind of product, unit and boundary"
    pairs = {
        "declared_unit": (old.declared_unit, new.declared_unit),
        "boundary": (old.boundary, new.boundary),
        "product.category": (old.product.category, new.product.category),
    }
    found = [
        Problem(name, printable(f"was {was}, becomes {becomes}"), "that is no change but another thing", fix)
        for name, (was, becomes) in pairs.items()
        if was != becomes
    ]
    if found:
        raise MismatchError(*found)


class _Line(NamedTuple):
    """One number of one ledger."""

    ledger: str
    name: str
    detail: str = ""


_Amounts = dict[_Line, Decimal]


def _amounts(footprint: Footprint) -> _Amounts:
    """Every number of the three ledgers."""
    found: _Amounts = {
        _Line("gross", cell.stage, cell.substance): cell.kg_co2e for cell in footprint.gross.cells
    }
    for removal in footprint.removals:
        line = _Line("removals", removal.kind, f"{removal.method}, {removal.horizon_years} years")
        found[line] = found.get(line, Decimal(0)) + removal.kept_kg_co2
    found[_Line("biogenic", "uptake")] = footprint.biogenic.uptake_kg_co2
    found[_Line("biogenic", "released")] = footprint.biogenic.released_kg_co2
    return found


@dataclass(frozen=True)
class _Attribution:
    """Both editions, and every single thing that was turned between them, by part."""

    old: Edition
    new: Edition
    sides: dict[Side, Inputs]
    remade: dict[Side, Footprint]
    turns: dict[PartName, list[Turn]]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, old: Edition, new: Edition) -> "_Attribution":
        """Each thing that differs, tried on its own."""
        sides = inputs(old, new)
        remade: dict[Side, Footprint] = {side: sides[side].footprint() for side in sides}
        used = {factor.id for footprint in remade.values() for factor in footprint.factors}
        data, method, notes = _told_apart(Experiments(sides, remade))
        turns: dict[PartName, list[Turn]] = {
            "data": data,
            "factors": [*numbers(sides, used)],
            "method": method,
        }
        return cls(old, new, sides, remade, turns, (*old.notes, *new.notes, *notes, *_status(old, new)))

    def reasons(self) -> Reasons:
        """The change of every number, split."""
        split = self._split()
        cells = tuple(
            CellSplit(stage=line.name, substance=line.detail, **_fields(parts))
            for line, parts in split.items()
            if line.ledger == "gross"
        )
        gross = Split.total(cells)
        return Reasons(
            engine=self.remade["new"].engine,
            boundary=self.new.printed.boundary,
            old=Imprint.of(self.old.printed),
            new=Imprint.of(self.new.printed),
            gross=gross,
            cells=cells,
            removals=tuple(
                RemovalSplit(kind=line.name, card=line.detail, **_fields(parts))
                for line, parts in split.items()
                if line.ledger == "removals"
            ),
            biogenic=tuple(
                BiogenicSplit(flow=line.name, **_fields(parts))
                for line, parts in split.items()
                if line.ledger == "biogenic"
            ),
            parts=tuple(self._parts(gross)),
            notes=self.notes,
        )

    def _split(self) -> dict[_Line, Split]:
        corners = self._corners()
        printed = _amounts(self.old.printed), _amounts(self.new.printed)
        remade = _amounts(self.remade["old"]), _amounts(self.remade["new"])
        players = [name for name in COMPUTED if self.turns[name]]
        found = {}
        for line in _in_order((*printed, *remade, *corners.values())):
            was, becomes = (amounts.get(line, Decimal(0)) for amounts in printed)
            before, after = (amounts.get(line, Decimal(0)) for amounts in remade)
            value = {who: millionths(amounts.get(line, Decimal(0))) for who, amounts in corners.items()}
            parts = shapley(players, value.__getitem__) if players else {}
            computed = {name: parts.get(name, 0) * CO2E for name in COMPUTED}
            found[line] = Split(
                was=was, becomes=becomes, model=(before - was) + (becomes - after), **computed
            )
        return found

    def _corners(self) -> dict[frozenset[str], _Amounts]:
        """The amounts with every set of parts turned to new, the others left as old."""
        players = [name for name in COMPUTED if self.turns[name]]
        sets = [frozenset(chosen) for n in range(len(players) + 1) for chosen in combinations(players, n)]
        return {who: _amounts(self._corner(who).footprint()) for who in sets}

    def _corner(self, who: frozenset[str]) -> Inputs:
        sides: dict[str, Side] = {name: "new" if name in who else "old" for name in COMPUTED}
        factors, chosen = self.sides[sides["factors"]].setting.factors, self.sides[sides["data"]]
        corner = chosen.said(factors=factors)
        return turned(corner, self.turns["method"], sides["method"])

    def _parts(self, gross: Split) -> Iterator[Part]:
        experiments = Experiments(self.sides, self.remade)
        for name in COMPUTED:
            kg_co2e = getattr(gross, name)
            reasons, not_alone = experiments.reasons(self.turns[name])
            together = kg_co2e - sum((one.kg_co2e for one in reasons), Decimal(0))
            yield Part(
                name=name, kg_co2e=kg_co2e, reasons=reasons, together_kg_co2e=together, not_alone=not_alone
            )
        yield Part(name="model", kg_co2e=gross.model, reasons=(), together_kg_co2e=gross.model, not_alone=())


def _told_apart(experiments: Experiments) -> tuple[list[Turn], list[Turn], list[str]]:
    """What changed in the data and what in the method; a choice that needs other data to be made is data."""
    sides = experiments.sides
    answered = answers(sides)
    data: list[Turn] = [turn for turn in answered if not turn.is_method]
    method: list[Turn] = []
    notes = []
    for turn in (*choices(sides), *(turn for turn in answered if turn.is_method)):
        if experiments.effect([*method, turn]) is None:
            notes.append(f"{turn.change.path} cannot be chosen for both records: it counts as data.")
            data.append(turn)
        else:
            method.append(turn)
    return data, method, notes


def _status(old: Edition, new: Edition) -> Iterator[str]:
    before, after = old.setting.terms, new.setting.terms
    if before != after and before.keeps_as(after) and old.printed.removals and new.printed.removals:
        was, becomes = (str(terms).replace("_", " ") for terms in (before, after))
        yield f"The removals were {was} and are {becomes}; no amount depends on it."


def _in_order(amounts: Iterable[_Amounts]) -> list[_Line]:
    """Every line once, the stages as the chain has them."""
    lines = dict.fromkeys(line for found in amounts for line in found)
    stages = list(dict.fromkeys((line.ledger, line.name) for line in lines))
    return sorted(lines, key=lambda line: stages.index((line.ledger, line.name)))


def _fields(split: Split) -> dict[str, Decimal]:
    return {name: getattr(split, name) for name in Split.model_fields}
