"""Fed fish and shrimp over one season: feed, aeration, and the nitrogen and mud that feed leaves in the water."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.activity import Activity, Give, Take, WayToShare
from lca_models.activities.animals import DaysAnswer
from lca_models.activities.answers import AreaAnswer, MassAnswer, Record, positive
from lca_models.activities.feeds import Feed
from lca_models.activities.shares import ShareAnswer
from lca_models.activities.supplies import Supplies
from lca_models.equations import aquaculture
from lca_models.errors import Problem, RecordError, ValidityError
from lca_models.faults import fault
from lca_models.flows import Balance, Emission, Link, Process
from lca_models.numbers import Numbers
from lca_models.real import Real, total

KG_PROTEIN_PER_KG_N = 6.25


class FishFeed(Feed):
    """Bought feed, and how much of it is crude protein where nitrogen is counted."""

    protein: ShareAnswer | None = None


class Pond(Record):
    """Dug ponds: their water surface, and the days of the season they hold water."""

    water: Literal["fresh", "saline"]
    """Saline: above 18 ppt; brackish water below that counts as fresh."""
    area: Annotated[AreaAnswer, AfterValidator(positive)]
    filled: DaysAnswer


class Aquaculture(Activity):
    """One season of fed fish or shrimp in ponds, cages or tanks. Cages and tanks leave `pond` out."""

    activity: Literal["aquaculture"] = "aquaculture"
    stocked: MassAnswer
    pond: Pond | None = None
    feeds: Annotated[tuple[FishFeed, ...], Field(min_length=1, strict=False)]
    takes: Annotated[tuple[Take, ...], Field(strict=False)] = ()
    n2o: Literal["by_harvest", "by_nitrogen"]
    body_protein: ShareAnswer | None = None
    supplies: Supplies = Supplies()
    gives: Annotated[tuple[Give, ...], Field(min_length=1, strict=False)]
    allocation: WayToShare

    @model_validator(mode="after")
    def _protein_where_nitrogen_counts(self) -> Self:
        known = self.body_protein is not None and all(feed.protein is not None for feed in self.feeds)
        if self.n2o == "by_nitrogen" and not known:
            fix = 'enter body_protein and the protein of every feed, or n2o = "by_harvest"'
            raise fault("protein is missing", "nitrogen lost is nitrogen fed less nitrogen harvested", fix)
        return self

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process."""
        outputs = tuple(
            give.output(numbers, f"{self.name}.gives.{i}") for i, give in enumerate(self.gives, start=1)
        )
        harvest = total(output.kg for output in outputs)
        gain = harvest - self.stocked.read(numbers, f"{self.name}.stocked", "kg", "fish or shrimp stocked")
        self._note_conversion(numbers, gain)
        yield Process(
            name=self.name,
            stage="pond",
            outputs=outputs,
            links=tuple(self._links(numbers)),
            exchanges=(
                *(feed.purchase(numbers, where) for where, feed in self._named_feeds()),
                self._n2o(numbers, harvest, gain),
                *self._methane(numbers),
                *self.supplies.exchanges(numbers, f"{self.name}.supplies", region, "the ponds"),
            ),
            allocation=self.allocation,
            balances=tuple(self._balances(numbers, gain)),
        )

    def _links(self, numbers: Numbers) -> Iterator[Link]:
        for number, take in enumerate(self.takes, start=1):
            yield take.link(numbers, f"{self.name}.takes.{number}")

    def _note_conversion(self, numbers: Numbers, gain_kg: Real) -> None:
        if numbers.probabilities is None and float(np.median(gain_kg)) > 0:
            ratio = float(np.median(self._fed_kg(numbers) / gain_kg))
            numbers.note(f"Feed conversion of {self.name}: {ratio:.2f} kg bought feed per kg gained.")

    def _fed_kg(self, numbers: Numbers) -> Real:
        return total(feed.kilograms(numbers, where) for where, feed in self._named_feeds())

    def _n2o(self, numbers: Numbers, harvest_kg: Real, gain_kg: Real) -> Emission:
        answers = tuple(f"{self.name}.gives.{i}.amount" for i in range(1, len(self.gives) + 1))
        label = "N2O from fish and feed in the water"
        if self.n2o == "by_harvest":
            factor = "aquaculture.n2o.by_harvest"
            kg = aquaculture.n2o_by_harvest_kg(harvest_kg=harvest_kg, ef_n2o_n=numbers.factor(factor))
            return Emission("n2o", kg, label, answers, (factor,))
        factor = "aquaculture.n2o.by_nitrogen"
        # Draws may cross where almost all nitrogen fed is harvested: less than none is lost by nobody.
        lost = _at_least_zero(self._nitrogen_lost_kg(numbers, gain_kg))
        kg = aquaculture.n2o_by_nitrogen_kg(n_lost_kg=lost, ef_n2o_n=numbers.factor(factor))
        fed = [f"{where}.{field}" for where, _ in self._named_feeds() for field in ("amount", "protein")]
        return Emission("n2o", kg, label, (*answers, *fed, f"{self.name}.body_protein"), (factor,))

    def _nitrogen_lost_kg(self, numbers: Numbers, gain_kg: Real) -> Real:
        fed_kg = self._fed_kg(numbers)
        try:
            return aquaculture.n_lost_kg(
                feed_kg=fed_kg,
                feed_n_frac=self._nitrogen_fed_kg(numbers) / fed_kg,
                gain_kg=gain_kg,
                body_n_frac=self._body_nitrogen_frac(numbers),
            )
        except ValidityError as error:
            fix = 'check stocked, gives and feeds; where fish also live on the pond, n2o = "by_harvest"'
            refused = [Problem(f"{self.name}.feeds", p.what, p.why, fix) for p in error.problems]
            raise RecordError(*refused) from None

    def _nitrogen_fed_kg(self, numbers: Numbers) -> Real:
        return total(
            feed.kilograms(numbers, where)
            * feed.protein.read(numbers, f"{where}.protein", "", f"protein in {feed.product}")
            / KG_PROTEIN_PER_KG_N
            for where, feed in self._named_feeds()
            if feed.protein is not None
        )

    def _body_nitrogen_frac(self, numbers: Numbers) -> Real:
        assert self.body_protein is not None, "checked on reading"  # noqa: S101
        name = f"{self.name}.body_protein"
        return self.body_protein.read(numbers, name, "", "protein of the whole fish") / KG_PROTEIN_PER_KG_N

    def _methane(self, numbers: Numbers) -> Iterator[Emission]:
        if self.pond is None:
            return
        where, factor = f"{self.name}.pond", f"aquaculture.pond_ch4.{self.pond.water}"
        kg = aquaculture.pond_ch4_kg(
            area_ha=self.pond.area.read(numbers, f"{where}.area", "ha", "water surface of the ponds"),
            ef_kg_per_ha_year=numbers.factor(factor),
            filled_days=self.pond.filled.read(numbers, f"{where}.filled", "day", "days the ponds hold water"),
        )
        yield Emission(
            "ch4_biogenic", kg, "CH4 from the ponds", (f"{where}.area", f"{where}.filled"), (factor,)
        )

    def _balances(self, numbers: Numbers, gain_kg: Real) -> Iterator[Balance]:
        if self.n2o == "by_nitrogen":
            fed, kept = self._nitrogen_fed_kg(numbers), gain_kg * self._body_nitrogen_frac(numbers)
            fix = 'fish that also live on what grows in the pond: use n2o = "by_harvest"'
            yield Balance("nitrogen", f"{self.name}.feeds", fed, kept, fix)

    def _named_feeds(self) -> Iterator[tuple[str, FishFeed]]:
        for number, feed in enumerate(self.feeds, start=1):
            yield f"{self.name}.feeds.{number}", feed


def _at_least_zero(value: Real) -> Real:
    cut = np.maximum(value, 0.0)
    return float(cut) if np.ndim(cut) == 0 else cut
