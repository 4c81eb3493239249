"""The orchard's form: orchard, kiln, packhouse, and a truck and a shop for each place of sale."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lca_models.activities import Kiln, Orchard, Packhouse, Shop, Transport
from lca_models.activities.land import Land
from lca_models.faults import fault
from lca_models.flows import Process
from lca_models.numbers import Numbers
from lca_models.product_system.about import Destination
from lca_models.product_system.system import ProductSystem
from lca_models.real import Real


class Route(Destination):
    """From the packhouse to one place of sale."""

    transport: Transport
    shop: Shop


class OrchardChain(ProductSystem):
    """One season of an orchard's fruit, from the trees to each place of sale."""

    boundary: Literal["cradle to shop"] = "cradle to shop"
    orchard: Orchard
    kiln: Kiln | None = None
    packhouse: Packhouse
    routes: Annotated[tuple[Route, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _kiln_and_prunings(self) -> Self:
        prunings = self.orchard.prunings
        goes = prunings is not None and prunings.go_to_kiln
        if goes and self.kiln is None:
            fix = "add [kiln], or set prunings.kiln to '0 kg'"
            raise fault("prunings go to a kiln, but no kiln is recorded", "its smoke counts", fix)
        if self.kiln is not None and not goes:
            why, fix = "its biochar needs a feedstock", "fill in orchard.prunings.kiln"
            raise fault("a kiln is recorded, but no prunings go to it", why, fix)
        return self

    @property
    def lands(self) -> tuple[Land, ...]:
        """The orchard."""
        return (self.orchard,)

    @property
    def expected_stages(self) -> frozenset[str]:
        """All of them; a kiln only where there is one."""
        stages = {"orchard", "packhouse", "packaging", "transport", "shop"}
        return frozenset(stages | {"kiln"} if self.kiln is not None else stages)

    def sold_at(self, route: Destination) -> str:
        """The fruit as it is sold there."""
        return f"{self.orchard.crop}, sold, {route.name}"

    def carbon_content_frac(self, numbers: Numbers) -> Real:
        """Published per crop."""
        return numbers.factor(f"{self.orchard.crop}.carbon_content")

    def _inventory(self, numbers: Numbers, route: Destination) -> Iterator[Process]:
        orchard, region = self.orchard, self.product.region
        yield from orchard.processes(numbers, region)
        if self.kiln is not None and orchard.prunings is not None:
            yield self.kiln.process(
                numbers,
                prunings=orchard.prunings.kiln,
                prunings_name=orchard.kiln_answer,
                soil_temperature=orchard.soil_temperature,
                orchard=orchard.name,
                region=region,
            )
        yield from self.packhouse.processes(numbers, crop=orchard.crop, fruit=orchard.product, region=region)
        yield from self._on_the_way(numbers, next(known for known in self.routes if known == route))

    def _on_the_way(self, numbers: Numbers, route: Route) -> Iterator[Process]:
        delivered = f"{self.orchard.crop}, delivered, {route.name}"
        yield route.transport.process(
            numbers,
            name=f"road to {route.name}",
            takes=self.packhouse.product(self.orchard.crop),
            gives=delivered,
            mass_ratio=self.packhouse.shipped_mass_ratio(numbers),
        )
        yield route.shop.process(
            numbers,
            name=f"shop, {route.name}",
            takes=delivered,
            gives=self.sold_at(route),
            region=route.region,
        )
