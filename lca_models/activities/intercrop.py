"""A second crop between the trees: it shares what is done for the land, and carries its own inputs alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, Field

from lca_models.activities.activity import MassOrValue
from lca_models.activities.answers import AreaAnswer, Name, PriceAnswer, positive
from lca_models.activities.crop_residues import Residues
from lca_models.activities.cropland import DryMatter, Film, Irrigation, Pickings, Seed
from lca_models.activities.field_crop import FieldCrop
from lca_models.activities.husbandry import Husbandry
from lca_models.activities.land import Land
from lca_models.flows import Link, Output, Process
from lca_models.numbers import Numbers
from lca_models.real import Real

_SHARED = frozenset({"allocation", "price", "fruit_price"})


class Intercrop(Husbandry):
    """Peanuts, beans, vegetables of the same season; fertilisers and all else here are its own, not the trees'.

    It is a `FieldCrop` on the orchard's land. What the orchard's record says of the land (fertilisers, limes, sprays,
    irrigation, fuel, ground cover) is shared between fruit and intercrop by `allocation`; prunings, kiln and the
    years before the first harvest stay with the fruit.
    """

    crop: Name
    gives: Name | None = None
    area: Annotated[AreaAnswer, AfterValidator(positive)]
    harvests: Pickings
    dry_matter: DryMatter | None = None
    residues: Residues
    seeds: Annotated[tuple[Seed, ...], Field(strict=False)] = ()
    films: Annotated[tuple[Film, ...], Field(strict=False)] = ()
    irrigation: Irrigation | None = None
    allocation: MassOrValue
    price: PriceAnswer
    fruit_price: PriceAnswer

    @staticmethod
    def land(crop: Name) -> str:
        """What it takes of the orchard: what was done for the land both stand on."""
        return f"land under {crop}"

    def outputs(self, numbers: Numbers, orchard: Land, fruit_kg: Real) -> tuple[Output, Output]:
        """What the land gives: fruit and intercrop, at the prices they are sold for."""
        name, season = f"{orchard.name}.intercrop", self.season(orchard)
        fruit_price = self.fruit_price.read(
            numbers, f"{name}.fruit_price", "CNY/kg", f"price of {orchard.crop}"
        )
        price = self.price.read(numbers, f"{name}.price", "CNY/kg", f"price of {self.crop}")
        return (
            Output(self.land(orchard.crop), fruit_kg, fruit_price),
            Output(self.land(self.crop), season.sold_kg(numbers), price),
        )

    def processes(self, numbers: Numbers, orchard: Land, region: str) -> Iterator[Process]:
        """Its own season, which takes its share of the land."""
        season = self.season(orchard)
        share = Link(self.land(self.crop), season.sold_kg(numbers))
        for process in season.processes(numbers, region):
            yield replace(process, links=(*process.links, share))

    def season(self, orchard: Land) -> FieldCrop:
        """The field crop it is, on the orchard's land and in its climate."""
        own = {field: getattr(self, field) for field in type(self).model_fields if field not in _SHARED}
        return FieldCrop(
            name=f"{orchard.name}.intercrop",
            climate=orchard.climate,
            land_use=orchard.land_use.counted_elsewhere(),
            **own,
        )
