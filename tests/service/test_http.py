"""What every answer has in common, and what the OpenAPI document promises."""

import pytest

GTIN = "09506000134352"
PATHS = [
    "/",
    "/live",
    "/ready",
    "/openapi.json",
    "/nothing",
    f"/01/{GTIN}/10/A",
    "/v1/passports/x",
    "/static/page.css",
]


@pytest.mark.parametrize("path", PATHS)
def test_protective_headers_on_every_answer(client, path):
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script" not in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert len(headers["X-Request-ID"]) == 32


def test_hsts_only_where_there_is_https(house, client):
    assert "Strict-Transport-Security" not in client.get("/live").headers
    with house.changed(public_url="https://passports.example.org").open() as secure:
        assert "Strict-Transport-Security" in secure.get("/live").headers


@pytest.mark.parametrize(
    ("given", "kept"),
    [("client-request-17", True), ("short", False), ("<b>12345678</b>", False), ("x" * 65, False)],
)
def test_a_request_id_may_be_given(client, given, kept):
    assert (client.get("/live", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given) == kept


def test_every_route_documents_its_problems(client):
    document = client.get("/openapi.json").json()
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            problems = {
                status: answer for status, answer in operation["responses"].items() if status >= "400"
            }
            assert "500" in problems, f"{method} {path}"
            for status, answer in problems.items():
                kinds = set(answer["content"])
                assert "application/problem+json" in kinds or (path, status) == ("/ready", "503"), (
                    f"{path} {status}"
                )
            assert operation["summary"]


def test_every_writing_or_lending_route_asks_for_a_key(client):
    document = client.get("/openapi.json").json()
    guarded = {
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if "security" in operation
    }
    assert guarded == {
        "/v1/passports",
        "/v1/passports/{passport_id}/status",
        "/v1/products/{gtin}/scores",
        "/v1/removals/batches",
        "/v1/removals/batches/{batch_id}/claims",
        "/v1/removals/batches/{batch_id}/measurements",
        "/v1/status-entries",
    }


def test_the_document_has_examples(client):
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    for name in ("Accepted", "InclusionProof", "ProblemDocument", "ProblemDetail"):
        assert any("examples" in field for field in schemas[name]["properties"].values()), name


def test_no_page_needs_a_script_viewer(client):
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
