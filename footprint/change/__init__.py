"""Why did the number change? Two editions of a product's footprint, their difference split into parts that add up.

*data*: the records say something else. *factors*: a published number was renewed. *method*: another GWP set,
route or allocation was chosen. *model*: the same inputs, computed by another version of the engine.
"""

from footprint.change.attribution import why
from footprint.change.edition import Edition
from footprint.change.evidence import edition_of
from footprint.change.reasons import Reasons

__all__ = ["Edition", "Reasons", "edition_of", "why"]
