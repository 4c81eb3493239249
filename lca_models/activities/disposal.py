"""What becomes of food and packaging that is thrown away."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from lca_models import lookup
from lca_models.activities.answers import MassAnswer, Record, positive
from lca_models.activities.shares import ShareAnswer
from lca_models.activities.table_columns import column_value
from lca_models.equations import waste
from lca_models.faults import fault
from lca_models.flows import Emission, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real, total

PackageMaterial = Literal[
    "aluminium", "board", "eps", "glass", "hdpe", "ldpe_film", "paper", "pet", "pp", "steel", "wood"
]
FoodWay = Literal["landfill", "composting", "digestion", "incineration"]
PackageWay = Literal["landfill", "recycling", "composting", "incineration"]
LandfillSite = Literal["managed", "managed_semi_aerobic", "unmanaged_deep", "unmanaged_shallow", "unknown"]
_PLASTICS = frozenset({"eps", "hdpe", "ldpe_film", "pet", "pp"})
_COMPOSTABLE = frozenset({"board", "paper", "wood"})
_BURNS = {"board": "paper", "paper": "paper", "wood": "wood"} | dict.fromkeys(_PLASTICS, "plastics")
_PLANT = "continuous, stoker"
_DOUBT = "±100 % (IPCC 2006 V5 Ch5, section 5.7), lower end cut above zero"


class FoodShare(Record):
    """One way food waste goes, and how much of it."""

    way: FoodWay
    share: ShareAnswer


class PackageShare(Record):
    """One way a kind of packaging goes, and how much of it."""

    way: PackageWay
    share: ShareAnswer


def add_up(shares: Sequence[Any]) -> Any:  # noqa: ANN401 - shares of food or of packages, given back as they came
    """Refuse shares that are not, together, everything, and a way named twice."""
    if len({item.way for item in shares}) < len(shares):
        raise fault("a way stands twice", "answers are kept by way", "add the two shares up")
    together = sum(item.share.amount.to("") for item in shares)
    if abs(together - 1) > 0.001:
        raise fault(f"the shares add up to {together:.0%}", "all of it goes somewhere", "make it 100 %")
    return shares


FoodWays = Annotated[
    tuple[FoodShare, ...], Field(min_length=1, max_length=4, strict=False), AfterValidator(add_up)
]
PackageWays = Annotated[
    tuple[PackageShare, ...], Field(min_length=1, max_length=4, strict=False), AfterValidator(add_up)
]


class FoodWaste(Record):
    """Where food waste goes; the kind of landfill where some of it is landfilled."""

    ways: FoodWays
    landfill: LandfillSite | None = None

    @model_validator(mode="after")
    def _landfill_known(self) -> "FoodWaste":
        if any(item.way == "landfill" for item in self.ways) and self.landfill is None:
            fix = 'add landfill = "managed", or "unknown"'
            raise fault("the kind of landfill is missing", "it decides how much methane forms", fix)
        return self

    def exchanges(self, numbers: Numbers, name: str, waste_kg: Real, what: str) -> Iterator[Emission]:
        """The gases of getting rid of it.

        Args:
            numbers: central values or draws.
            name: where the record asks for it.
            waste_kg: thrown away, wet.
            what: it is, as labels say it.
        """
        for item, share in _read(numbers, name, self.ways):
            answers = (f"{name}.{item.way}",)
            kg, label = waste_kg * share, f"{what}: {item.way}"
            if item.way == "landfill":
                yield self._landfilled(numbers, kg, label, answers)
            elif item.way == "incineration":
                yield from _burnt_gases(numbers, kg, label, answers)
            else:
                yield from _biological(numbers, item.way, kg, label, answers)

    def _landfilled(self, numbers: Numbers, kg: Real, label: str, answers: tuple[str, ...]) -> Emission:
        site = f"waste.mcf.{self.landfill}"
        if self.landfill == "unknown":
            numbers.declare("kind of landfill", site)
        cover = f"waste.oxidised.{'covered' if self.landfill == 'managed' else 'uncovered'}"
        factors = ("waste.doc.food", "waste.decomposed.food", site, "waste.methane_in_gas", cover)
        doc, decomposed, mcf, methane, oxidised = (numbers.factor(factor) for factor in factors)
        carbon = waste.decomposable_carbon_kg(waste_kg=kg, doc_frac=doc, decomposed_frac=decomposed, mcf=mcf)
        made = waste.methane_potential_kg(decomposable_carbon_kg=carbon, methane_frac=methane)
        ch4 = waste.landfill_ch4_kg(generated_kg=made, recovered_kg=0.0, oxidised_frac=oxidised)
        return Emission("ch4_biogenic", ch4, label, answers, factors)


class Thrown(Record):
    """Packaging thrown away, per kilogram of product bought, and where it goes."""

    material: PackageMaterial
    amount: Annotated[MassAnswer, AfterValidator(positive)]
    ways: PackageWays

    @model_validator(mode="after")
    def _way_exists(self) -> "Thrown":
        for item in self.ways:
            if item.way == "composting" and self.material not in _COMPOSTABLE:
                raise fault(f"{self.material} is not composted", "it does not rot", "choose another way")
        return self

    def exchanges(self, numbers: Numbers, name: str, bought_kg: Real) -> Iterator[Emission | Purchase]:
        """The gases of getting rid of it.

        Args:
            numbers: central values or draws.
            name: where the record asks for it.
            bought_kg: product it came with.
        """
        mass = bought_kg * self.amount.read(numbers, f"{name}.amount", "kg", f"{self.material} thrown away")
        for item, share in _read(numbers, f"{name}.ways", self.ways):
            yield from self._one_way(numbers, item.way, mass * share, (f"{name}.amount",))

    def _one_way(
        self, numbers: Numbers, way: PackageWay, kg: Real, answers: tuple[str, ...]
    ) -> Iterator[Emission | Purchase]:
        label = f"{self.material} packaging: {way}"
        if way != "incineration":
            yield Purchase(f"disposal.{self.material}.{way}", kg, label, answers)
        elif self.material in _BURNS:
            yield _burnt_carbon(numbers, _BURNS[self.material], kg, label, answers)
            yield from _burnt_gases(numbers, kg, label, answers)
        else:  # glass and metal go through the fire; moving them there is all that counts
            yield Purchase(f"disposal.{self.material}.energy_recovery", kg, label, answers)


def _read(numbers: Numbers, name: str, ways: Sequence[Any]) -> Iterator[tuple[Any, Real]]:
    # Drawn one by one, shares no longer add up: each is taken of their sum, so that all of it goes somewhere.
    shares = [
        item.share.read(numbers, f"{name}.{item.way}", "", f"share to {item.way}, {name}") for item in ways
    ]
    together = total(shares)
    for item, share in zip(ways, shares, strict=True):
        yield item, share / together


def _biological(
    numbers: Numbers, way: str, kg: Real, label: str, answers: tuple[str, ...]
) -> Iterator[Emission]:
    gases = {"ch4_biogenic": "waste.digestion.ch4.wet"}
    if way == "composting":
        gases = {"ch4_biogenic": "waste.compost.ch4.wet", "n2o": "waste.compost.n2o.wet"}
    for substance, factor in gases.items():
        amount = waste.biological_kg(waste_kg=kg, emission_factor=numbers.factor(factor))
        yield Emission(substance, amount, label, answers, (factor,))


def _burnt_gases(numbers: Numbers, kg: Real, label: str, answers: tuple[str, ...]) -> Iterator[Emission]:
    for substance, column in (("ch4_biogenic", "ch4_kg_per_kg"), ("n2o", "n2o_kg_per_kg")):
        factor = column_value(
            numbers, "waste.incineration", column, bounds=(0.05, 2.0), interval=_DOUBT, plant=_PLANT
        )
        amount = waste.incineration_gas_kg(waste_kg=kg, emission_factor=factor.value)
        yield Emission(substance, amount, label, answers, (factor.id,))


def _burnt_carbon(numbers: Numbers, kind: str, kg: Real, label: str, answers: tuple[str, ...]) -> Emission:
    row = lookup.row(numbers.factors.table("waste.composition"), waste=kind)
    dry, carbon, fossil = (float(row[column]) for column in ("dry_frac", "carbon_frac", "fossil_frac"))
    co2 = waste.incineration_co2_kg(
        waste_kg=kg, dry_frac=dry, carbon_frac=carbon, fossil_frac=fossil, oxidised_frac=1.0
    )
    return Emission("co2_fossil", co2, label, answers, ("waste.composition",))
