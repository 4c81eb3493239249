"""What a scoring returns: a `Score`, frozen, that says how it came about; or that there is none, and why."""

from typing import Literal

import rfc8785

from footprint.result import Amount, Model, Share
from footprint.score.inputs import Inputs
from footprint.score.table import CapName, GradeName, SubScoreName, Texts


class SubScore(Model):
    """Points of one part."""

    name: SubScoreName
    points: int
    maximum: int


class AppliedCap(Model):
    """A weakness that limits the total; `binding` if the points would be above the limit."""

    name: CapName
    limit: int
    binding: bool


class Percentiles(Model):
    """The total under the uncertainty of the footprint. `p5` is the total: it is read at the upper bound."""

    p5: int
    p50: int
    p95: int


class GradeProbability(Model):
    """Chance of a grade under the uncertainty of the footprint."""

    grade: GradeName
    probability: Share


class Reason(Model):
    """Why points are missing, and what one input would have to become to earn some back."""

    code: str
    points_lost: int
    gain: int
    now: str
    target: str
    factor: Texts
    why: Texts
    how: Texts


class Comparison(Model):
    """The benchmark the footprint was held against, with the attribution its licence asks for."""

    category: str
    median: Amount
    sigma: Amount
    n: int
    attribution: str
    treatment: tuple[str, ...]


class Refusal(Model):
    """Why there is no score."""

    code: str
    problems: tuple[str, ...]


class Score(Model):
    """A score, or `NOT_SCORED` with its refusal: never a zero that means "unknown"."""

    status: Literal["SCORED", "NOT_SCORED"]
    model: str
    table_digest: str
    passport_id: str | None = None
    passport_digest: str | None = None
    total: int | None = None
    grade: GradeName | None = None
    sub_scores: tuple[SubScore, ...] = ()
    caps: tuple[AppliedCap, ...] = ()
    percentiles: Percentiles | None = None
    grade_probabilities: tuple[GradeProbability, ...] = ()
    reasons: tuple[Reason, ...] = ()
    comparison: Comparison | None = None
    data_cutoff: str | None = None
    inputs: Inputs | None = None
    input_digest: str | None = None
    refusal: Refusal | None = None

    def canonical(self) -> bytes:
        """The bytes to sign and to compare: RFC 8785, the same for the same score everywhere."""
        return rfc8785.dumps(self.model_dump(mode="json"))
