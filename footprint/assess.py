"""From records to a footprint: the whole chain in one function. The file to read first."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from footprint import __version__
from footprint.characterisation import AGGREGATED, BIOGENIC_CO2, Characterisation
from footprint.engine import Entry, Solution, carried_share, solve
from footprint.quality import rate
from footprint.removals import RemovalStatus, ledger
from footprint.result import (
    AllocationChoice,
    BiogenicLedger,
    Cell,
    Contribution,
    Digests,
    Exclusion,
    Footprint,
    Gate,
    GrossLedger,
    LandUseChange,
    Product,
    Sampling,
    UsedFactor,
    VarianceShare,
)
from footprint.uncertainty import DEFAULT_DRAWS, DEFAULT_SEED, interval, probabilities, variance_shares
from lca_models.activities.pyrolysis import CARBONISED
from lca_models.equations.lime_urea import CO2_PER_C
from lca_models.factors import Factor, FactorSet, shipped_factors
from lca_models.flows import Allocation, Process
from lca_models.numbers import Numbers
from lca_models.product_system import Destination, ProductSystem
from lca_models.real import Array, Real

ENGINE = f"agrifood-footprint {__version__}"
_KG = Decimal("0.000000001")
_CO2E = Decimal("0.000001")
_SHARE = Decimal("0.0001")
_SHOWN_VARIANCE_SHARES = 8


def assess(
    system: ProductSystem,
    *,
    gwp: str | None,
    route: str | None = None,
    factors: FactorSet | None = None,
    removals: RemovalStatus = "on_product",
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
) -> Footprint:
    """The footprint of one kilogram sold at the end of a route.

    Args:
        system: the records.
        gwp: warming potentials, e.g. `AR6-100`; there is no default.
        route: which place of sale; the first of the records when not named.
        factors: published numbers; the shipped ones when not given.
        removals: whether stored carbon is claimed on this product, sold to somebody else, or only disclosed.
        draws: Monte Carlo draws.
        seed: of the draws; the same seed gives the same bytes.

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    return assess_draws(
        system, gwp=gwp, route=route, factors=factors, removals=removals, draws=draws, seed=seed
    ).footprint


@dataclass(frozen=True, slots=True)
class Assessed:
    """A footprint and the draws behind its interval, so that two can be compared draw by draw."""

    footprint: Footprint
    gross_kg_co2e: Array
    """One gross footprint per draw: with the same seed, the n-th of two systems share every number they use."""


def assess_draws(
    system: ProductSystem,
    *,
    gwp: str | None,
    route: str | None = None,
    factors: FactorSet | None = None,
    removals: RemovalStatus = "on_product",
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
) -> Assessed:
    """What `assess` computes, with the sampled gross footprints beside it.

    Args:
        system: as for `assess`, like all that follow.
        gwp: warming potentials.
        route: which place of sale.
        factors: published numbers.
        removals: what becomes of stored carbon.
        draws: Monte Carlo draws.
        seed: of the draws.

    Raises:
        FootprintError: something is missing, impossible or contradictory; all of it is named.
    """
    factors = factors or shipped_factors()
    characterisation = Characterisation.named(gwp, factors)
    chosen = system.route(route)
    central = _Run.of(system, chosen, Numbers(factors))
    drawn: dict[str, Array] = {}
    sampled = _Run.of(
        system, chosen, Numbers(factors, _recording(probabilities(seed=seed, draws=draws), drawn))
    )
    result = _Result(
        system, chosen, characterisation, central, sampled, drawn, removals, Sampling(draws=draws, seed=seed)
    )
    return Assessed(result.footprint(), result.sampled_gross)


def unrounded_gross_kg_co2e(
    system: ProductSystem, *, gwp: str | None, route: str | None = None, factors: FactorSet | None = None
) -> float:
    """The headline number before rounding, for comparing with another engine."""
    factors = factors or shipped_factors()
    run = _Run.of(system, system.route(route), Numbers(factors))
    return sum(kg for _, kg in _causes(run.solution, Characterisation.named(gwp, factors)))


def _causes(solution: Solution, characterisation: Characterisation) -> list[tuple[Entry, float]]:
    return [
        (entry, float(entry.kg) * characterisation.co2e_per_kg(entry.substance))
        for entry in solution.entries
        if entry.substance != BIOGENIC_CO2
    ]


@dataclass(frozen=True)
class _Run:
    """One pass over the inventory: at central values, or over the draws."""

    numbers: Numbers
    processes: tuple[Process, ...]
    demand: str
    solution: Solution

    @classmethod
    def of(cls, system: ProductSystem, route: Destination, numbers: Numbers) -> "_Run":
        processes = system.processes(numbers, route)
        demand = system.sold_at(route)
        return cls(numbers, processes, demand, solve(processes, demand, numbers))


