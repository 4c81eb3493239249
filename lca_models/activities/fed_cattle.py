"""What cattle need and what follows: IPCC 2019 V4 Ch10, tier 2, from net energy to methane, dung and urine."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lca_models.activities.answers import MassAnswer
from lca_models.activities.cattle import Cattle
from lca_models.activities.livestock import AnimalKind, LivestockRegion, Stock
from lca_models.activities.manure_systems import Excreta
from lca_models.activities.shares import ShareAnswer, at_most_all
from lca_models.equations import enteric, manure
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.real import Real

_C_SEX = {"female": 0.8, "castrate": 1.0, "bull": 1.2}  # below Equation 10.6
_URINARY = {True: "manure.urinary_frac.swine", False: "manure.urinary_frac.ruminants"}


@dataclass(frozen=True)
class FedCattle:
    """A group of cattle with its answers read. Energies are MJ per animal and day."""

    cattle: Cattle
    numbers: Numbers
    where: str

    @cached_property
    def head_days(self) -> Real:
        """Animals times days."""
        head = self.cattle.head.read(
            self.numbers, f"{self.where}.head", "head", f"number of {self.cattle.name}"
        )
        return head * self._days

    @cached_property
    def gross_energy_mj(self) -> Real:
        """What each eats a day, Equation 10.16."""
        keeping = self._maintenance_mj
        return enteric.gross_energy_mj(
            maintenance_mj=keeping,
            activity_mj=self._activity_mj(keeping),
            lactation_mj=self._lactation_mj,
            work_mj=0.0,
            pregnancy_mj=self._pregnancy_mj(keeping),
            growth_mj=self._growth_mj,
            wool_mj=0.0,
            digestibility_frac=self._digestibility,
        )

    @cached_property
    def dry_matter_kg(self) -> Real:
        """What the group eats in the season."""
        return self.gross_energy_mj / manure.GROSS_ENERGY_MJ_PER_KG * self.head_days

    def enteric(self) -> Iterator[Emission]:
        """Methane from their guts, Equation 10.21."""
        ym = f"enteric.ym.{self.cattle.diet}"
        kg = enteric.tier2_kg(
            gross_energy_mj=self.gross_energy_mj, ym_frac=self.numbers.factor(ym), days=self.head_days
        )
        label = f"methane from the guts, {self.cattle.name}"
        yield Emission("ch4_biogenic", kg, label, self.answers, (ym, *self.factors))

    def excreta(self, region: LivestockRegion) -> Excreta:
        """Dung and urine, Equations 10.24 and 10.31 to 10.33."""
        kind: AnimalKind = "dairy_cattle" if self.cattle.diet.startswith("dairy") else "other_cattle"
        stock = Stock(kind, region, self.cattle.productivity)
        urinary = _URINARY[self.cattle.diet.startswith("beef.feedlot")]
        solids = manure.volatile_solids_kg(
            gross_energy_mj=self.gross_energy_mj,
            digestibility_frac=self._digestibility,
            urinary_frac=self.numbers.factor(urinary),
            ash_frac=self.numbers.factor("manure.ash"),
            days=self.head_days,
        )
        nitrogen = manure.nitrogen_excreted_kg(
            intake_kg=self.nitrogen_eaten_kg, retained_kg=self.nitrogen_kept_kg
        )
        return Excreta(
            group=self.cattle.name,
            where=self.where,
            kind=kind,
            volatile_solids_kg=solids,
            nitrogen_kg=nitrogen,
            bo=stock.row(self.numbers, "manure.bo"),
            answers=(*self.answers, f"{self.where}.crude_protein"),
            factors=(urinary, "manure.ash", *self.factors),
        )

    @cached_property
    def nitrogen_eaten_kg(self) -> Real:
        """In the season."""
        protein = self._fraction("crude_protein", "protein in the feed of")
        return manure.nitrogen_intake_kg(dry_matter_kg=self.dry_matter_kg, crude_protein_frac=protein)

    @cached_property
    def nitrogen_kept_kg(self) -> Real:
        """In milk and growth, in the season."""
        protein: Real = 0.0
        if self.cattle.milk is not None:
            name, label = f"{self.where}.milk.protein", f"protein in the milk of {self.cattle.name}"
            protein = self.cattle.milk.protein.read(self.numbers, name, "", label)
        return manure.nitrogen_retained_cattle_kg(
            milk_kg=self._milk_kg,
            milk_protein_frac=protein,
            gain_kg=self._gain_kg_per_day * self.head_days,
            growth_mj=self._growth_mj * self.head_days,
        )

    @property
    def answers(self) -> tuple[str, ...]:
        """What the energy needs rest on."""
        asked = ["head", "days", "live_weight", "digestibility"]
        if self.cattle.growth is not None:
            asked += ["growth.start_weight", "growth.end_weight", "growth.mature_weight"]
        if self.cattle.milk is not None:
            asked += ["milk.amount", "milk.fat"]
        if self.cattle.pregnant is not None:
            asked.append("pregnant")
        return tuple(f"{self.where}.{field}" for field in asked)

    @property
    def factors(self) -> tuple[str, ...]:
        """What the energy needs rest on."""
        return tuple(
            factor
            for factor, used in (
                (self._cfi, True),
                (f"enteric.ca.{self.cattle.housing}", self.cattle.housing != "stall"),
                ("enteric.c_pregnancy.cattle", self.cattle.pregnant is not None),
            )
            if used
        )

    @property
    def _cfi(self) -> str:
        return f"enteric.cfi.{self.cattle.kind}"

    @cached_property
    def _days(self) -> Real:
        return self.cattle.days.read(
            self.numbers, f"{self.where}.days", "day", f"days {self.cattle.name} were kept"
        )

    @cached_property
    def _live_weight_kg(self) -> Real:
        return self._mass(self.cattle.live_weight, "live_weight", "live weight of")

    @cached_property
    def _digestibility(self) -> Real:
        return self._fraction("digestibility", "digestibility of the feed of")

    @cached_property
    def _maintenance_mj(self) -> Real:
        return enteric.maintenance_mj(
            mass_kg=self._live_weight_kg, cf_mj_per_kg075=self.numbers.factor(self._cfi)
        )

    def _activity_mj(self, maintenance_mj: Real) -> Real:
        if self.cattle.housing == "stall":
            return 0.0
        ca = self.numbers.factor(f"enteric.ca.{self.cattle.housing}")
        return enteric.activity_cattle_mj(maintenance_mj=maintenance_mj, ca=ca)

    def _pregnancy_mj(self, maintenance_mj: Real) -> Real:
        if self.cattle.pregnant is None:
            return 0.0
        return enteric.pregnancy_mj(
            maintenance_mj=maintenance_mj,
            c_pregnancy=self.numbers.factor("enteric.c_pregnancy.cattle"),
            pregnant_frac=self._fraction("pregnant", "share with calf of"),
        )

    @cached_property
    def _milk_kg(self) -> Real:
        if self.cattle.milk is None:
            return 0.0
        return self._mass(self.cattle.milk.amount, "milk.amount", "milk of")

    @cached_property
    def _lactation_mj(self) -> Real:
        if self.cattle.milk is None:
            return 0.0
        name, label = f"{self.where}.milk.fat", f"fat in the milk of {self.cattle.name}"
        fat = self.cattle.milk.fat.read(self.numbers, name, "", label)
        return enteric.lactation_cattle_mj(milk_kg_per_day=self._milk_kg / self.head_days, fat_frac=fat)

    @cached_property
    def _gain_kg_per_day(self) -> Real:
        growth = self.cattle.growth
        if growth is None:
            return 0.0
        start = self._mass(growth.start_weight, "growth.start_weight", "weight at first of")
        end = self._mass(growth.end_weight, "growth.end_weight", "weight at last of")
        # Draws of two uncertain weights may cross; an animal that does not grow gains nothing.
        gain = np.maximum(end - start, 0.0)
        return (float(gain) if np.ndim(gain) == 0 else gain) / self._days

    @cached_property
    def _growth_mj(self) -> Real:
        growth = self.cattle.growth
        if growth is None:
            return 0.0
        return enteric.growth_cattle_mj(
            mass_kg=self._live_weight_kg,
            mature_mass_kg=self._mass(growth.mature_weight, "growth.mature_weight", "grown weight of"),
            gain_kg_per_day=self._gain_kg_per_day,
            c_sex=_C_SEX[growth.sex],
        )

    def _mass(self, answer: MassAnswer, field: str, words: str) -> Real:
        return answer.read(self.numbers, f"{self.where}.{field}", "kg", f"{words} {self.cattle.name}")

    def _fraction(self, field: str, words: str) -> Real:
        answer: ShareAnswer = getattr(self.cattle, field)
        name = f"{self.where}.{field}"
        return at_most_all(answer.read(self.numbers, name, "", f"{words} {self.cattle.name}"))
