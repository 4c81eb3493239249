"""Feed: bought, by its name in the factor store, or taken from another activity of the network."""

from typing import Annotated

from pydantic import AfterValidator, Field

from lca_models.activities.activity import Take
from lca_models.activities.answers import MassAnswer, Record, positive
from lca_models.activities.shares import ShareAnswer
from lca_models.flows import Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real

FeedName = Annotated[str, Field(max_length=60, pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]


class Feed(Record):
    """Bought feed: `grain` is the product `feed.grain` of the factor store, or of a factor file of one's own."""

    product: FeedName
    amount: Annotated[MassAnswer, AfterValidator(positive)]

    def kilograms(self, numbers: Numbers, where: str) -> Real:
        """As bought."""
        return self.amount.read(numbers, f"{where}.amount", "kg", f"{self.product} bought as feed")

    def purchase(self, numbers: Numbers, where: str) -> Purchase:
        """Growing and making it."""
        kg = self.kilograms(numbers, where)
        return Purchase(f"feed.{self.product}", kg, f"feed bought: {self.product}", (f"{where}.amount",))


class DryFeed(Feed):
    """Bought feed of land animals: how much of it is not water."""

    dry_matter: ShareAnswer

    def dry_kg(self, numbers: Numbers, where: str) -> Real:
        """Its dry matter."""
        share = self.dry_matter.read(numbers, f"{where}.dry_matter", "", f"dry matter of {self.product}")
        return self.kilograms(numbers, where) * share


class Fodder(Take):
    """Feed another activity gives: hay, silage, straw, bran."""

    dry_matter: ShareAnswer

    def dry_kg(self, numbers: Numbers, where: str) -> Real:
        """Its dry matter."""
        share = self.dry_matter.read(numbers, f"{where}.dry_matter", "", f"dry matter of {self.product}")
        return self.link(numbers, f"{where}.amount").kg * share
