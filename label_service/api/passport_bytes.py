"""The passport's own bytes as an HTTP response."""

from hashlib import sha256

from fastapi import Request, Response

from label_service.store import Record

MEDIA_TYPE = "application/vc"  # W3C Verifiable Credentials Data Model 2.0, 6.1


def passport_response(request: Request, record: Record, headers: dict[str, str] | None = None) -> Response:
    """The exact bytes, or 304 when the client has them."""
    return cached(request, record.body, MEDIA_TYPE, headers)


def cached(request: Request, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> Response:
    """A body with a strong ETag (RFC 9110, 8.8.3) that a browser may keep but has to ask about."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**(headers or {}), "ETag": tag, "Cache-Control": "public, no-cache"}
    known = {
        given.strip().removeprefix("W/")
        for given in request.headers.get("if-none-match", "")[:2000].split(",")
    }
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
