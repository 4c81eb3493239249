"""The setting of an assessment: all that decides a footprint beside the records. Made once, handed on whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from footprint.characterisation import Characterisation
from footprint.passport import VerifiedPassport
from footprint.removals import Terms
from footprint.uncertainty import DEFAULT_DRAWS, DEFAULT_SEED, Draws
from footprint.upstream import with_passports
from lca_models.factors import FactorSet, shipped_factors

if TYPE_CHECKING:
    from footprint.background import Background


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Every choice but the records.

    Example:
        >>> Setting(gwp="AR6-100", removals="sold").terms.parts[0].status
        'sold'
    """

    gwp: str | None
    """Warming potentials, e.g. `AR6-100`; there is no default."""
    route: str | None = None
    """Which place of sale; the first of the records when not named."""
    factors: FactorSet = field(default_factory=shipped_factors)
    """Published numbers, before those of a background and of passports."""
    removals: str | Terms = "on_product"
    """Whose stored carbon is, and by which method."""
    draws: int = DEFAULT_DRAWS
    """Monte Carlo draws; with the same seed, the n-th of two systems share every number they use."""
    seed: int = DEFAULT_SEED
    """Of the draws; the same seed gives the same bytes."""
    upstream: Sequence[VerifiedPassport] = ()
    """Passports of the lots that the records buy."""
    background: "Background | None" = None
    """A database behind the other purchases."""

    @cached_property
    def terms(self) -> Terms:
        """On what terms removals are told.

        Raises:
            InputError: an unknown status, card or rule; parts that are not the whole.
        """
        return Terms.parse(self.removals) if isinstance(self.removals, str) else self.removals

    def sampled(self) -> "Setting":
        """The same with its background on its draws: once for all records that are assessed with it.

        Raises:
            FootprintError: the background cannot be sampled.
        """
        if self.background is None or self._is_sampled(self.background):
            return self
        return replace(self, background=self.background.sampled(draws=self.draws, seed=self.seed))

    def characterisation(self) -> Characterisation:
        """Warming potentials and all numbers: published, then of the background, then of the passports.

        Raises:
            FootprintError: a set of potentials, a background or a passport that cannot be used.
        """
        background = self.background
        factors = self.factors if background is None else background.factors(self.factors)
        named = Characterisation.named(self.gwp, factors)
        return Characterisation.named(self.gwp, with_passports(named.factors, self.upstream, named))

    def drawn(self, draws: Draws) -> Draws:
        """The draws of a run, those of the background's products taken from its samples.

        Args:
            draws: of every other number, by this seed.
        """
        return draws if self.background is None else self.background.shared(draws)

    def _is_sampled(self, background: "Background") -> bool:
        samples = background.samples
        return samples is not None and (samples.seed, len(samples.intensities)) == (self.seed, self.draws)
