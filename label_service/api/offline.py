"""For whoever stands at a dock without a network: the page that checks codes, and the signed trust list it uses."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from footprint.passport.trust import MAX_TRUST_LIST_BYTES
from label_service.api.passport_bytes import cached
from label_service.api.problems import documented, not_found
from label_service.pages.language import AskedLanguage
from label_service.pages.offline import page_policy, verify_page, worker
from label_service.service import Given

router = APIRouter(prefix="/verify", tags=["offline"])

Download = Annotated[bool, Query(description="as a file to keep")]


@router.get(
    "", summary="Check a code without a network", response_class=HTMLResponse, responses=documented(422, 500)
)
def get_verify(language: AskedLanguage, download: Download = False) -> Response:  # noqa: FBT002 - a query
    """One file with everything in it; the browser keeps it and needs no network the next time."""
    headers = {"Content-Security-Policy": page_policy(), "Vary": "Accept-Language"}
    if download:
        headers["Content-Disposition"] = 'attachment; filename="verify.html"'
    return HTMLResponse(verify_page(language), headers=headers)


@router.get(
    "/worker.js", summary="Keeps the page offline", response_class=Response, responses=documented(500)
)
def get_worker(request: Request) -> Response:
    """A service worker for this page alone."""
    policy = "default-src 'none'; connect-src 'self'"
    headers = {"Service-Worker-Allowed": "/verify", "Content-Security-Policy": policy}
    return cached(request, worker().encode(), "text/javascript", headers)


@router.get(
    "/trust.json",
    summary="The signed trust list",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}, **documented(404, 500)},
)
def get_trust_list(request: Request, service: Given) -> Response:
    """As its root signed it, read anew each time; the page believes it only under the root that is pinned there."""
    path = service.settings.signed_trust_list
    try:
        body = path.read_bytes()[:MAX_TRUST_LIST_BYTES] if path else None
    except OSError:
        body = None
    if body is None:
        raise not_found("trust list", "none is offered here", "ask your root for its signed trust list")
    return cached(request, body, "application/json")
