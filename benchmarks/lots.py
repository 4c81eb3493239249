"""Lots of one orchard: a table over the lychee record whose answers differ from row to row."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

LYCHEE = Path(__file__).parents[1] / "examples" / "lychee" / "lychee.toml"
COLUMNS: dict[str, tuple[float, float]] = {
    "orchard.harvests.3.sold.amount [t]": (55, 80),
    "orchard.fertilisers.1.amount [kg]": (4000, 8000),
    "orchard.fertilisers.2.amount [kg]": (900, 2000),
    "orchard.manures.1.amount [t]": (5, 20),
    "orchard.irrigation.amount [kWh]": (3000, 9000),
    "orchard.diesel.amount [litre]": (600, 1500),
    "packhouse.electricity.amount [kWh]": (4000, 7000),
    "routes.1.transport.distance.amount [km]": (80, 2500),
    "packhouse.ice.amount [t]": (15, 35),
}
"""What differs, and between which bounds."""


def table(folder: Path, size: int) -> Path:
    """A table of so many lots.

    Args:
        folder: to write it into.
        size: how many.
    """
    path, spread = folder / f"lots-{size}.csv", random.Random(7)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8", newline="") as stream:
        written = csv.writer(stream)
        written.writerow(["id", "product.name", *COLUMNS])
        written.writerows(
            [f"lot-{number:07}", f"Lychee, lot {number} (sample)", *answers(spread)] for number in range(size)
        )
    return path


def answers(spread: random.Random) -> Iterator[str]:
    """The cells of one lot.

    Args:
        spread: where chance comes from.
    """
    return (f"{spread.uniform(low, high):.1f}" for low, high in COLUMNS.values())
