"""The passport page of dried fruit shows the fresh fruit it was made of, and what is signed for."""

from dataclasses import replace
from decimal import Decimal

import pytest

from footprint.passport import Signer, TrustList, verify
from tests.service.test_pages import NOW, Outline

GTIN = "09506000134352"
DRIED = f"/01/{GTIN}/10/D1"


def upstream(supplier, per_unit_kg="0.4", **changes):
    """What a footprint says of a lot it was made with."""
    claims = supplier.claims
    return {
        "id": supplier.id,
        "digest_multibase": supplier.digest_multibase,
        "product": claims.product.name,
        "lot_kg": str(claims.lot_quantity.amount),
        "pcf_kg_co2e": str(claims.pcf_kg_co2e),
        "primary_share": str(claims.quality.primary_share),
        "per_unit_kg": per_unit_kg,
        "kg_co2e": str((Decimal(per_unit_kg) * claims.pcf_kg_co2e).quantize(Decimal("0.000001"))),
        **changes,
    }


@pytest.fixture
def fresh(orchard):
    """The orchard's lot of 9,600 kg, verified."""
    passport = orchard.passport("F1", lot_quantity=Decimal(9600))
    return verify(passport, trust=TrustList.of(orchard.signer.trusted_as("Orchard (sample data)")), at=NOW)


@pytest.fixture
def dried(orchard, lychee, fresh):
    """A lot of dried fruit made with it."""

    def make(lot="D1", kg=10_000):
        footprint = lychee({"name": "Dried lychee"}, upstream=[upstream(fresh)])
        return orchard.passport(lot, footprint=footprint, upstream=[fresh], lot_quantity=Decimal(kg))

    return make


def test_the_supplier_is_named_and_linked_when_its_passport_is_here(house, client, fresh, dried):
    house.post(client, fresh.passport)
    house.post(client, dried())
    page = client.get(DRIED).text
    assert f"/01/{GTIN}/10/F1" in Outline(page).values("href")
    assert "Sample Lychee Co-operative" in page.partition('id="bought"')[2].partition("</section>")[0]
    assert "of this footprint is signed for" in page


def test_without_it_the_page_says_whose_word_it_is(house, client, dried):
    house.post(client, dried())
    assert "passport not held here" in client.get(DRIED).text.replace("&#39;", "'")


def test_a_passport_that_buys_nothing_has_no_such_table(house, client, fresh):
    house.post(client, fresh.passport)
    assert 'id="bought"' not in client.get(f"/01/{GTIN}/10/F1").text


def test_a_supplier_nobody_vouches_for_any_more_is_told(house, orchard, lychee):
    signer = Signer.from_seed(b"\x21" * 32)
    buyer, grower = (one.trusted_as(name) for one, name in ((orchard.signer, "Dryer"), (signer, "Grower")))
    both = TrustList.of(buyer, grower)
    house.settings.trust_list.write_bytes(both.to_json())
    sold = replace(orchard, signer=signer).passport("G1", lot_quantity=Decimal(9600))
    seen = verify(sold, trust=both, at=NOW)
    footprint = lychee({"name": "Dried lychee"}, upstream=[upstream(seen)])
    bought = orchard.passport("D1", footprint=footprint, upstream=[seen], lot_quantity=Decimal(10_000))
    with house.open() as client:
        assert [house.post(client, one).status_code for one in (sold, bought)] == [201, 201]
        assert "Grower" in client.get(DRIED).text
    house.settings.trust_list.write_bytes(TrustList.of(buyer).to_json())
    with house.open() as client:
        page = client.get(DRIED).text
    assert "do not fit this one" in page
    assert "is not in the trust list" in page
