"""The routes around the offline page: what they serve, what they refuse, and labels that carry the code."""

from datetime import timedelta

import pytest
import zxingcpp

from footprint.passport import Signer, TrustList, verify
from footprint.passport.offline_code import offline_fragment
from footprint.passport.signed_trust import TrustPin, sign_trust_list
from label_service.labels.raster import grey
from tests.service.conftest import GTIN, NOW

LOT = f"/01/{GTIN}/10/2025-06-A"


def fragment_of(orchard, passport):
    trust = TrustList.of(orchard.signer.trusted_as("Sample (sample)"))
    return offline_fragment(verify(passport, trust=trust, at=NOW), orchard.signer)


def printed(client):
    (read,) = zxingcpp.read_barcodes(grey(client.get(LOT + "/label.png").content))
    return read.text


def test_a_passport_handed_in_with_its_code_gets_labels_that_carry_it(house, client, orchard):
    passport = orchard.passport()
    code = fragment_of(orchard, passport)
    assert house.post(client, passport, **{"Offline-Code": code}).status_code == 201
    assert printed(client) == f"{house.settings.public_url}{LOT}#{code}"


def test_without_a_code_the_label_is_an_ordinary_one(house, client, orchard):
    assert house.post(client, orchard.passport()).status_code == 201
    assert printed(client) == f"{house.settings.public_url}{LOT}"


def test_a_code_of_other_numbers_for_the_same_lot_is_refused(house, client, orchard, lychee):
    other = fragment_of(orchard, orchard.passport(footprint=lychee({"name": "Another name"})))
    answer = house.post(client, orchard.passport(), **{"Offline-Code": other})
    assert (answer.status_code, "is another passport's" in answer.text) == (422, True)
    assert client.get("/ready").json()["passports"] == 0


@pytest.mark.parametrize("code", ["c1.", "c1.0", "c1.12a", "x1.12", "c1." + "9" * 600, "c1.12"])
def test_what_is_no_code_is_refused_and_nothing_is_stored(house, client, orchard, code):
    assert house.post(client, orchard.passport(), **{"Offline-Code": code}).status_code == 422
    assert client.get("/ready").json()["passports"] == 0


def test_another_code_under_the_same_idempotency_key_is_a_conflict(house, client, orchard):
    passport = orchard.passport()
    assert house.post(client, passport, **{"Idempotency-Key": "1"}).status_code == 201
    again = {"Idempotency-Key": "1", "Offline-Code": fragment_of(orchard, passport)}
    assert house.post(client, passport, **again).status_code in (409, 422)


@pytest.mark.parametrize(("language", "title"), [("en", "Check a code"), ("zh", "离线核验")])
def test_the_page_is_one_file_under_a_policy_of_its_own(client, language, title):
    answer = client.get("/verify", params={"lang": language})
    assert answer.status_code == 200
    assert title in answer.text
    assert not [mark for mark in ("<link", "src=", "@import", "url(") if mark in answer.text]
    header = answer.headers["Content-Security-Policy"]
    assert f'content="{header.replace(chr(39), "&#39;")}"' in answer.text, (
        "kept as a file, it has the same policy"
    )
    assert len(answer.content) < 40_000


def test_the_worker_may_serve_the_page_and_fetch_from_here_only(client):
    answer = client.get("/verify/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/verify"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"


def test_the_signed_list_is_offered_as_it_is_and_read_anew(house, orchard, tmp_path):
    root, path = Signer.generate(), tmp_path / "signed.json"
    trust = TrustList.of(orchard.signer.trusted_as("Sample (sample)"))

    def sign(version):
        path.write_bytes(
            sign_trust_list(trust, root, version=version, valid_from=NOW, valid_until=NOW + timedelta(days=1))
        )

    with house.changed(signed_trust_list=path).open() as client:
        assert client.get("/verify/trust.json").status_code == 404
        for version in (1, 2):
            sign(version)
            offered = client.get("/verify/trust.json").content
            assert TrustPin.on(root.public_key.did_key).open(offered, at=NOW).version == version


def test_no_list_is_offered_unless_one_is_set(client):
    assert client.get("/verify/trust.json").status_code == 404
