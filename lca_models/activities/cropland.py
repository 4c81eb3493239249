"""Land that is sown and cut: harvests, residues, irrigation, seed, film. Each kind of crop is one file more."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lca_models.activities.answers import EnergyAnswer, FractionAnswer, MassAnswer, Name, Record, VolumeAnswer
from lca_models.activities.crop_residues import FieldResidues
from lca_models.activities.land import Land
from lca_models.activities.nitrogen import IrrigationMethod, Nitrogen, field_n2o
from lca_models.activities.nitrogen_balance import nitrogen_balance
from lca_models.activities.shares import ShareAnswer
from lca_models.faults import fault
from lca_models.flows import Allocation, Balance, Emission, Output, Process, Purchase
from lca_models.numbers import Numbers
from lca_models.real import Real, total

FilmMaterial = Literal["ldpe_film", "plastic_film", "pp", "pvc", "hdpe"]


class Picking(Record):
    """One picking or cut: sold, and thrown away before it left the farm. All pickings of the season add up."""

    when: Name
    sold: MassAnswer
    discarded: MassAnswer | None = None


def _something_was_sold(harvests: tuple[Picking, ...]) -> tuple[Picking, ...]:
    if not any(float(picking.sold.amount.number) for picking in harvests if picking.sold.amount):
        why = "the footprint is per kilogram sold"
        raise fault("nothing was sold in the season", why, "enter what was sold, cut by cut")
    return harvests


Pickings = Annotated[
    tuple[Picking, ...], Field(min_length=1, strict=False), AfterValidator(_something_was_sold)
]


class Irrigation(Record):
    """Water brought to the crop."""

    method: IrrigationMethod
    electricity: EnergyAnswer | None = None
    diesel: VolumeAnswer | None = None
    mains_water: VolumeAnswer | None = None


class Seed(Record):
    """Seed bought, by the crop its factor is for; one's own seed is taken off the harvest sold."""

    kind: Name
    amount: MassAnswer
    note: str = Field(default="", max_length=500)


class Film(Record):
    """Plastic on the land: mulch, tunnel, greenhouse cover, silage wrap. It serves as many seasons as it lasts."""

    material: FilmMaterial
    amount: MassAnswer
    lasts_seasons: Annotated[int, Field(ge=1, le=40)] = 1


def _a_share_of_the_harvest(answer: FractionAnswer) -> FractionAnswer:
    if answer.amount is not None and not 0 < answer.amount.to("") <= 1:
        why = "it is the share of the harvest that is not water"
        raise fault(f"a dry matter of {str(answer.amount)!r}", why, "grain has about 86 %, tomatoes 6 %")
    return answer


DryMatter = Annotated[FractionAnswer, AfterValidator(_a_share_of_the_harvest)]


