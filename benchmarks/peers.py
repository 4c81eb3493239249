"""Other engines for food and for parametrised systems: lca_algebraic and HESTIA's, each on a job that both can do.

They are not among our dependencies: `python -m benchmarks --peers PYTHON` names a Python that has them, which runs them
in a process of its own; both sides' clocks run inside their process, imports excluded.

- `lca_algebraic` derives a formula of the foreground once and evaluates it on arrays, as we compute on arrays. Every
  amount of the lychee network is a parameter that it is given ready drawn, everything bought collapsed by hand. Ours
  starts one step before: it draws the numbers, or has them of the product before, and computes those amounts from the
  record, units, equations and balances included. Its scores are ours, draw by draw.
- `hestia-earth-models` models cycles of farming with tables and terms of its server; without it, little runs.
  Compared is one equation, direct N2O of 100 kg of mineral nitrogen (IPCC 2019, Table 11.1, climate not told): it
  gives value, bounds and standard deviation; ours value and percentiles of 1,000 draws. It has no product network, no
  Monte Carlo and no CO2e of a product in this part; we have none of its gap-filling.
"""

import json
import subprocess
from pathlib import Path

import numpy as np

from benchmarks.algebraic import answered
from benchmarks.foreground import AR6, DRAWS, FACTORS, percentiles
from benchmarks.lots import LYCHEE
from benchmarks.timing import Timing, show, timed
from footprint.causes import gross_draws
from footprint.records import load
from footprint.run import Run
from footprint.uncertainty import probabilities, shared
from lca_models.equations.n2o import direct_kg
from lca_models.numbers import Numbers
from lca_models.real import Real

_HESTIA = Path(__file__).with_name("peer_hestia.py")
_NITROGEN_KG = 100.0


def run(*, peers: Path | None = None) -> None:
    """Both, where there is a Python that has them."""
    if peers is None:
        print("lca_algebraic, hestia-earth-models: not installed here")
        return
    _algebraic(peers)
    _hestia(peers)


def _algebraic(python: Path) -> None:
    system = load(LYCHEE)
    sampled = Run.sampled(system, system.route(None), FACTORS, probabilities(seed=1, draws=DRAWS))
    said = answered(python, sampled)
    np.testing.assert_allclose(said["scores"], gross_draws(sampled.solution, AR6, DRAWS), rtol=1e-10)
    name = f"lca_algebraic {said['versions']['lca_algebraic']}, {said['parameters']} parameters"
    anew = timed(lambda: percentiles(load(LYCHEE), probabilities(seed=1, draws=DRAWS)), runs=25)
    show(
        f"{DRAWS} draws, from the text, draws anew",
        anew,
        Timing.once(said["first"]),
        f"{name}, formula derived",
    )
    made = shared(seed=1, draws=DRAWS)
    again = timed(lambda: percentiles(system, made), runs=25)
    show(
        f"{DRAWS} draws, record read, draws made",
        again,
        Timing.among(said["later"]),
        f"{name}, formula there",
    )


def _hestia(python: Path) -> None:
    command: list[str | Path] = [python, _HESTIA, str(_NITROGEN_KG)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    factor = FACTORS["n2o.ef1.aggregated"]
    for name, ef1 in (("kg", factor.value), ("min", factor.lower), ("max", factor.upper)):
        np.testing.assert_allclose(said[name], _n2o_kg(ef1), rtol=5e-3)  # it rounds to three digits
    name = f"hestia-earth-models {said['versions']['hestia_earth_models']}, value and bounds"
    show(
        f"N2O of mineral nitrogen, {DRAWS} draws anew",
        timed(_drawn, runs=101),
        Timing.among(said["seconds"]),
        name,
    )


def _drawn() -> object:
    central, sampled = Numbers(FACTORS), Numbers(FACTORS, probabilities(seed=1, draws=DRAWS))
    kg = [_n2o_kg(numbers.factor("n2o.ef1.aggregated")) for numbers in (central, sampled)]
    return kg[0], np.quantile(kg[1], [0.025, 0.5, 0.975])


def _n2o_kg(ef1: Real) -> Real:
    return direct_kg(n_synthetic_kg=_NITROGEN_KG, n_other_kg=0.0, ef1_synthetic=ef1, ef1_other=ef1)
