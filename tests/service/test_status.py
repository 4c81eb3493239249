"""A co-op reserves a place, signs, hands in; then revokes, suspends, reinstates; readers learn it offline."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from footprint.errors import RevokedError
from footprint.passport import (
    Signer,
    StatusEntry,
    StatusKeeper,
    StatusLists,
    TrustList,
    status_entries,
    verify,
)
from label_service.settings import new_api_key
from label_service.store import Shelf, statuses
from label_service.store.statuses import HALF

NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
LOT = "/01/09506000134352/10/2025-06-A"


def reserve(house, client) -> tuple[StatusEntry, ...]:
    answer = client.post("/v1/status-entries", headers=house.auth)
    assert answer.status_code == 201, answer.text
    return tuple(map(StatusEntry.model_validate, answer.json()["credentialStatus"]))


def act(house, client, passport, what, **headers):
    name = passport.unverified_id.removeprefix("urn:uuid:")
    body = {"act": what, "reason": "sample"}
    return client.post(f"/v1/passports/{name}/status", json=body, headers=headers or house.auth)


def lists_of(client, passport) -> StatusLists:
    """What a reader fetches before it goes to the dock."""
    addresses = [entry["statusListCredential"] for entry in passport.document["credentialStatus"]]
    return StatusLists.of(*(client.get(address).content for address in addresses))


def reader(house, orchard) -> TrustList:
    """Trusts the orchard, and the service to keep its status."""
    service = Signer.open(house.settings.signing_key, issuer=house.settings.did).trusted_as(
        "Sample service (sample)"
    )
    keeper = StatusKeeper(**service.model_dump(), issuers=(orchard.signer.issuer,))
    return TrustList(
        (orchard.signer.trusted_as("Sample Lychee Co-operative (sample data)"),), keepers=(keeper,)
    )


def test_a_season_of_one_passport(either, orchard):
    with either.open() as client:
        passport = orchard.passport(status=reserve(either, client))
        assert either.post(client, passport).status_code == 201
        trust, later = reader(either, orchard), NOW + timedelta(hours=1)
        assert verify(passport, trust=trust, at=later, status=lists_of(client, passport)).lot == "2025-06-A"

        assert act(either, client, passport, "suspend").json()["suspended"] is True
        with pytest.raises(RevokedError, match="is suspended"):
            verify(passport, trust=trust, at=later, status=lists_of(client, passport))
        assert "is suspended" in client.get(LOT).text

        assert act(either, client, passport, "reinstate").json() == {
            "id": passport.unverified_id,
            "revoked": False,
            "suspended": False,
        }
        verify(passport, trust=trust, at=later, status=lists_of(client, passport))

        for _ in range(2):
            assert act(either, client, passport, "revoke").json()["revoked"] is True
        with pytest.raises(RevokedError, match="was revoked"):
            verify(passport, trust=trust, at=later, status=lists_of(client, passport))
        for what in ("reinstate", "suspend"):
            answer = act(either, client, passport, what)
            assert (answer.status_code, answer.json()["problems"][0]["why"]) == (
                409,
                "what was revoked stays revoked",
            )
    with either.open() as client:
        assert "was revoked" in client.get(LOT).text
        scores = client.get("/v1/products/09506000134352/scores", headers=either.auth).json()["scores"]
        assert [entry["score"]["refusal"]["code"] for entry in scores] == ["revoked"]


def test_nobody_elses_passport(either, orchard):
    other_key, digest = new_api_key()
    keys = {**either.settings.api_key_hashes, "stranger": digest}
    with either.changed(api_key_hashes=keys).open() as client:
        passport = orchard.passport(status=reserve(either, client))
        either.post(client, passport)
        stranger = {"Authorization": f"Bearer {other_key}"}
        assert act(either, client, passport, "revoke", **stranger).status_code == 404
        assert act(either, client, passport, "revoke", Authorization="Bearer nonsense").status_code == 401
        taken = orchard.passport("OTHER", status=reserve(either, client))
        answer = client.post("/v1/passports", content=taken.json, headers=stranger)
        assert (answer.status_code, answer.json()["problems"][0]["where"]) == (409, "credentialStatus")
        assert client.get("/ready").json()["passports"] == 1


def test_one_place_one_passport(either, orchard):
    with either.open() as client:
        entries = reserve(either, client)
        assert either.post(client, orchard.passport("ONE", status=entries)).status_code == 201
        answer = either.post(client, orchard.passport("TWO", status=entries))
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (409, "conflict-status")


@pytest.mark.parametrize(
    ("addresses", "says"),
    [
        ({"revocation": "https://elsewhere.example.org/v1/status/revocation/0"}, "fetches no others"),
        ({"revocation": "http://127.0.0.1:8765/v1/status/suspension/0"}, "fetches no others"),
        ({"revocation": "http://127.0.0.1:8765/v1/status/revocation/0"}, "never reserved"),
        ({"revocation": "http://127.0.0.1:8765/v1/status/revocation/../0"}, "fetches no others"),
        ({"revocation": "http://127.0.0.1:8765/v1/status/revocation/9999999"}, "fetches no others"),
    ],
)
def test_a_status_that_this_service_does_not_keep(house, client, orchard, addresses, says):
    answer = house.post(client, orchard.passport(status=status_entries(addresses, 7)))
    assert answer.status_code == 422
    assert says in answer.json()["problems"][0]["why"]


def test_two_places_at_once(house, client, orchard):
    first, second = reserve(house, client), reserve(house, client)
    answer = house.post(client, orchard.passport(status=(first[0], second[1])))
    assert (answer.status_code, answer.json()["problems"][0]["what"]) == (422, "names two places")


def test_a_passport_without_a_place_cannot_be_revoked_and_it_is_said(house, client, orchard):
    passport = orchard.passport()
    house.post(client, passport)
    answer = act(house, client, passport, "revoke")
    assert (answer.status_code, answer.json()["problems"][0]["fix"]) == (409, "replace it by a newer one")


@pytest.mark.parametrize(
    "body", [{"act": "delete", "reason": "x"}, {"act": "revoke"}, {"act": "revoke", "reason": ""}]
)
def test_what_is_no_change(house, client, orchard, body):
    passport = orchard.passport(status=reserve(house, client))
    house.post(client, passport)
    name = passport.unverified_id.removeprefix("urn:uuid:")
    assert client.post(f"/v1/passports/{name}/status", json=body, headers=house.auth).status_code == 422


def test_a_list_is_signed_again_before_it_is_stale(house, orchard):
    with house.open() as client:
        entries = reserve(house, client)
        early = client.get(entries[0].status_list_credential)
        assert client.get(entries[0].status_list_credential).content == early.content
        again = client.get(
            entries[0].status_list_credential, headers={"If-None-Match": early.headers["ETag"]}
        )
        assert again.status_code == 304
    with house.at(NOW + timedelta(hours=30)).open() as client:
        document = client.get(entries[0].status_list_credential).json()
    assert document["validFrom"] == "2025-07-02T14:00:00Z"
    assert document["validUntil"] == "2025-07-03T14:00:00Z"
    assert document["credentialSubject"]["ttl"] == 3_600_000


def test_lists_that_are_not_there(client):
    assert client.get("/v1/status/revocation/0").status_code == 404
    assert client.get("/v1/status/message/0").status_code == 422
    assert client.get("/v1/status/revocation/-1").status_code == 422


def test_places_are_random_and_nobody_gets_anothers(either):
    with either.open() as client, ThreadPoolExecutor(8) as pool:
        places = [entries[0].index for entries in pool.map(lambda _: reserve(either, client), range(64))]
    assert len(set(places)) == 64
    assert places != sorted(places)


def test_a_taken_place_is_drawn_again_and_a_half_full_list_is_left(tmp_path):
    shelf = Shelf.open(f"sqlite:///{tmp_path / 's.db'}")
    drawn = iter([5, 5, 5, 6])
    first, second = (
        shelf.write(lambda c: statuses.reserve(c, "co-op", "now", lambda _: next(drawn))) for _ in range(2)
    )
    assert (first.place, second.place) == (5, 6)

    def fill(connection):
        rows = [
            {"list_number": 0, "place": n, "owner": "x", "reserved_at": "now"} for n in range(7, HALF + 5)
        ]
        connection.execute(statuses.insert(statuses.status_places), rows)

    shelf.write(fill)
    assert shelf.reserve_place("co-op", "now").list_number == 1
    shelf.close()
