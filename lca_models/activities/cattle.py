"""Cattle by what they weigh, eat and give: the questions of IPCC 2019 V4 Ch10, tier 2."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.animals import DaysAnswer
from lca_models.activities.answers import MassAnswer, Name, Record, positive
from lca_models.activities.heads import HeadsAnswer
from lca_models.activities.livestock import Productivity
from lca_models.activities.manure_systems import PASTURE, ManureShares
from lca_models.activities.shares import ShareAnswer
from lca_models.faults import fault

CattleKind = Literal["lactating_cow", "cattle", "bull"]
Diet = Literal[
    "dairy.high",
    "dairy.high_fibre",
    "dairy.medium",
    "dairy.low",
    "beef.forage",
    "beef.mixed",
    "beef.feedlot",
    "beef.feedlot_steam_flaked",
]
Housing = Literal["stall", "pasture", "large_area"]
Sex = Literal["female", "castrate", "bull"]


class Growth(Record):
    """Weight at the beginning and at the end of the days kept, and what a grown animal of the breed weighs."""

    start_weight: MassAnswer
    end_weight: MassAnswer
    mature_weight: Annotated[MassAnswer, AfterValidator(positive)]
    sex: Sex

    @model_validator(mode="after")
    def _not_shrinking(self) -> "Growth":
        start, end = self.start_weight.amount, self.end_weight.amount
        if start is not None and end is not None and end.to("kg") < start.to("kg"):
            fix = "leave growth out for animals that keep their weight"
            raise fault(f"{str(end)!r} is less than {str(start)!r}", "growth needs feed, loss does not", fix)
        return self


class Milking(Record):
    """All milk the group gave, the calves' share included, with fat and protein."""

    amount: Annotated[MassAnswer, AfterValidator(positive)]
    fat: ShareAnswer
    protein: ShareAnswer


class Cattle(Record):
    """Cattle that were kept and fed alike. `head` were kept for `days` each."""

    name: Name
    kind: CattleKind
    productivity: Productivity
    head: HeadsAnswer
    days: DaysAnswer
    live_weight: Annotated[MassAnswer, AfterValidator(positive)]
    growth: Growth | None = None
    milk: Milking | None = None
    pregnant: ShareAnswer | None = None
    diet: Diet
    digestibility: ShareAnswer
    crude_protein: ShareAnswer
    housing: Housing
    manure: Annotated[ManureShares, Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _milk_comes_from_cows(self) -> "Cattle":
        if (self.milk is None) == (self.kind == "lactating_cow"):
            why = "a lactating cow gives milk, other cattle none"
            raise fault(f"kind is {self.kind!r}", why, 'enter [milk], or kind = "cattle" for dry cows')
        return self

    @property
    def grazes(self) -> bool:
        """Whether part of what they eat is not recorded anywhere."""
        return self.housing != "stall" or any(place.system == PASTURE for place in self.manure)
