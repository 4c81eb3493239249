"""Compute, sign and show the carbon footprint of food.

    from footprint import assess, Signer, verify
    footprint = assess(system, gwp="AR6-100")

Names are loaded when first asked for, so that verifying a passport never loads numpy.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from footprint.assess import assess as assess
    from footprint.change import why as why
    from footprint.explain import explain as explain
    from footprint.passport import Passport as Passport
    from footprint.passport import Signer as Signer
    from footprint.passport import TrustList as TrustList
    from footprint.passport import verify as verify
    from footprint.records import load as load
    from footprint.report import report as report
    from footprint.result import Footprint as Footprint
    from footprint.score import score as score
    from footprint.setting import Setting as Setting

_HOMES = {
    "Footprint": "footprint.result",
    "Passport": "footprint.passport",
    "Setting": "footprint.setting",
    "Signer": "footprint.passport",
    "TrustList": "footprint.passport",
    "assess": "footprint.assess",
    "explain": "footprint.explain",
    "load": "footprint.records",
    "report": "footprint.report",
    "score": "footprint.score",
    "verify": "footprint.passport",
    "why": "footprint.change",
}
__all__ = [
    "Footprint",
    "Passport",
    "Setting",
    "Signer",
    "TrustList",
    "assess",
    "explain",
    "load",
    "report",
    "score",
    "verify",
    "why",
]


class _Package(ModuleType):
    """Keeps a verb from being hidden by the module of the same name once that module is imported.

    `footprint.assess` is the function, whoever imported the module `footprint.assess` before.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
        if name not in _HOMES:
            raise AttributeError(f"module 'footprint' has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


sys.modules[__name__].__class__ = _Package
