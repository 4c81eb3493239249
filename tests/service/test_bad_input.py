"""Every bad request is answered with a problem that says where, what, why and how to fix it; nothing is stored."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from footprint.errors import FootprintError
from footprint.passport import Signer
from label_service.settings import Settings, new_api_key

GTIN = "09506000134352"
NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def refused(house, client):
    """Posts and checks that it is a 422 problem and that the log did not grow."""

    def post(body: bytes) -> dict:
        answer = house.post(client, body)
        problem = problem_of(answer, 422)
        assert client.get("/ready").json()["passports"] == 0
        return problem

    return post


def problem_of(answer, status: int) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "request_id", "problems"}
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    assert problem["problems"]
    assert all(found["where"] and found["what"] for found in problem["problems"])
    return problem


def reasons(problem: dict) -> str:
    return json.dumps(problem["problems"], ensure_ascii=False)


def test_a_flipped_byte(refused, orchard):
    tampered = orchard.passport().json.replace(b'"gross_kg_co2e":"1.0', b'"gross_kg_co2e":"0.0', 1)
    assert "signature" in reasons(refused(tampered)).lower()


def test_another_key(refused, orchard):
    stranger = type(orchard)(Signer.from_seed(bytes(32))).passport()
    assert "not in the trust list" in reasons(refused(stranger.json))


def test_another_resolver(refused, orchard):
    elsewhere = orchard.passport(resolver="https://elsewhere.example.org")
    assert "sign with the resolver http://127.0.0.1:8765" in reasons(refused(elsewhere.json))


def test_expired(refused, orchard):
    old = orchard.passport(days=30, issued_at=NOW - timedelta(days=60))
    assert "validUntil" in reasons(refused(old.json))


def test_not_valid_yet(refused, orchard):
    early = orchard.passport(issued_at=NOW + timedelta(days=1))
    assert "validFrom" in reasons(refused(early.json))


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("empty", lambda _: b""),
        ("no JSON", lambda _: b"hello"),
        ("not an object", lambda _: b"[]"),
        ("duplicate key", lambda body: body.replace(b'{"@context"', b'{"id":"urn:uuid:0","@context"', 1)),
        ("NaN", lambda body: b'{"id":NaN,' + body[1:]),
        ("infinite number", lambda body: b'{"x":1e400,' + body[1:]),
        ("not UTF-8", lambda body: body.replace(b"Lychee", b"\xff\xfe", 1)),
        ("byte order mark", lambda body: b"\xef\xbb\xbf" + body),
        ("too deep", lambda body: b'{"x":' + b"[" * 200 + b"]" * 200 + b"," + body[1:]),
        ("cut off", lambda body: body[:-20]),
        ("too long for a passport", lambda body: body[:-1] + b" " * 300_000 + b"}"),
    ],
)
def test_not_strict_json(refused, orchard, name, spoil):
    assert refused(spoil(orchard.passport().json))["title"] == "The passport is refused; nothing was stored"


def test_a_name_that_cannot_be_printed(refused, orchard, lychee):
    thai = orchard.passport(footprint=lychee({"name": "ลิ้นจี่"}))
    problem = refused(thai.json)
    assert "U+0E25" in reasons(problem)
    assert all("label_font" in found["fix"] for found in problem["problems"])


def test_all_reasons_at_once(refused, orchard, lychee):
    thai = orchard.passport(footprint=lychee({"name": "ลิ้นจี่"}))
    assert len(refused(thai.json)["problems"]) == len(set("ลิ้นจี่"))


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (None, "is missing"),
        ("Bearer", "is missing"),
        ("Basic dXNlcjpwdw==", "is missing"),
        ("Bearer changeme", "256 random bits"),
        ("Bearer afk_short", "256 random bits"),
        ("Bearer " + "afk_" + "A" * 43, "never handed out"),
        ("Bearer " + "x" * 5000, "256 random bits"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/passports"), ("GET", f"/v1/products/{GTIN}/scores")]
)
def test_a_missing_or_weak_key_opens_nothing(client, orchard, method, path, header, says):
    headers = {} if header is None else {"Authorization": header}
    answer = client.request(
        method, path, headers=headers, content=orchard.passport().json if method == "POST" else None
    )
    assert says in reasons(problem_of(answer, 401))
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/ready").json()["passports"] == 0


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 50_000_000])
def test_a_huge_body(house, client, size):
    answer = client.post("/v1/passports", content=b"x" * size, headers=house.auth)
    assert "larger than 1048576 bytes" in reasons(problem_of(answer, 413))


def test_a_huge_body_that_does_not_say_how_long_it_is(house, client):
    chunks = (b"x" * 100_000 for _ in range(500))
    answer = client.post("/v1/passports", content=chunks, headers=house.auth)
    assert "larger than 1048576 bytes" in reasons(problem_of(answer, 413))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing/here", 404),
        (f"/01/{GTIN}/10/UNKNOWN", 404),
        (f"/01/{GTIN}/10/UNKNOWN/label.svg", 404),
        ("/v1/passports/00000000-0000-4000-8000-000000000000", 404),
        ("/v1/passports/not-a-uuid", 422),
        ("/01/09506000134353/10/A", 400),  # wrong check digit
        ("/01/0950600013435X/10/A", 400),
        (f"/01/{GTIN}/10/%C3%A9", 400),  # not in GS1 character set 82
        (f"/01/{GTIN}/10/{'A' * 21}", 400),
        (f"/01/{GTIN}/10/A%2", 400),
        (f"/01/{GTIN}/10/A%00", 400),
        (f"/01/{GTIN}/10/A?format=exe", 422),
        (f"/01/{GTIN}/10/A/label.exe", 422),
        ("/lookup?gtin=1234&lot=A", 400),
        ("/lookup", 422),
    ],
)
def test_wrong_addresses(client, path, status):
    problem_of(client.get(path), status)


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/v1/passports"), ("PUT", f"/01/{GTIN}/10/A"), ("POST", "/ready")]
)
def test_wrong_methods(client, method, path):
    answer = client.request(method, path)
    problem_of(answer, 405)
    assert answer.headers["Allow"]


@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "näh"])
def test_unusable_idempotency_keys(house, client, orchard, key):
    answer = client.post(
        "/v1/passports",
        content=orchard.passport().json,
        headers={**house.auth, "Idempotency-Key": key.encode()},
    )
    problem_of(answer, 422)
    assert client.get("/ready").json()["passports"] == 0


def test_a_browser_gets_a_page_instead(client):
    answer = client.get(f"/01/{GTIN}/10/UNKNOWN", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "What to do" in answer.text


def test_an_inner_failure_says_nothing_about_the_inside(house, client, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("password=hunter2 at /srv/secret")

    monkeypatch.setattr(type(client.app.state.service.shelf), "versions", fail)
    answer = client.get(f"/01/{GTIN}/10/A")
    problem_of(answer, 500)
    assert "hunter2" not in answer.text
    assert "secret" not in answer.text


SETTINGS = {
    "public_url": "https://passports.example.org",
    "trust_list": "trust.json",
    "signing_key": "service.key",
}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"public_url": "http://passports.example.org"}, "not an https origin"),
        ({"public_url": "https://passports.example.org/"}, "not an https origin"),
        ({"public_url": "https://Passports.example.org"}, "plain form"),
        ({"public_url": "ftp://passports.example.org"}, "not an https origin"),
        ({"api_key_hashes": {"co-op": "changeme"}}, "not a SHA-256"),
        ({"api_key_hashes": {"co-op": new_api_key()[0]}}, "is the key itself"),
        ({"api_key_hashes": {"co-op": sha256(b"changeme").hexdigest()}}, "a word everybody tries"),
        ({"api_key_hashes": {"co-op": "0" * 64}}, "a word everybody tries"),
        ({"api_key_hashes": {"a": "ab12" * 16, "b": "ab12" * 16}}, "two names share one key"),
        ({"api_key_hashes": {"a\nb": "ab12" * 16}}, "not a usable name"),
        ({"max_body_bytes": 10**9}, "max_body_bytes"),
        ({"contact": "<script>"}, "contact"),
        ({"surprise": 1}, "surprise"),
        ({"public_url": None}, "public_url"),
    ],
)
def test_settings_that_must_not_be_run(changed, says):
    with pytest.raises(FootprintError, match=says):
        Settings.read(**{**SETTINGS, **changed})


def test_settings_report_everything_at_once():
    with pytest.raises(FootprintError) as error:
        Settings.read(**{**SETTINGS, "public_url": "http://x.example", "api_key_hashes": {"co-op": "0" * 64}})
    assert len(error.value.problems) == 2


def test_settings_never_print_key_hashes():
    digest = new_api_key()[1]
    assert digest not in repr(Settings.read(**SETTINGS, api_key_hashes={"co-op": digest}))


@pytest.mark.parametrize(
    ("body", "what", "why"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "is nested too deep", "open inside each other"),
        (b'{"act":"\xff"}', "is not UTF-8", "byte 8 begins no character"),
    ],
)
def test_a_body_that_no_reader_has_words_for(house, client, body, what, why):
    """Where JSON is read for us; a posted passport is read by our own reader, which says it itself."""
    headers = {**house.auth, "Content-Type": "application/json"}
    answer = client.post(
        "/v1/passports/0e4c6c8e-6f0e-5d5c-8a9b-3b0d8d8a5f11/status", content=body, headers=headers
    )
    problem = problem_of(answer, 400)
    assert problem["title"] == "The body cannot be read"
    (found,) = problem["problems"]
    assert (found["where"], found["what"]) == ("body", what)
    assert why in found["why"]
    assert found["fix"]
