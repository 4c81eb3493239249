"""Not applicable, unknown and zero are three things, from the record to the passport."""

import pytest

from footprint.assess import assess
from lca_models.product_system import ProductSystem


def test_one_of_each_all_the_way(answers, verified):
    del answers["orchard"]["irrigation"]  # there was none: not applicable
    answers["orchard"]["diesel"] = {"amount": "0 litre", "source": "meter"}  # measured, and it was zero
    answers["kiln"]["organic_carbon"] = {"source": "default"}  # nobody knows
    footprint = assess(ProductSystem.of(answers), gwp="AR6-100", draws=256)

    amounts = {cause.label: cause.kg_co2e for cause in footprint.contributions}
    assert "electricity for irrigation" not in amounts
    assert amounts["diesel in the orchard"] == 0
    assert any(d.startswith("organic carbon of the biochar: ") for d in footprint.quality.declared_defaults)

    claims = verified(footprint).claims
    assert claims.quality.declared_defaults == footprint.quality.declared_defaults
    assert claims.land_use_change.state == "none"


FIELD_BEFORE = {"was": "annual_crops", "climate_zone": "warm_temperate_moist", "soil": "low_activity_clay"}


@pytest.mark.parametrize(
    ("answer", "conversion", "state", "kg_co2e"),
    [
        ("no", {}, "none", 0),
        ("unknown", {}, "unknown", None),
        ("yes", {"conversion": FIELD_BEFORE}, "known", 0),
    ],
)
def test_a_known_gain_no_conversion_and_an_unknown_one_are_three_things(
    answers, verified, answer, conversion, state, kg_co2e
):
    """A field turned into an orchard emits nothing: known, and zero; that is neither none nor unknown."""
    answers["orchard"]["land_use"] = {"planted": 2012, "converted_within_20_years": answer} | conversion
    footprint = assess(ProductSystem.of(answers), gwp="AR6-100", draws=256)
    change = verified(footprint).claims.land_use_change
    assert (change.state, change.kg_co2e) == (state, kg_co2e)
    assert ("co2_luc" in footprint.gross.by_substance()) == (state == "known")


def test_an_unknown_climate_is_declared_and_never_silently_dry(answers, footprint):
    answers["orchard"]["climate"] = "unknown"
    unknown = assess(ProductSystem.of(answers), gwp="AR6-100")
    assert "wet or dry climate: n2o.ef1.aggregated" in unknown.quality.declared_defaults
    answers["orchard"]["climate"] = "dry"
    dry = assess(ProductSystem.of(answers), gwp="AR6-100")
    n2o = [found.gross.by_substance()["n2o"] for found in (dry, unknown, footprint)]
    assert n2o == sorted(n2o)
