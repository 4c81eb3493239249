"""Run by a Python that has hestia-earth-models, never by ours: direct N2O of mineral nitrogen, without its services.

`python peer_hestia.py KILOGRAMS_N` prints, as JSON, versions, kg N2O with its bounds, and the seconds of each run. Its
tables and terms live on a server; a folder with the names of two terms stands in for it, so the climate zone is left
out, and its model takes the aggregated factor that is written in the program.
"""

import json
import os
import sys
import tempfile
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

RUNS = 200
TERM = "n2OToAirInorganicFertiliserDirect"


def main() -> None:
    """Run one model on one cycle."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DOWNLOAD_FOLDER": folder, "DOWNLOAD_FOLDER_GLOSSARY": folder, "LOG_LEVEL": "ERROR"}
        terms = Path(folder) / "Term"
        terms.mkdir()
        for name in (TERM, "ipcc2019"):
            (terms / f"{name}.jsonld").write_text(json.dumps({"@type": "Term", "@id": name, "name": name}))
        print(json.dumps(measured(float(sys.argv[1]))))


def measured(nitrogen_kg: float) -> dict[str, Any]:
    """Seconds and kilograms."""
    model = import_module(f"hestia_earth.models.ipcc2019.{TERM}")  # once its folder is named

    term = {"@type": "Term", "@id": "ureaKgN", "termType": "inorganicFertiliser", "units": "kg N"}
    cycle = {
        "@type": "Cycle",
        "completeness": {"fertiliser": True},
        "inputs": [{"@type": "Input", "term": term, "value": [nitrogen_kg]}],
        "site": {"@type": "Site", "measurements": []},
        "products": [],
        "practices": [],
    }
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        found = model.run(cycle)
        seconds.append(time.perf_counter() - started)
    emission = found[0]
    return {
        "versions": {name: version(name) for name in ("hestia_earth_models",)},
        "kg": emission["value"][0],
        "min": emission["min"][0],
        "max": emission["max"][0],
        "seconds": seconds,
    }


if __name__ == "__main__":
    main()