class Cropland(Land):
    """What is asked wherever something is sown and cut."""

    gives: Name | None = None
    harvests: Pickings
    dry_matter: DryMatter | None = None
    harvest_nitrogen: ShareAnswer | None = None
    """Of what was sold, as sold; only for the nitrogen balance."""
    irrigation: Irrigation | None = None
    seeds: Annotated[tuple[Seed, ...], Field(strict=False)] = ()
    films: Annotated[tuple[Film, ...], Field(strict=False)] = ()

    @property
    def product(self) -> str:
        """What the land gives to the next step."""
        return self.gives or f"{self.crop}, at farm gate"

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:
        """One process: a season of this land."""
        left = self._residues(numbers)
        yield Process(
            name=self.name,
            stage=self.place,
            outputs=self._outputs(numbers),
            links=tuple(self.manure_links(numbers, self.name)),
            exchanges=(
                *self._n2o(numbers, left),
                *self.carbon_emissions(numbers),
                *self.making(numbers, self.name),
                *self.liming(numbers, self.name),
                *self.spraying(numbers, self.name),
                *self._sowing(numbers),
                *self._water(numbers, region),
                *self.fuels(numbers, self.name, self.place),
                *left.burning(numbers),
                *self._of_its_kind(numbers, region),
            ),
            storages=tuple(self.carbon_stores(numbers)),
            allocation=self._shared_by,
            balances=(*self._balances(numbers, left), *self._nitrogen_balance(numbers, left)),
        )

    @abstractmethod
    def _residues(self, numbers: Numbers) -> FieldResidues:
        """What stays behind after the harvest."""

    @property
    def _shared_by(self) -> Allocation:
        return "mass"

    def _outputs(self, numbers: Numbers) -> tuple[Output, ...]:
        return (Output(self.product, self.sold_kg(numbers)),)

    def _balances(self, numbers: Numbers, left: FieldResidues) -> tuple[Balance, ...]:  # noqa: ARG002 - of kinds that sell residue
        return ()

    def _of_its_kind(self, numbers: Numbers, region: str) -> Iterator[Emission | Purchase]:  # noqa: ARG002 - for kinds that heat or flood
        yield from ()

    def sold_kg(self, numbers: Numbers) -> Real:
        """All that was sold in the season."""
        return total(
            picking.sold.read(numbers, f"{self._picking(number)}.sold", "kg", f"sold, {picking.when}")
            for number, picking in enumerate(self.harvests, start=1)
        )

    def _grown_kg(self, numbers: Numbers) -> Real:
        # Residue goes with all that grew, not with what was good enough to sell.
        thrown_away = total(
            picking.discarded.read(
                numbers, f"{self._picking(number)}.discarded", "kg", f"thrown away, {picking.when}"
            )
            for number, picking in enumerate(self.harvests, start=1)
            if picking.discarded is not None
        )
        return self.sold_kg(numbers) + thrown_away

    def _picking(self, number: int) -> str:
        return f"{self.name}.harvests.{number}"

    def _n2o(self, numbers: Numbers, left: FieldResidues) -> Iterator[Emission]:
        yield from field_n2o(
            numbers,
            self.climate,
            synthetic=list(self.synthetic(numbers, self.name)),
            organic=list(self._organic(numbers, left)),
            organic_is=self._organic_is,
            irrigated=self._irrigated,
            ef1_flooded=self._ef1_flooded(numbers),
        )

    @property
    def _organic_is(self) -> str:
        return "manure, residues and soil organic matter" if self.frees_nitrogen else "manure and residues"

    @property
    def _irrigated(self) -> bool:
        return self.irrigation is not None and self.irrigation.method != "drip"

    def _nitrogen_balance(self, numbers: Numbers, left: FieldResidues) -> Iterator[Balance]:
        if self.harvest_nitrogen is None:
            return
        where = f"{self.name}.harvest_nitrogen"
        share = self.harvest_nitrogen.read(numbers, where, "", f"nitrogen in the harvest of {self.name}")
        yield nitrogen_balance(
            numbers,
            where,
            [*self.synthetic(numbers, self.name), *self._organic(numbers, left)],
            harvested_kg=self.sold_kg(numbers) * share,
            leaches=self._irrigated or self.climate != "dry",
        )

    def _organic(self, numbers: Numbers, left: FieldResidues) -> Iterator[Nitrogen]:
        yield from self.manured(numbers, self.name)
        # Residues volatilise no ammonia (Equation 11.9 has no F_CR).
        first, *others = left.answers
        kg = left.nitrogen_kg(numbers)
        yield Nitrogen(first, kg, None, also=tuple(others), factors=left.crop.factors)
        yield from self.freed_nitrogen(numbers)

    def _ef1_flooded(self, numbers: Numbers) -> str | None:  # noqa: ARG002 - for paddies
        return None

    def _sowing(self, numbers: Numbers) -> Iterator[Purchase]:
        for number, seed in enumerate(self.seeds, start=1):
            name = f"{self.name}.seeds.{number}"
            kg = seed.amount.read(numbers, name, "kg", f"{seed.kind} seed")
            yield Purchase(f"seed.{seed.kind}", kg, f"growing {seed.kind} seed", (name,))
        for number, film in enumerate(self.films, start=1):
            name = f"{self.name}.films.{number}"
            kg = film.amount.read(numbers, name, "kg", f"{film.material} on the land") / film.lasts_seasons
            yield Purchase(f"packaging.{film.material}", kg, "making the plastic film", (name,))

    def _water(self, numbers: Numbers, region: str) -> Iterator[Purchase]:
        if self.irrigation is None:
            return
        water, name = self.irrigation, f"{self.name}.irrigation"
        for field, product, unit, answer in (
            ("electricity", f"electricity.{region}", "kWh", water.electricity),
            ("diesel", "fuel.diesel.agricultural", "litre", water.diesel),
            ("mains_water", "water.supply", "m3", water.mains_water),
        ):
            if answer is not None:
                words = f"{field.replace('_', ' ')} for irrigation"
                amount = answer.read(numbers, f"{name}.{field}", unit, words)
                yield Purchase(product, amount, words, (f"{name}.{field}",))
