"""How sure a result is: shared draws, percentiles with their own error, and which number to measure next."""

from footprint.uncertainty.draws import BLOCK, DEFAULT_DRAWS, DEFAULT_SEED, probabilities
from footprint.uncertainty.effects import Effects, effects
from footprint.uncertainty.percentiles import interval, quantiles, sampling, width
from footprint.uncertainty.shared import DrawnOnce, Draws, shared

__all__ = [
    "BLOCK",
    "DEFAULT_DRAWS",
    "DEFAULT_SEED",
    "DrawnOnce",
    "Draws",
    "Effects",
    "effects",
    "interval",
    "probabilities",
    "quantiles",
    "sampling",
    "shared",
    "width",
]
