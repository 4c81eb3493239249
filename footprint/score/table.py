"""A model table: every weight, breakpoint, cap, benchmark and text of one model version, as data.

Tables are never edited after release: a new version gets a new file, and the old one stays callable.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from footprint.errors import ScoreError
from footprint.passport.claims import AssuranceLevel
from footprint.result import Amount, Model, Share
from footprint.score.curve import Curve

MODELS = ("cfs-1.0.0",)
"""Callable versions, newest first."""

GradeName = Literal["A", "B", "C", "D", "E"]
SubScoreName = Literal["PERF", "TREND", "DATA", "VERIF", "REMOV", "CHAIN"]
Language = Literal["en", "zh-Hans"]
Texts = Mapping[Language, str]
CapName = Literal["DOUBLE_CLAIM", "NOT_INDEPENDENTLY_CHECKED", "LITTLE_PRIMARY_DATA"]


class Grade(Model):
    """A grade and the fewest points that earn it."""

    name: GradeName
    at_least: int


class Trend(Model):
    """Own reduction: share of the points as a curve of the yearly fall of gross."""

    no_history: Share
    curve: Curve


class Data(Model):
    """How the three parts of DATA weigh."""

    rating: Share
    primary: Share
    exempted: Share
    exempted_limit: Share


class Removals(Model):
    """Integrity of removals."""

    neutral: int = Field(description="points when nothing is claimed")
    durability: Curve
    class_years: Mapping[str, int] = Field(description="years a permanence class can vouch for")


class Chain(Model):
    """Points of the three parts of CHAIN."""

    signed: int
    unconverted: int
    coverage: int


class Caps(Model):
    """Most points a product can have while a weakness lasts."""

    limits: Mapping[CapName, int]
    unchecked: tuple[AssuranceLevel, ...]
    little_primary_below: Share


class Benchmark(Model):
    """What a category usually emits, kg CO2e per kg at the shop."""

    median: Amount
    sigma: Amount = Field(gt=0, description="standard deviation of ln(kg CO2e/kg)")
    n: int
    description: str
    subgroups: tuple[str, ...] = Field(description="filter of the source file, so that anybody can recompute")
    include: str
    exclude: str


class Source(Model):
    """Where the benchmarks come from."""

    title: str
    publisher: str
    url: str
    locator: str
    licence: str
    attribution: str
    treatment: tuple[str, ...]


class ReasonTexts(Model):
    """What one reason code says: the factor, why points are missing, how to get them."""

    factor: Texts
    why: Texts
    how: Texts


class Table(Model):
    """One model version."""

    model: str
    formulas: Literal["cfs-1"]
    released: str
    maximum: Mapping[SubScoreName, int]
    grades: tuple[Grade, ...] = Field(description="best first")
    trend: Trend
    data: Data
    assurance: Mapping[AssuranceLevel, int]
    removals: Removals
    chain: Chain
    caps: Caps
    boundaries: tuple[str, ...]
    source: Source
    categories: Mapping[str, Benchmark]
    reasons: Mapping[str, ReasonTexts]
    terms: Mapping[str, Texts] = Field(description="words for input values that are not numbers")
    capped: Texts = Field(description="added when a cap hides the gain")
    digest: str = Field(pattern=r"^sha256:[0-9a-f]{64}$", description="of the table file as shipped")


@lru_cache
def load(model: str) -> Table:
    """The table of a model version.

    Raises:
        ScoreError: there is no such version.
    """
    if model not in MODELS:
        raise ScoreError.of(
            "model",
            f"{model!r} is not a model version",
            "scores are recomputed with the version that made them",
            f"use one of: {', '.join(MODELS)}",
        )
    text = files("footprint.score").joinpath("tables", f"{model}.toml").read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Table.model_validate({**tomllib.loads(text, parse_float=Decimal), "digest": f"sha256:{digest}"})
