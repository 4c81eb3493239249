"""The lychee with its biochar sold and not sold: two passports, gross identical, removals 0 and x."""

from datetime import UTC, datetime, timedelta

import pytest

from footprint import Signer, TrustList, assess, verify
from footprint.passport import Assurance
from lca_models.product_system import ProductSystem

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def issued(records):
    """The claims of a passport, signed and verified, on the given terms."""
    signer = Signer.from_seed(bytes(range(32)))
    trust = TrustList.of(signer.trusted_as("Sample Lychee Co-operative (sample data)"))

    def issue(terms):
        footprint = assess(ProductSystem.of(records), gwp="AR6-100", removals=terms, draws=256)
        passport = signer.issue(
            footprint, gtin="09506000134352", lot="2025-06-A", resolver="https://passport.example.org",
            issued_at=NOW, valid_until=NOW + timedelta(days=365), assurance=Assurance(level="self"),
        )  # fmt: skip
        return verify(passport, trust=trust, at=NOW).claims

    return issue


def test_gross_is_the_same_and_the_removal_is_somebody_elses(issued):
    kept, sold = issued("on_product"), issued("sold")
    assert sold.gross_kg_co2e == kept.gross_kg_co2e
    assert sold.interval == kept.interval
    assert sold.removals_kg_co2 == 0
    assert kept.removals_kg_co2 == kept.removals[0].claimable_kg_co2 > 0
    assert [(one.status, one.on_product_kg_co2) for one in sold.removals] == [("sold", 0)]


def test_of_a_part_sold_only_the_rest_counts_on_the_product(issued):
    whole, part = issued("on_product"), issued("sold=0.4,on_product=0.6")
    assert part.gross_kg_co2e == whole.gross_kg_co2e
    assert float(part.removals_kg_co2 / whole.removals_kg_co2) == pytest.approx(0.6, abs=1e-4)


@pytest.mark.parametrize("terms", ["sold", "retired", "disclosed"])
def test_what_is_not_claimed_here_counts_nothing(issued, terms):
    assert issued(terms).removals_kg_co2 == 0
