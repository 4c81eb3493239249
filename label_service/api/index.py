"""The front page and the way from a pack to its passport."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from footprint.errors import MalformedError
from footprint.passport import DigitalLink
from label_service.api.problems import ProblemError, documented
from label_service.pages.index import index_page
from label_service.pages.language import language_of
from label_service.service import Given
from label_service.translation import N_

router = APIRouter(tags=["pages"])

NEWEST = 20


@router.get("/", response_class=HTMLResponse, summary="What this is", responses=documented(500, 503))
def get_index(request: Request, service: Given) -> Response:
    """How to look up a lot, and the newest passports."""
    page = index_page(service, service.shelf.current(limit=NEWEST), language_of(request))
    return HTMLResponse(page, headers={"Vary": "Accept-Language"})


@router.get(
    "/lookup",
    summary="From GTIN and lot to the passport",
    status_code=303,
    response_class=Response,
    responses=documented(400, 422, 500),
)
def look_up(
    gtin: Annotated[str, Query(max_length=20)],
    lot: Annotated[str, Query(max_length=60)],
    lang: Annotated[str | None, Query(max_length=35)] = None,
) -> Response:
    """What the form on the front page leads to."""
    try:
        link = DigitalLink(gtin.strip(), lot.strip())
    except MalformedError as error:
        raise ProblemError(
            400, "not-a-digital-link", N_("This is not the address of a lot"), *error.problems
        ) from error
    return RedirectResponse(link.path + (f"?lang={lang}" if lang in ("en", "zh-Hans") else ""), 303)
