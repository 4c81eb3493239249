"""Which animals a record may name, and how the tables of IPCC 2019 V4 Ch10 call them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lca_models import lookup
from lca_models.activities.table_rows import RowValue, drawn
from lca_models.factors import Factor
from lca_models.numbers import Numbers

AnimalKind = Literal[
    "dairy_cattle",
    "other_cattle",
    "buffalo",
    "growing_swine",
    "breeding_swine",
    "layers",
    "broilers",
    "sheep",
    "goats",
    "camels",
    "horses",
    "mules_and_asses",
]
LivestockRegion = Literal[
    "north_america",
    "western_europe",
    "eastern_europe",
    "oceania",
    "latin_america",
    "africa",
    "middle_east",
    "asia",
    "indian_subcontinent",
]
Productivity = Literal["high", "low", "mean"]


@dataclass(frozen=True, slots=True)
class Tables:
    """How an animal is called where the tables put several kinds together.

    `enteric` is the table and its animal, or `None` where the guideline has no factor; `grazing` the factor of
    dung and urine on pasture.
    """

    enteric: tuple[str, str] | None
    gas: str
    grazing: str


def _cattle(kind: str, gas: str) -> Tables:
    return Tables(("livestock.enteric.cattle", kind), gas, "cattle_poultry_pigs")


def _pigs() -> Tables:
    return Tables(("livestock.enteric.other", "swine"), "swine", "cattle_poultry_pigs")


def _other(kind: str) -> Tables:
    return Tables(("livestock.enteric.other", kind), "other_animals", "sheep_other")


_POULTRY = Tables(None, "poultry", "cattle_poultry_pigs")
TABLES: Mapping[AnimalKind, Tables] = {
    "dairy_cattle": _cattle("dairy_cattle", "dairy_cattle"),
    "other_cattle": _cattle("other_cattle", "other_cattle"),
    "buffalo": _cattle("buffalo", "other_animals"),
    "growing_swine": _pigs(),
    "breeding_swine": _pigs(),
    "layers": _POULTRY,
    "broilers": _POULTRY,
    "sheep": _other("sheep"),
    "goats": _other("goats"),
    "camels": _other("camels"),
    "horses": _other("horses"),
    "mules_and_asses": _other("mules_and_asses"),
}


@dataclass(frozen=True, slots=True)
class Stock:
    """Animals of one kind, region and productivity: what picks the rows."""

    kind: AnimalKind
    region: LivestockRegion
    productivity: Productivity

    def row(self, numbers: Numbers, table: str, animal: str | None = None) -> RowValue:
        """The row of this stock, drawn.

        Raises:
            FactorError: the table has no row for it; the message lists the nearest.
        """
        return drawn(numbers, self.factor(numbers, table, animal))

    def factor(self, numbers: Numbers, table: str, animal: str | None = None) -> Factor:
        """The row of this stock as a factor.

        Where the table holds one row for all productivities, called `mean`, that is the row of each of them.
        """
        found = numbers.factors.table(table)
        conditions = {"animal": animal or self.kind}
        if "region" in found.columns:
            conditions["region"] = self.region
        rows = [dict(zip(found.columns, entries, strict=True)) for entries in found.rows]
        fitting = [row for row in rows if all(row[c] == wanted for c, wanted in conditions.items())]
        for_all = [row["productivity"] for row in fitting] == ["mean"]
        return lookup.factor(found, **conditions, productivity="mean" if for_all else self.productivity)
