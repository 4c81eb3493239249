"""Every link of a network must have exactly one process that gives it."""

from lca_models.errors import NetworkError, Problem
from lca_models.flows import Process


def check_links(processes: tuple[Process, ...]) -> None:
    """Raise unless every product taken is made, and made once.

    Raises:
        NetworkError: a product nobody makes, or two make.
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
    if problems:
        raise NetworkError(*problems)
