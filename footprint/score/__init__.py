"""The finance score CFS-1: additive, whole points, published tables, recomputable from the passport.

Not a probability of default; never to be used alone to refuse credit.
Model card: `docs/explanation/score-cfs-1.0.md`.
"""

from footprint.score.evidence import Evidence
from footprint.score.inputs import Inputs
from footprint.score.outcome import Reason, Score, SubScore
from footprint.score.scoring import not_scored, score, score_claims, score_or_refusal
from footprint.score.table import MODELS, Table, load

__all__ = [
    "MODELS",
    "Evidence",
    "Inputs",
    "Reason",
    "Score",
    "SubScore",
    "Table",
    "load",
    "not_scored",
    "score",
    "score_claims",
    "score_or_refusal",
]
