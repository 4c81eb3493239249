"""Every link of a network must have exactly one process that gives it, counted in the same unit."""

from collections.abc import Iterator

from lca_models.errors import NetworkError, Problem
from lca_models.flows import Process, Unit


def check_links(processes: tuple[Process, ...]) -> None:
    """Raise unless every product taken is made, and made once, and both sides count it alike.

    Raises:
        NetworkError: a product nobody makes, or two make; one made in kilograms and taken in megajoules.
    """
    made: dict[str, str] = {}
    problems: list[Problem] = []
    for process in processes:
        for output in process.outputs:
            if output.product in made:
                why = f"{made[output.product]} makes it too"
                problems.append(Problem(process.name, f"makes {output.product!r}", why, "name them apart"))
            made[output.product] = process.name
    for process in processes:
        problems.extend(
            Problem(
                process.name,
                f"needs {link.product!r}",
                "no process of the system makes it",
                "record who does",
            )
            for link in process.links
            if link.product not in made
        )
    problems.extend(_counted_otherwise(processes))
    if problems:
        raise NetworkError(*problems)


def _counted_otherwise(processes: tuple[Process, ...]) -> Iterator[Problem]:
    units: dict[str, Unit] = {output.product: output.unit for p in processes for output in p.outputs}
    for process in processes:
        for link in process.links:
            if units.get(link.product, link.unit) != link.unit:
                what = f"takes {link.product!r} in {link.unit}"
                why, fix = f"it is made in {units[link.product]}", f"enter it in {units[link.product]}"
                yield Problem(process.name, what, why, fix)
