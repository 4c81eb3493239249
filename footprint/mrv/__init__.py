"""Soil carbon as monitoring, reporting and verification ask for it: is the model right, and what is left after doubt?

from footprint.mrv import Plan, deduct, read_project, read_stocks, rothc_model, validate

checked = validate(rothc_model(Path("sites.json")), read_stocks(Path("stocks.csv")))
left = deduct(read_project(Path("project.csv")), Plan("vm0042", "dynamic", 5, 0.0), validation=checked)
"""

from footprint.mrv.calibration import Bounds
from footprint.mrv.cut_off import CutOff, read_cut_off
from footprint.mrv.deducting import Plan, deduct
from footprint.mrv.model import SoilModel
from footprint.mrv.project import read_project
from footprint.mrv.result import Against, Check, Deducted, Validation
from footprint.mrv.rothc import rothc_model
from footprint.mrv.rules import RULES
from footprint.mrv.steady_state import steady_state_model
from footprint.mrv.stocks import Site, Stocks, read_stocks
from footprint.mrv.validation import validate

__all__ = [
    "RULES",
    "Against",
    "Bounds",
    "Check",
    "CutOff",
    "Deducted",
    "Plan",
    "Site",
    "SoilModel",
    "Stocks",
    "Validation",
    "deduct",
    "read_cut_off",
    "read_project",
    "read_stocks",
    "rothc_model",
    "steady_state_model",
    "validate",
]
