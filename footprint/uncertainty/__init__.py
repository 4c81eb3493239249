"""How sure a result is: shared draws, percentiles with their own error, and which number to measure next."""

from footprint.uncertainty.draws import BLOCK, DEFAULT_DRAWS, DEFAULT_SEED, probabilities
from footprint.uncertainty.effects import Effects, effects
from footprint.uncertainty.percentiles import interval, quantiles, sampling, width

__all__ = [
    "BLOCK",
    "DEFAULT_DRAWS",
    "DEFAULT_SEED",
    "Effects",
    "effects",
    "interval",
    "probabilities",
    "quantiles",
    "sampling",
    "width",
]
