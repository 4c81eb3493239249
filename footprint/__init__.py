"""Compute, sign and show the carbon footprint of food.

    from footprint import assess, Signer, verify
    footprint = assess(system, gwp="AR6-100")

Names are loaded when first asked for, so that verifying a passport never loads numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from footprint.assess import assess as assess
    from footprint.explain import explain as explain
    from footprint.passport import Passport as Passport
    from footprint.passport import Signer as Signer
    from footprint.passport import TrustList as TrustList
    from footprint.passport import verify as verify
    from footprint.records import load as load
    from footprint.report import report as report
    from footprint.result import Footprint as Footprint
    from footprint.score import score as score

_HOMES = {
    "Footprint": "footprint.result",
    "Passport": "footprint.passport",
    "Signer": "footprint.passport",
    "TrustList": "footprint.passport",
    "assess": "footprint.assess",
    "explain": "footprint.explain",
    "load": "footprint.records",
    "report": "footprint.report",
    "score": "footprint.score",
    "verify": "footprint.passport",
}
__all__ = [
    "Footprint",
    "Passport",
    "Signer",
    "TrustList",
    "assess",
    "explain",
    "load",
    "report",
    "score",
    "verify",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
    if name not in _HOMES:
        raise AttributeError(f"module 'footprint' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
