"""A supplier's PACT footprint, and the sample season's passport."""

import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from footprint.passport import Assurance, Signer, TrustList, verify

SHARED = Path(__file__).parents[3].parent / "shared"
ISSUED = datetime(2025, 9, 1, tzinfo=UTC)

SUPPLIED = {
    "id": "f4b1225a-bd44-4c8e-861d-079e4e1dfd69",
    "specVersion": "3.0.3",
    "created": "2025-09-01T00:00:00Z",
    "status": "Active",
    "validityPeriodStart": "2025-09-01T00:00:00Z",
    "validityPeriodEnd": "2028-08-01T00:00:00Z",
    "companyName": "Sample Syrup Works (sample data)",
    "companyIds": ["urn:pact:example.org:company:1"],
    "productDescription": "Sugar syrup, 65 Brix",
    "productIds": ["urn:gtin:9506000134352"],
    "productNameCompany": "Sample Syrup",
    "pcf": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": "1",
        "referencePeriodStart": "2024-08-01T00:00:00Z",
        "referencePeriodEnd": "2025-08-01T00:00:00Z",
        "geographyCountry": "CN",
        "boundaryProcessesDescription": "cradle to gate",
        "pcfExcludingBiogenicUptake": "0.9",
        "pcfIncludingBiogenicUptake": "-0.2",
        "fossilGhgEmissions": "0.7",
        "landUseChangeGhgEmissions": "0.3",
        "landManagementBiogenicCO2Removals": "-0.2",
        "biogenicNonCO2Emissions": "0.1",
        "fossilCarbonContent": "0",
        "biogenicCarbonContent": "0.3",
        "biogenicCO2Uptake": "-1.1",
        "packagingEmissionsIncluded": False,
        "ccsTechnologicalCO2CaptureIncluded": False,
        "ipccCharacterizationFactors": ["AR6"],
        "crossSectoralStandards": ["ISO14067"],
        "exemptedEmissionsPercent": "0",
        "allocationRulesDescription": "by mass",
        "primaryDataShare": "40",
        "dqi": {"technologicalDQR": "2", "geographicalDQR": "1", "temporalDQR": "1.5"},
    },
}


@pytest.fixture
def supplied():
    """A footprint that keeps to every rule, and a way to say some fields otherwise; `None` leaves one out."""

    def make(**changes):
        document = copy.deepcopy(SUPPLIED)
        for holder, said in ((document, changes), (document["pcf"], changes.get("pcf", {}))):
            for name, value in said.items():
                if name != "pcf":
                    holder[name] = value
                if value is None:
                    del holder[name]
        return document

    return make


@pytest.fixture(scope="session")
def signer():
    return Signer.from_seed(bytes(32))


@pytest.fixture(scope="session")
def trust(signer):
    return TrustList.of(signer.trusted_as("Sample Lychee Co-operative (sample data)"))


@pytest.fixture(scope="session")
def issued(footprint, signer):
    return signer.issue(
        footprint,
        gtin="09506000134352",
        lot="2025-06-A",
        resolver="https://passport.example.org",
        issued_at=ISSUED,
        valid_until=ISSUED + timedelta(days=365),
        assurance=Assurance(level="self"),
    )


@pytest.fixture(scope="session")
def passport(issued, trust):
    """The sample season's passport, verified."""
    return verify(issued, trust=trust, at=ISSUED)


@pytest.fixture(scope="session")
def shared():
    """Reference data beside the checkout; a clone alone does without."""
    if not SHARED.is_dir():
        pytest.skip("no reference data beside the checkout")
    return SHARED
