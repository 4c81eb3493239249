"""The registry of removal units: one unit, one claim.

Pure: acts are decided on what `Books` show, and the log of acts alone makes the registry again (`replay`).
"""

from footprint.registry.acts import Act, Measure, Register, Take, entry, parse
from footprint.registry.batch import Batch, BatchTerms, Span, Status
from footprint.registry.books import Books, Changes, UnknownBatchError, holder_of, known
from footprint.registry.claims import Claim, Disclosed, Energy, OnProduct, Retired, Sold
from footprint.registry.decide import decide
from footprint.registry.evidence import Evidence, Use
from footprint.registry.ledger import Ledger, replay
from footprint.registry.rules import Rule
from footprint.registry.statement import Statement, statements
from footprint.registry.units import Units

__all__ = [
    "Act",
    "Batch",
    "BatchTerms",
    "Books",
    "Changes",
    "Claim",
    "Disclosed",
    "Energy",
    "Evidence",
    "Ledger",
    "Measure",
    "OnProduct",
    "Register",
    "Retired",
    "Rule",
    "Sold",
    "Span",
    "Statement",
    "Status",
    "Take",
    "Units",
    "UnknownBatchError",
    "Use",
    "decide",
    "entry",
    "holder_of",
    "known",
    "parse",
    "replay",
    "statements",
]
