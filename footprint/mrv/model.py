"""What a model of soil carbon is to the harness: a name, a version, named parameters and a function."""

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import rfc8785

from footprint.errors import InputError, Problem
from footprint.mrv.stocks import Site
from lca_models.real import Array

Predict = Callable[[Site, Mapping[str, float]], Array]
"""The stock in t C/ha in every year of a site, its first year included, with the parameters given."""


@dataclass(frozen=True, slots=True)
class SoilModel:
    """A model that starts at the first measured stock of a site and says the later ones.

    Args:
        name: as it is reported.
        version: of the model.
        predict: the stocks at the years of a site.
        parameters: by name; those fitted in a calibration start here.
        inputs: digest of what the model reads besides the stocks (weather, management), if anything.

    Example:
        >>> def steady(site, parameters):
        ...     return site.start_t_c_per_ha + parameters["gain"] * (np.array(site.years) - site.years[0])
        >>> SoilModel("steady gain", "1", steady, {"gain": 0.3}).digest[:7]
        'sha256:'
    """

    name: str
    version: str
    predict: Predict
    parameters: Mapping[str, float] = field(default_factory=dict)
    inputs: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of name, version, parameters, inputs and, where it can be had, the text of the function."""
        said: dict[str, Any] = {
            "name": self.name,
            "version": self.version,
            "parameters": dict(self.parameters),
            "inputs": self.inputs,
            "function": _text(self.predict),
        }
        return "sha256:" + hashlib.sha256(rfc8785.dumps(said)).hexdigest()

    def with_parameters(self, parameters: Mapping[str, float]) -> "SoilModel":
        """The same model with some parameters replaced."""
        return replace(self, parameters={**self.parameters, **parameters})

    def changes_t_c_per_ha(self, site: Site) -> Array:
        """What the stock of a site is said to change since its first year.

        Raises:
            InputError: the function does not give one finite stock for every year.
        """
        stocks = np.asarray(self.predict(site, self.parameters), dtype=float)
        if stocks.shape != (len(site.years),) or not np.all(np.isfinite(stocks)):
            what = f"gives {stocks.shape} values for {len(site.years)} years at {site.id}, or none that is a number"
            why = "predictions are compared with measurements one by one"
            raise InputError(
                Problem(self.name, what, why, "return one stock in t C/ha for every year of the site")
            )
        return np.asarray(stocks[1:] - stocks[0])


def _text(function: Predict) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return f"{type(function).__module__}.{type(function).__qualname__}"
