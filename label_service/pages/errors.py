"""Problems as a page, for people with a browser."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import HTMLResponse

from footprint.errors import Problem
from label_service.pages.language import language_of
from label_service.pages.templates import render


def error_page(
    request: Request, status: int, title: str, problems: Sequence[Problem], headers: dict[str, str]
) -> HTMLResponse:
    """Says what is wrong and what to do, and leads back to the front page."""
    request_id = request.scope.get("request_id", "")
    page = render(
        "error.html",
        language_of(request),
        status=status,
        title=title,
        problems=problems,
        request_id=request_id,
        here="/",
    )
    return HTMLResponse(page, status, headers)
