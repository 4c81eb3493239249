"""Sites, models and projects as somebody would bring them, small enough to check by hand."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from footprint.mrv import SoilModel

HEAD = ("site", "year", "stock", "unit", "se", "n", "depth_cm", "split")
PLOTS = ("stratum", "area_ha", "plot", "role", "change", "unit")
Table = Callable[[Sequence[str], Iterable[Sequence[object]]], Path]


@pytest.fixture
def table(tmp_path) -> Table:
    """Writes a CSV and says where."""

    def write(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([head, *rows])
        return path

    return write


def row(
    site: str, year: int, stock: float, *, se: float = 0.5, split: str = "validation"
) -> tuple[object, ...]:
    """One measurement, 30 cm, five samples."""
    return (site, year, repr(float(stock)), "t C/ha", se, 5, 30, split)


def steady(gain: float = 0.4) -> SoilModel:
    """A model that says the same gain every year everywhere."""

    def predict(site, parameters):
        return site.start_t_c_per_ha + parameters["gain"] * (np.array(site.years) - site.years[0])

    return SoilModel("steady gain", "1", predict, {"gain": gain})


def world(
    sites: int,
    *,
    gain: float = 0.4,
    noise: float = 0.6,
    bias: float = 0.0,
    seed: int = 1,
    calibration: int = 0,
) -> list[tuple[object, ...]]:
    """Sites whose truth is known: ten years of a steady gain, measured with an error; `bias` is what nature adds."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(sites + calibration):
        split = "calibration" if number < calibration else "validation"
        start = float(rng.uniform(30, 60))
        end = start + 10 * gain + bias + float(rng.normal(0, noise))
        rows += [
            row(f"site {number}", year, stock, se=noise / 2**0.5, split=split)
            for year, stock in ((2010, start), (2020, end))
        ]
    return rows


def plots(
    project: Sequence[float], control: Sequence[float] = (), *, stratum: str = "north", area_ha: float = 100.0
):
    """The plots of a stratum."""
    roles = (("project", project), ("control", control))
    return [
        (stratum, area_ha, f"{role}{number}", role, repr(float(change)), "t C/ha")
        for role, changes in roles
        for number, change in enumerate(changes)
    ]
