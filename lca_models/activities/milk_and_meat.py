"""A dairy herd shared between its milk and the animals it sells, by the feed energy both cost."""

from collections.abc import Sequence

from lca_models.activities.activity import Give
from lca_models.activities.answers import Name, Record
from lca_models.activities.shares import ShareAnswer
from lca_models.equations import milk
from lca_models.faults import fault
from lca_models.flows import Output
from lca_models.numbers import Numbers
from lca_models.real import Real, total

_FACTOR = "milk.energy_of_meat_over_milk"


class MilkAndMeat(Record):
    """Which product is the milk, and its quality; all others are animals, live weight."""

    milk: Name
    fat: ShareAnswer
    protein: ShareAnswer

    def check(self, gives: Sequence[Give]) -> None:
        """Refuse a herd that does not sell this milk and something else."""
        products = [give.product for give in gives]
        if products.count(self.milk) != 1 or len(products) < 2:
            why = f"the herd gives {', '.join(products)}"
            fix = "name the milk as [[gives]] does, and give the animals sold beside it"
            raise fault(f"biophysical.milk is {self.milk!r}", why, fix)

    def shares(self, numbers: Numbers, where: str, outputs: Sequence[Output]) -> tuple[Real, ...]:
        """What each product carries: the milk by IDF, the rest by animals of different kinds by their weight."""
        animals = total(output.kg for output in outputs if output.product != self.milk)
        of_milk = self._share_of_milk(
            numbers, where, next(output.kg for output in outputs if output.product == self.milk), animals
        )
        return tuple(
            of_milk if output.product == self.milk else (1.0 - of_milk) * output.kg / animals
            for output in outputs
        )

    def _share_of_milk(self, numbers: Numbers, where: str, milk_kg: Real, animals_kg: Real) -> Real:
        corrected = milk.fat_protein_corrected_kg(
            milk_kg=milk_kg,
            fat_frac=self.fat.read(numbers, f"{where}.fat", "", "fat of the milk sold"),
            protein_frac=self.protein.read(numbers, f"{where}.protein", "", "protein of the milk sold"),
        )
        return milk.share(
            live_weight_kg=animals_kg,
            corrected_milk_kg=corrected,
            meat_over_milk=numbers.factor(_FACTOR),
        )
