"""Wood-fired drying with capture: a removal of its own, never netted, beside a larger gross footprint."""

import tomllib
from pathlib import Path

from footprint.assess import assess
from footprint.passport.claims import Assurance, Claims, problems
from lca_models.product_system import ProductSystem

DRIED = Path(__file__).parents[2] / "examples" / "lychee" / "family" / "dried.toml"


def test_capturing_the_smoke_of_the_dryer():
    records = tomllib.loads(DRIED.read_text(encoding="utf-8"))
    without = assess(ProductSystem.of(records), gwp="AR6-100", draws=256)
    boiler = next(activity for activity in records["activities"] if activity["activity"] == "bioenergy")
    boiler["capture"] = {
        "rate": {"source": "default"},
        "loss": {"amount": "1 %", "source": "recall"},
        "electricity": {"source": "default"},
        "road": {"amount": "300 km", "source": "recall"},
    }
    captured = assess(ProductSystem.of(records), gwp="AR6-100", draws=256)

    (removal,) = captured.removals
    assert (removal.kind, removal.permanence_class) == ("geological", "1000")
    assert 0 < removal.kept_kg_co2 <= removal.gross_kg_co2
    assert removal.gross_kg_co2 < without.biogenic.released_kg_co2
    assert captured.gross_kg_co2e > without.gross_kg_co2e
    assert captured.biogenic.released_kg_co2 < without.biogenic.released_kg_co2
    assert not problems(Claims.of(captured, Assurance(level="self")))
