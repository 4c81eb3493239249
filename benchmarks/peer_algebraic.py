"""Run by a Python that has lca_algebraic, never by ours: a network whose every amount is a parameter.

`python peer_algebraic.py network.npz` prints, as JSON, versions, the score of every draw, the seconds of the first
evaluation, which derives the formula, and those of later ones, which have it.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import numpy as np

RUNS = 7


def main() -> None:
    """Build the network in a project of its own and evaluate it."""
    network = np.load(sys.argv[1])
    out = os.dup(1)
    os.dup2(2, 1)  # the library prints as it works; only the result belongs to the output
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BRIGHTWAY2_DIR"] = folder
        said = measured(network)
    os.write(out, json.dumps(said).encode())


def measured(network: Mapping[str, Any]) -> dict[str, Any]:
    """Seconds and scores."""
    import brightway2 as bw  # noqa: PLC0415 - once its folder is named
    import lca_algebraic as algebraic  # noqa: PLC0415 - as above

    bw.projects.set_current("benchmark")
    emission = ("air", "co2e")
    bw.Database("air").write(
        {emission: {"name": "co2e", "unit": "kg", "type": "emission", "categories": ("air",)}}
    )
    made = {"input": ("bought", "co2e"), "amount": 1.0, "type": "production"}
    given_off = {"input": emission, "amount": 1.0, "type": "biosphere"}
    bought = {"name": "co2e", "unit": "kg", "location": "GLO", "exchanges": [made, given_off]}
    bw.Database("bought").write({("bought", "co2e"): bought})
    method = ("benchmark", "climate", "100")
    bw.Method(method).register(unit="kg CO2e")
    bw.Method(method).write([(emission, 1.0)])
    algebraic.resetDb("network")
    algebraic.setForeground("network")
    algebraic.setBackground("bought")

    amounts: dict[str, Any] = {}

    def parameter(draws: Any) -> Any:  # noqa: ANN401 - untyped
        name = f"p{len(amounts)}"
        amounts[name] = draws
        return algebraic.newFloatParam(
            name, float(draws[0]), float(draws.min()), float(draws.max()), dbname="network"
        )

    columns = [algebraic.newActivity("network", str(name), "kg") for name in network["columns"]]
    co2e = bw.Database("bought").get("co2e")
    exchanges: list[dict[Any, Any]] = [{} for _ in columns]
    for (row, column), draws in zip(network["links"], network["taken"], strict=True):
        exchanges[column][columns[row]] = parameter(draws)
    for column, draws in zip(network["emitting"], network["emitted"], strict=True):
        exchanges[column][co2e] = parameter(draws)
    for column, taken in zip(columns, exchanges, strict=True):
        column.addExchanges(taken)

    def evaluated() -> Any:  # noqa: ANN401 - untyped
        return algebraic.compute_impacts(columns[int(network["demand"])], [method], **amounts)

    started = time.perf_counter()
    scores = evaluated()
    first = time.perf_counter() - started
    later = []
    for _ in range(RUNS):
        started = time.perf_counter()
        evaluated()
        later.append(time.perf_counter() - started)
    return {
        "versions": {name: version(name) for name in ("lca_algebraic", "bw2calc", "numpy")},
        "parameters": len(amounts),
        "scores": np.asarray(scores, dtype=float).ravel().tolist(),
        "first": first,
        "later": later,
    }


if __name__ == "__main__":
    main()
