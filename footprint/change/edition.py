"""One edition of a footprint: everything that went into it, and what it printed."""

from dataclasses import dataclass, replace

from footprint.assess import solved
from footprint.errors import InputError, Problem
from footprint.result import Footprint
from footprint.setting import Setting
from lca_models.product_system import ProductSystem

PROBE_DRAWS = 16
"""Only central values are compared: hardly any draws are needed."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The inputs of a footprint and what was printed of it."""

    system: ProductSystem
    setting: Setting
    printed: Footprint
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, system: ProductSystem, setting: Setting) -> "Edition":
        """The edition this engine makes of a record today.

        Args:
            system: the records.
            setting: every choice beside them. Only central values are compared: its draws do not matter, and the
                numbers of a background are published numbers like any other.

        Raises:
            FootprintError: the records give no footprint.
            InputError: lots are bought by passport: a passport is neither a record nor a published number.
        """
        if setting.upstream:
            why, fix = "what changed behind them is in their own evidence", "compare those lots by themselves"
            raise InputError(Problem("upstream", "passports cannot be told apart here", why, fix))
        if setting.background is not None:
            numbers = setting.background.factors(setting.factors)
            setting = replace(setting, factors=numbers, background=None)
        setting = replace(setting, route=system.route(setting.route).name)
        return cls(system, setting, probed(system, setting))

    def remade(self) -> Footprint:
        """The footprint this engine makes of the same inputs, with hardly any draws.

        Raises:
            FootprintError: the inputs give none.
        """
        return probed(self.system, self.setting)


def probed(system: ProductSystem, setting: Setting) -> Footprint:
    """A footprint with hardly any draws.

    Args:
        system: the records.
        setting: every choice beside them.

    Raises:
        FootprintError: they give none.
    """
    return solved(system, replace(setting, draws=PROBE_DRAWS)).footprint()