@dataclass(frozen=True)
class _Result:
    """Puts a `Footprint` together from a central and a sampled run."""

    system: ProductSystem
    route: Destination
    characterisation: Characterisation
    central: _Run
    sampled: _Run
    drawn: dict[str, Array]
    status: RemovalStatus
    sampling: Sampling

    def footprint(self) -> Footprint:
        about, cells = self.system.product, self._cells()
        sample = self.sampled_gross
        gross = GrossLedger(cells=cells, interval=interval(sample, _CO2E))
        causes = _causes(self.central.solution, self.characterisation)
        reading = self.central.numbers.reading
        return Footprint(
            engine=ENGINE,
            product=Product(**about.model_dump(exclude={"season_start", "season_end"})),
            functional_unit=f"1 kg {about.name} at {self.route.place}",
            declared_unit_kg=Decimal(1),
            boundary=self.system.boundary,
            boundary_coverage=self._coverage(),
            period_start=about.season_start.isoformat(),
            period_end=about.season_end.isoformat(),
            gwp=self.characterisation.name,
            stages=tuple(gross.by_stage()),
            gross=gross,
            gates=tuple(self._gates(gross)),
            land_use_change=self._land_use_change(),
            removals=ledger(
                self.central.solution.stored,
                self.sampled.solution.stored,
                process_kg_co2e=gross.by_stage(),
                status=self.status,
            ),
            biogenic=self._biogenic(),
            contributions=self._contributions(causes),
            variance_shares=self._variance_shares(sample),
            quality=rate(
                causes,
                reading,
                {**self.characterisation.factors.factors, **reading.factors},
                regions={about.region, self.route.region},
                year=about.season_end.year,
            ),
            allocations=tuple(self._allocations()),
            exclusions=tuple(Exclusion(**left_out.model_dump()) for left_out in self.system.exclusions),
            notes=(*reading.notes, *self._factor_notes(), *self._basis_notes(causes)),
            factors=tuple(self._used(reading.factors.values())),
            sampling=self.sampling,
            digests=self._digests(),
        )

    def _cells(self) -> tuple[Cell, ...]:
        kg: dict[tuple[str, str], float] = {}
        for entry in self.central.solution.entries:
            if entry.substance != BIOGENIC_CO2:
                key = (entry.stage, entry.substance)
                kg[key] = kg.get(key, 0.0) + float(entry.kg)
        chain = list(dict.fromkeys(process.stage for process in self.central.processes))
        in_order = sorted(kg, key=lambda key: (chain.index(key[0]), key[1]))
        return tuple(
            Cell(
                stage=stage,
                substance=substance,
                kg=_decimal(kg[stage, substance], _KG),
                kg_co2e=_decimal(kg[stage, substance] * self.characterisation.co2e_per_kg(substance), _CO2E),
            )
            for stage, substance in in_order
        )

    @cached_property
    def sampled_gross(self) -> Array:
        """The gross footprint of every draw."""
        total: Real = np.zeros(self.sampling.draws)
        for entry in self.sampled.solution.entries:
            if entry.substance != BIOGENIC_CO2:
                total = total + entry.kg * self.characterisation.co2e_per_kg(entry.substance)
        return np.asarray(total)

    def _coverage(self) -> Decimal:
        # A stall without electricity still is a stage that was looked at: its losses are in the network.
        assessed = {process.stage for process in self.central.processes}
        expected = self.system.expected_stages | assessed
        return _decimal(len(assessed) / len(expected), _SHARE)

    def _gates(self, gross: GrossLedger) -> Iterable[Gate]:
        run = self.central
        for product in run.solution.needed:
            if product == run.demand:
                # The last gate is the headline itself: a sum of rounded cells, not a rounded sum.
                yield Gate(product=product, kg_co2e=gross.total_kg_co2e)
            elif product != CARBONISED:
                causes = _causes(solve(run.processes, product, run.numbers), self.characterisation)
                yield Gate(product=product, kg_co2e=_decimal(sum(kg for _, kg in causes), _CO2E))

    def _land_use_change(self) -> LandUseChange:
        land = self.system.land_use
        if land is None:
            statement = "No land of the producer's is in the system; bought products carry their own."
            return LandUseChange(state="none", kg_co2e=Decimal(0), statement=statement)
        if land.converted_within_20_years == "unknown":
            statement = (
                "Not known whether the land was converted in the last 20 years; nothing is counted for it."
            )
            return LandUseChange(state="unknown", kg_co2e=None, statement=statement)
        statement = f"Declared: planted {land.planted}, not converted in the last 20 years."
        return LandUseChange(state="none", kg_co2e=Decimal(0), statement=statement)

    def _biogenic(self) -> BiogenicLedger:
        carbon = _decimal(float(self.system.carbon_content_frac(self.central.numbers)), _KG)
        released = sum(float(e.kg) for e in self.central.solution.entries if e.substance == BIOGENIC_CO2)
        return BiogenicLedger(
            carbon_content_kg_c=carbon,
            uptake_kg_co2=(carbon * Decimal(CO2_PER_C)).quantize(_CO2E),
            released_kg_co2=_decimal(released, _CO2E),
        )

    def _contributions(self, causes: list[tuple[Entry, float]]) -> tuple[Contribution, ...]:
        merged: dict[tuple[str, str], tuple[float, dict[str, None]]] = {}
        for entry, kg_co2e in causes:
            amount, factors = merged.get((entry.stage, entry.label), (0.0, {}))
            merged[entry.stage, entry.label] = (amount + kg_co2e, factors | dict.fromkeys(entry.factors))
        ranked = sorted(merged.items(), key=lambda item: (-item[1][0], item[0]))
        return tuple(
            Contribution(label=label, stage=stage, kg_co2e=_decimal(amount, _CO2E), factors=tuple(factors))
            for (stage, label), (amount, factors) in ranked
        )

    def _variance_shares(self, sample: Array) -> tuple[VarianceShare, ...]:
        labels = self.sampled.numbers.reading.labels
        shares = list(variance_shares(self.drawn, sample).items())[:_SHOWN_VARIANCE_SHARES]
        return tuple(
            VarianceShare(parameter=name, label=labels.get(name, name), share=_decimal(share, _SHARE))
            for name, share in shares
        )

    def _allocations(self) -> Iterable[AllocationChoice]:
        run = self.central
        for process in run.processes:
            taken = [i for i, output in enumerate(process.outputs) if output.product in run.solution.needed]
            if len(process.outputs) == 1 or not taken:
                continue
            other: Allocation = "economic" if process.allocation == "mass" else "mass"
            if other == "economic" and any(output.price_per_kg is None for output in process.outputs):
                run.numbers.note(f"{process.name}: no prices, so allocation by value is not shown beside.")
                continue
            solution = solve(run.processes, run.demand, run.numbers, {process.name: other})
            gross = sum(kg for _, kg in _causes(solution, self.characterisation))
            yield AllocationChoice(
                process=process.name,
                method=process.allocation,
                share=_decimal(float(carried_share(process, taken[0], process.allocation)), _SHARE),
                alternative=other,
                alternative_share=_decimal(float(carried_share(process, taken[0], other)), _SHARE),
                alternative_gross_kg_co2e=_decimal(gross, _CO2E),
            )

    def _factor_notes(self) -> Iterable[str]:
        factors = self.characterisation.factors
        if factors.at is not None:
            yield f"Published numbers as in force on {factors.at}."
        for override in factors.overrides:
            yield f"Published numbers overridden: {override}."

    def _basis_notes(self, causes: list[tuple[Entry, float]]) -> Iterable[str]:
        total = sum(kg for _, kg in causes)
        by_basis: dict[str, float] = {}
        for entry, kg in causes:
            if entry.substance.startswith(AGGREGATED):
                basis = entry.substance.removeprefix(AGGREGATED)
                by_basis[basis] = by_basis.get(basis, 0.0) + kg
        for basis, kg in sorted(by_basis.items()):
            if basis != self.characterisation.name:
                part = f"{kg / total:.0%} of the gross footprint"
                yield f"{part} rests on factors that their sources give only as CO2e ({basis})."

    def _used(self, factors: Iterable[Factor]) -> Iterable[UsedFactor]:
        substances = {entry.substance for entry in self.central.solution.entries}
        gwps = [f"gwp.{self.characterisation.name}.{substance}" for substance in sorted(substances)]
        known = self.characterisation.factors
        for factor in sorted(
            [*factors, *(known[g] for g in gwps if g in known)], key=lambda factor: factor.id
        ):
            yield used_factor(factor)

    def _digests(self) -> Digests:
        method = {
            "engine": ENGINE,
            "gwp": self.characterisation.name,
            "removals": self.status,
            "route": self.route.name,
            "sampling": self.sampling.model_dump(),
        }
        text = json.dumps(method, sort_keys=True, separators=(",", ":"))
        return Digests(
            records=self.system.digest,
            factors=self.characterisation.factors.digest,
            method="sha256:" + hashlib.sha256(text.encode()).hexdigest(),
        )


def used_factor(factor: Factor) -> UsedFactor:
    """A published number as a result prints it."""
    return UsedFactor(
        id=factor.id,
        name=factor.name,
        value=_published(factor.value),
        lower=_published(factor.lower),
        upper=_published(factor.upper),
        unit=factor.unit,
        region=factor.region,
        year=factor.year,
        source=str(factor.source),
        locator=factor.locator,
        licence=factor.licence,
        verified=factor.verified,
    )


def _recording(source: Callable[[str], Array], drawn: dict[str, Array]) -> Callable[[str], Array]:
    def draw(name: str) -> Array:
        if name not in drawn:
            drawn[name] = source(name)
        return drawn[name]

    return draw


def _published(value: float) -> Decimal:
    return Decimal(f"{value:.12g}")


def _decimal(amount: float, places: Decimal) -> Decimal:
    # `+ 0` turns a negative zero into zero: no minus sign may reach a label.
    return Decimal(amount).quantize(places) + 0
