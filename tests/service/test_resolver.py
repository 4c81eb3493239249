"""A scanned code: one address, several forms of the same lot."""

import pytest
import zxingcpp

from label_service.labels.raster import grey

GTIN = "09506000134352"
LOT = f"/01/{GTIN}/10/2025-06-A"


@pytest.fixture
def stored(house, client, orchard):
    passport = orchard.passport()
    house.post(client, passport)
    return passport


def test_the_code_on_the_label_opens_the_page_of_its_lot(house, client, stored):
    """What a phone camera reads from the served picture is an address this service answers."""
    image = grey(client.get(LOT + "/label.png").content)
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == house.settings.public_url + LOT
    answer = client.get(code.text)
    assert answer.status_code == 200
    assert "1.09" in answer.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/vc", "application/vc"),
        ("application/json", "application/vc"),
        ("application/ld+json, */*;q=0.1", "application/vc"),
        ("text/html;q=0.5, application/json", "application/vc"),
        ("text/html, application/json;q=0.5", "text/html"),
        ("application/json;q=nonsense", "text/html"),
    ],
)
def test_the_accept_header_chooses(client, stored, accept, media_type):
    answer = client.get(LOT, headers={"Accept": accept} if accept else {"Accept": ""})
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    assert "Accept" in answer.headers["Vary"]
    if media_type == "application/vc":
        assert answer.content == stored.json


def test_format_overrides_the_header(client, stored):
    assert client.get(LOT + "?format=json", headers={"Accept": "text/html"}).content == stored.json
    page = client.get(LOT + "?format=html", headers={"Accept": "application/json"})
    assert page.headers["Content-Type"].startswith("text/html")


def test_the_link_header_leads_to_passport_label_and_proof(client, stored):
    links = client.get(LOT).links
    assert client.get(links["alternate"]["url"]).content == stored.json
    header = client.get(LOT).headers["Link"]
    assert f"<{LOT}/label.svg>" in header
    assert "/proof>" in header


def test_a_gtin_without_its_leading_zero_leads_to_the_canonical_address(client, stored):
    answer = client.get("/01/9506000134352/10/2025-06-A?lang=zh", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"{LOT}?lang=zh")


@pytest.mark.parametrize(
    ("language", "variant"), [("en", "colour"), ("zh", "colour"), ("en", "mono"), ("zh", "mono")]
)
def test_labels_are_served_as_they_were_drawn(client, stored, language, variant):
    query = {"lang": language, "variant": variant}
    svg = client.get(LOT + "/label.svg", params=query)
    png = client.get(LOT + "/label.png", params=query)
    assert (svg.headers["Content-Type"], png.headers["Content-Type"]) == ("image/svg+xml", "image/png")
    assert ("碳足迹" in svg.text) == (language == "zh")
    assert ("#1b66b0" in svg.text) == (variant == "colour")
    again = client.get(LOT + "/label.svg", params=query, headers={"If-None-Match": svg.headers["ETag"]})
    assert again.status_code == 304


def test_the_resolver_describes_itself(house, client):
    document = client.get("/.well-known/gs1resolver").json()
    assert document["resolverRoot"] == house.settings.public_url
    assert document["supportedPrimaryKeys"] == ["01"]
