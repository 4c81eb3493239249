"""A `Footprint` put together from a central and a sampled run, every part from the file that knows it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from footprint.allocations import allocations
from footprint.balances import balances
from footprint.causes import Cause, basis_notes, causes, contributions, gross_draws
from footprint.characterisation import Characterisation
from footprint.land_use_change import land_use_change
from footprint.ledgers import biogenic_ledger, gates, gross_ledger
from footprint.provenance import ENGINE, digests, factor_notes, used_factors
from footprint.quality import rate
from footprint.removals import Ledger
from footprint.result import (
    DeclaredUnit,
    Digests,
    Exclusion,
    Footprint,
    GrossLedger,
    Product,
    Quality,
    VarianceShare,
)
from footprint.rounding import CO2E, SHARE, decimal
from footprint.run import Run
from footprint.setting import Setting
from footprint.uncertainty import effects, sampling
from footprint.upstream import drawn_upon
from lca_models.product_system import Destination, ProductSystem
from lca_models.real import Array

_SHOWN_VARIANCE_SHARES = 8


@dataclass(frozen=True)
class Assessment:
    """One product at one place of sale, solved at central values and over the draws."""

    system: ProductSystem
    route: Destination
    characterisation: Characterisation
    central: Run
    sampled: Run
    setting: Setting

    @cached_property
    def gross_draws(self) -> Array:
        """The gross footprint of every draw, kg CO2e."""
        return gross_draws(self.sampled.solution, self.characterisation, self.setting.draws)

    def footprint(self) -> Footprint:
        """The result.

        Raises:
            FootprintError: a gas without a warming potential, a rating that cannot be given.
        """
        run, about = self.central, self.system.product
        gross = self.gross_ledger()
        counted = causes(run.solution, self.characterisation)
        declared = DeclaredUnit(amount=Decimal(1), unit=run.unit)
        chosen = tuple(allocations(run, self.characterisation))
        removals = self.removals
        return Footprint(
            engine=ENGINE,
            product=Product(**about.model_dump(exclude={"season_start", "season_end"})),
            functional_unit=f"{declared} {about.name} at {self.route.place}",
            declared_unit=declared,
            boundary=self.system.boundary,
            boundary_coverage=self._coverage(),
            period_start=about.season_start.isoformat(),
            period_end=about.season_end.isoformat(),
            gwp=self.characterisation.name,
            stages=tuple(gross.by_stage()),
            gross=gross,
            gates=tuple(gates(run, self.characterisation, gross)),
            land_use_change=land_use_change(self.system, gross, self.setting.upstream),
            removals=removals.entries(),
            removal_terms=str(self.setting.terms),
            by_card=removals.by_card(),
            biogenic=biogenic_ledger(run, float(self.system.carbon_content_frac(run.numbers))),
            contributions=contributions(counted),
            variance_shares=self._variance_shares(),
            quality=self._quality(counted),
            allocations=chosen,
            balances=tuple(balances(run)),
            upstream=drawn_upon(run, self.setting.upstream),
            exclusions=tuple(Exclusion(**left_out.model_dump()) for left_out in self.system.exclusions),
            notes=(
                *run.numbers.reading.notes,
                *factor_notes(self.characterisation.factors),
                *(() if self.setting.background is None else (self.setting.background.note,)),
                *basis_notes(counted, self.characterisation),
            ),
            factors=used_factors(run, self.characterisation),
            sampling=sampling(self.gross_draws, seed=self.setting.seed, places=CO2E),
            digests=self.digests(),
        )

    @cached_property
    def removals(self) -> Ledger:
        """Its stores of carbon, whose they are and how much of them stays.

        Raises:
            FootprintError: the method that was asked for does not apply.
        """
        return Ledger(self.central, self.sampled, self.setting.terms, self.characterisation)

    def gross_ledger(self) -> GrossLedger:
        """Everything emitted, stage by stage and gas by gas.

        Raises:
            FootprintError: a gas without a warming potential.
        """
        return gross_ledger(self.central, self.characterisation, self.gross_draws)

    def digests(self) -> Digests:
        """Of records, factors and method."""
        setting = self.setting
        method = {
            "gwp": self.characterisation.name,
            "removals": str(setting.terms),
            "route": self.route.name,
            "sampling": {"draws": setting.draws, "seed": setting.seed},
            **({} if setting.background is None else {"background": setting.background.method}),
        }
        return digests(self.system, self.characterisation.factors, method)

    def _coverage(self) -> Decimal:
        # A stall without electricity still is a stage that was looked at: its losses are in the network.
        assessed = {process.stage for process in self.central.processes}
        expected = self.system.expected_stages | assessed
        return decimal(len(assessed) / len(expected), SHARE)

    def _variance_shares(self) -> tuple[VarianceShare, ...]:
        numbers, found = self.sampled.numbers, effects(self.sampled.drawn, self.gross_draws)
        first, total = found.first(), found.total()
        shares = [
            VarianceShare(
                parameter=name,
                label=numbers.reading.labels.get(name, name),
                share=decimal(first[name], SHARE),
                total_share=decimal(share, SHARE),
                narrows=decimal(found.narrowing(name, spread_left=numbers.spread_left(name)), SHARE),
            )
            for name, share in list(total.items())[:_SHOWN_VARIANCE_SHARES]
        ]
        return tuple(sorted(shares, key=lambda one: (-one.narrows, -one.share, one.parameter)))

    def _quality(self, counted: list[Cause]) -> Quality:
        about, reading = self.system.product, self.central.numbers.reading
        return rate(
            counted,
            reading,
            {**self.characterisation.factors.factors, **reading.factors},
            regions={about.region, self.route.region},
            year=about.season_end.year,
        )
