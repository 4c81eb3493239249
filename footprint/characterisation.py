"""From gases to CO2e: the last step, with a set of warming potentials that somebody named out loud."""

from dataclasses import dataclass

from footprint.errors import CharacterisationError, Problem
from lca_models.factors import FactorSet

GWP_SETS = ("AR6-100", "AR6-20", "AR5-100", "AR5-20")
BIOGENIC_CO2 = "co2_biogenic"
AGGREGATED = "co2e:"


@dataclass(frozen=True)
class Characterisation:
    """One GWP set."""

    name: str
    factors: FactorSet

    @classmethod
    def named(cls, name: str | None, factors: FactorSet) -> "Characterisation":
        """The set of that name; there is no default.

        Raises:
            CharacterisationError: no name, or an unknown one.
        """
        if name not in GWP_SETS:
            what = "no GWP set is named" if name is None else f"there is no GWP set {name!r}"
            why = "methane counts 27 over 100 years and 80 over 20: the choice is the assessor's, not ours"
            raise CharacterisationError(Problem("gwp", what, why, f"say one of {', '.join(GWP_SETS)}"))
        return cls(name, factors)

    def co2e_per_kg(self, substance: str) -> float:
        """kg CO2e per kg of a substance.

        A substance `co2e:AR5-100` was already characterised by its source, with that set, and is taken as it
        is; the result names how much of it rests on such factors.

        Raises:
            CharacterisationError: the set has no value; a gas is never counted as zero.
        """
        if substance.startswith(AGGREGATED):
            return 1.0
        factor_id = f"gwp.{self.name}.{substance}"
        if factor_id not in self.factors:
            why = f"{self.name} gives it no warming potential, and it is not counted as zero"
            raise CharacterisationError(
                Problem(substance, "cannot be characterised", why, f"add {factor_id} to a factor file")
            )
        return self.factors[factor_id].value
