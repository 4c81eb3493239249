"""The one numeric type of the models: a float, or an array of draws of that float."""

from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Real: TypeAlias = float | Array
RealT = TypeVar("RealT", float, Array)
