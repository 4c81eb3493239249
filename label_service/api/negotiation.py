"""What the client wants: a page, or the passport itself."""

from collections.abc import Iterator

from fastapi import Request

PASSPORT_TYPES = ("application/vc", "application/json", "application/ld+json")
MAX_HEADER = 1000


def prefers_html(request: Request) -> bool:
    """Whether a browser is asking: HTML is named, and not after a machine's type."""
    accepted = _accepted(request)
    return accepted.get("text/html", 0) > max((accepted.get(kind, 0) for kind in PASSPORT_TYPES), default=0)


def prefers_passport(request: Request) -> bool:
    """Whether the passport's bytes are asked for rather than its page."""
    accepted = _accepted(request)
    wanted = max(accepted.get(kind, 0) for kind in PASSPORT_TYPES)
    return wanted > max(accepted.get("text/html", 0), accepted.get("text/*", 0))


def credential_type(request: Request) -> str:
    """The media type a credential is called by: its own, unless only a type of JSON is asked for."""
    accepted = _accepted(request)
    named = [kind for kind in PASSPORT_TYPES if accepted.get(kind, 0) > 0]
    return named[0] if named else PASSPORT_TYPES[0]


def _accepted(request: Request) -> dict[str, float]:
    return dict(_ranges(request.headers.get("accept", "")[:MAX_HEADER]))


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        yield kind, float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
