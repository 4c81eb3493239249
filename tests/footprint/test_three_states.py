"""Not applicable, unknown and zero are three things, from the record to the passport."""

from datetime import UTC, datetime, timedelta

from footprint.assess import assess
from footprint.passport import Assurance, Signer, TrustList, verify
from lca_models.product_system import ProductSystem

NOW = datetime(2025, 7, 1, tzinfo=UTC)


def test_one_of_each_all_the_way(answers):
    del answers["orchard"]["irrigation"]  # there was none: not applicable
    answers["orchard"]["diesel"] = {"amount": "0 litre", "source": "meter"}  # measured, and it was zero
    answers["kiln"]["organic_carbon"] = {"source": "default"}  # nobody knows
    footprint = assess(ProductSystem.of(answers), gwp="AR6-100", draws=256)

    amounts = {cause.label: cause.kg_co2e for cause in footprint.contributions}
    assert "electricity for irrigation" not in amounts
    assert amounts["diesel in the orchard"] == 0
    assert any(d.startswith("organic carbon of the biochar: ") for d in footprint.quality.declared_defaults)

    signer = Signer.from_seed(bytes(32))
    passport = signer.issue(
        footprint,
        gtin="09506000134352",
        lot="2025-06-A",
        resolver="https://passport.example.org",
        issued_at=NOW,
        valid_until=NOW + timedelta(days=1),
        assurance=Assurance(level="self"),
    )
    claims = verify(passport, trust=TrustList.of(signer.trusted_as("Sample")), at=NOW).claims
    assert claims.quality.declared_defaults == footprint.quality.declared_defaults
    assert claims.land_use_change.state == "none"


def test_an_unknown_climate_is_declared_and_never_silently_dry(answers, footprint):
    answers["orchard"]["climate"] = "unknown"
    unknown = assess(ProductSystem.of(answers), gwp="AR6-100")
    assert "wet or dry climate: n2o.ef1.aggregated" in unknown.quality.declared_defaults
    answers["orchard"]["climate"] = "dry"
    dry = assess(ProductSystem.of(answers), gwp="AR6-100")
    n2o = [found.gross.by_substance()["n2o"] for found in (dry, unknown, footprint)]
    assert n2o == sorted(n2o)
