"""The wood of an orchard: what it takes up while it grows, and what goes back when the trees are cleared."""

from collections.abc import Iterator

from pydantic import model_validator

from lca_models.activities.answers import Record
from lca_models.activities.prunings import BURNS_LIKE
from lca_models.activities.shares import ShareAnswer, at_most_all
from lca_models.equations import biomass, burning
from lca_models.equations.biomass import CO2_PER_C
from lca_models.faults import fault
from lca_models.flows import Emission, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real

METHOD = "ipcc-2019-tier-1"
_GROWTH, _MAXIMUM, _ROOTS = (
    "biomass.orchard.growth",
    "biomass.orchard.maximum",
    "biomass.orchard.root_to_shoot",
)


class Clearing(Record):
    """What becomes of the trees at the end: the shares burnt in the open, and kept in something that is recorded."""

    burnt: ShareAnswer
    kept: ShareAnswer

    @model_validator(mode="after")
    def _no_more_than_there_is(self) -> "Clearing":
        shares = [answer.amount.to("") for answer in (self.burnt, self.kept) if answer.amount]
        if sum(shares) > 1 + 1e-9:
            what, why = f"burnt and kept are {sum(shares):.0%} together", "both are shares of the same trees"
            raise fault(what, why, "let them add up to 100 % or less; the rest rots")
        return self

    def emissions(self, numbers: Numbers, name: str, *, area_ha: Real, age_years: Real) -> Iterator[Emission]:
        """Gases of clearing the orchard at that age; the carbon is biogenic."""
        answers = (f"{name}.burnt", f"{name}.kept")
        kept = at_most_all(self.kept.read(numbers, answers[1], "", "share of the trees that is kept"))
        burnt = at_most_all(self.burnt.read(numbers, answers[0], "", "share of the trees that is burnt"))
        kg = biomass.clearing_kg_co2(
            area_ha=area_ha, standing_t_c_per_ha=_standing(numbers, age_years), kept_frac=kept
        )
        yield Emission("co2_biogenic", kg, "clearing the trees", answers, (_GROWTH, _MAXIMUM, _ROOTS))
        # Roots do not burn, and wood burns as prunings do.
        carbon_t = area_ha * _standing(numbers, age_years, root_to_shoot=0.0) * burnt
        for substance, gas in (("ch4_biogenic", "ch4"), ("n2o", "n2o")):
            factor = f"burning.{gas}.agricultural_residues"
            kg = burning.open_burning_kg(
                dry_matter_kg=carbon_t * 1000 / numbers.factor("prunings.carbon_content"),
                combustion_factor=numbers.factor(BURNS_LIKE),
                emission_factor=numbers.factor(factor),
            )
            used = (factor, BURNS_LIKE, "prunings.carbon_content", _GROWTH, _MAXIMUM)
            yield Emission(substance, kg, "burning the cleared trees", answers, used)


def growth(numbers: Numbers, *, area_ha: Real, age_years: int) -> Iterator[Storage]:
    """Carbon the trees take up in a season: a temporary store, given back by the clearing of the same orchard.

    Nothing of it outlasts the trees. A grown orchard yields nothing at all.
    """
    published = numbers.factors
    if age_years * published[_GROWTH].value >= published[_MAXIMUM].value:
        numbers.note("The trees are grown: their wood takes up no more carbon than it loses.")
        return
    kg = biomass.growth_kg_co2(
        area_ha=area_ha,
        age_years=age_years,
        growth_t_c_per_ha_per_year=numbers.factor(_GROWTH),
        maximum_t_c_per_ha=numbers.factor(_MAXIMUM),
        root_to_shoot=numbers.factor(_ROOTS),
    )
    used = (_GROWTH, _MAXIMUM, _ROOTS)
    yield Storage("biomass", kg / CO2_PER_C, "growth of the trees", quantified_by=METHOD, factors=used)


def _standing(numbers: Numbers, age_years: Real, root_to_shoot: Real | None = None) -> Real:
    return biomass.stock_t_c_per_ha(
        age_years=age_years,
        growth_t_c_per_ha_per_year=numbers.factor(_GROWTH),
        maximum_t_c_per_ha=numbers.factor(_MAXIMUM),
        root_to_shoot=numbers.factor(_ROOTS) if root_to_shoot is None else root_to_shoot,
    )
