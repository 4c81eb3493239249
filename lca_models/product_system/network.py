"""The general form: activities linked by the products they give and take, sold at one or more destinations."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from lca_models.activities import AnyActivity
from lca_models.activities.answers import FractionAnswer, Name
from lca_models.activities.land import Land
from lca_models.faults import fault
from lca_models.flows import Process
from lca_models.numbers import Numbers
from lca_models.product_system.about import Boundary, Destination
from lca_models.product_system.system import ProductSystem
from lca_models.real import Real

_STAGES: dict[Boundary, frozenset[str]] = {
    "cradle to gate": frozenset(),
    "cradle to shop": frozenset({"transport", "shop"}),
    "cradle to grave": frozenset({"transport", "shop", "use"}),
}


class Sale(Destination):
    """Where one product of the network is handed over."""

    product: Name


class Network(ProductSystem):
    """Any activities, in any order, loops allowed."""

    carbon_content: FractionAnswer
    activities: Annotated[tuple[AnyActivity, ...], Field(min_length=1, strict=False)]
    routes: Annotated[tuple[Sale, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _activities_have_names(self) -> Self:
        names = [activity.name for activity in self.activities]
        if len(set(names)) < len(names):
            raise fault(f"activities are named {names}", "answers are kept by name", "give each its own name")
        return self

    @property
    def lands(self) -> tuple[Land, ...]:
        """Every field, orchard, paddy, meadow and greenhouse of the network."""
        return tuple(activity for activity in self.activities if isinstance(activity, Land))

    @property
    def expected_stages(self) -> frozenset[str]:
        """Those its boundary names, beside the producer's own."""
        return _STAGES[self.boundary]

    def sold_at(self, route: Destination) -> str:
        """The product handed over there."""
        return next(sale.product for sale in self.routes if sale == route)

    def carbon_content_frac(self, numbers: Numbers) -> Real:
        """As answered."""
        return self.carbon_content.read(numbers, "carbon_content", "", "biogenic carbon in the product")

    def _inventory(self, numbers: Numbers, route: Destination) -> Iterator[Process]:  # noqa: ARG002 - one network serves all
        for activity in self.activities:
            yield from activity.processes(numbers, self.product.region)
