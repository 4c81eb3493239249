"""Options that say how records are assessed: the same in every verb, opened as one `Setting`."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from footprint.cli import options

if TYPE_CHECKING:
    from footprint.background import Background
    from footprint.setting import Setting

_OPTIONS = {
    "gwp": options.gwp,
    "route": options.route,
    "removals": options.removals,
    "factor_paths": options.own_factors,
    "at": options.in_force,
    "upstream_paths": options.upstream,
    "trust_list": options.suppliers_trust,
    "status_lists": options.status_lists,
    "pack": options.background,
    "table": options.purchases,
    "cache": options.cache,
    "draws": options.draws,
    "seed": options.seed,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a command line says of how to assess; nothing is read before it is opened."""

    gwp: str | None
    route: str | None = None
    removals: str = "on_product"
    factor_paths: tuple[Path, ...] = ()
    at: datetime | None = None
    upstream_paths: tuple[Path, ...] = ()
    trust_list: Path | None = None
    status_lists: Path | None = None
    pack: Path | None = None
    table: Path | None = None
    cache: Path | None = None
    draws: int = options.DRAWS
    seed: int = options.SEED

    def opened(self) -> "Setting":
        """The setting, every file of it read; numbers of the user's own that replace shipped ones are said.

        Raises:
            UsageError: an option without the one it needs.
            FootprintError: a file that cannot be used.
        """
        from footprint.cli.suppliers import suppliers
        from footprint.setting import Setting

        now = options.instant_or_now(None)
        return Setting(
            gwp=self.gwp,
            route=self.route,
            factors=options.published(self.factor_paths, self.at),
            removals=self.removals,
            draws=self.draws,
            seed=self.seed,
            upstream=suppliers(self.upstream_paths, self.trust_list, self.status_lists, now),
            background=self._background(),
        )

    def _background(self) -> "Background | None":
        if (self.pack is None) != (self.table is None):
            raise click.UsageError("a background takes two: --background PACK and --purchases TABLE")
        if self.pack is None or self.table is None:
            return None
        from footprint.background import Background, Pack, Purchases

        return Background.open(Pack.open(self.pack), Purchases.load(self.table), cache=self.cache)


def setting(*left_out: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Adds the options to a verb, which gets what they say as `asked`.

    Args:
        left_out: what the verb has no use for, by the names of `Asked`.
    """
    taken = {field.name: _OPTIONS[field.name] for field in fields(Asked) if field.name not in left_out}

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def told(**given: Any) -> None:  # noqa: ANN401 - options of the verb and ours
            asked = Asked(**{name: given.pop(name) for name in taken})
            command(asked=asked, **given)

        for option in reversed(taken.values()):
            option(told)
        return told

    return decorated
