"""Every error as a problem document (RFC 9457), with our where-what-why-fix inside."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from footprint.errors import FootprintError, Problem, RegistryError
from footprint.registry import UnknownBatchError
from label_service.accepting import RefusedError
from label_service.api.negotiation import prefers_html
from label_service.pages.errors import error_page
from label_service.store import ConflictError, StoreError
from label_service.translation import N_

MEDIA_TYPE = "application/problem+json"
TYPES = "https://w3id.org/agrifood-footprint/problems/"
"""Names of problem types; stable, and never fetched."""

RETRY_AFTER_S = 30
logger = logging.getLogger(__name__)


class ProblemDetail(BaseModel):
    """One thing that is wrong."""

    where: str = Field(examples=["credentialSubject.gtin"])
    what: str = Field(examples=["has check digit 1, 2 is right"])
    why: str = Field(examples=["a mistyped GTIN names somebody else's product"])
    fix: str = Field(examples=["read the GTIN again from the pack"])


class ProblemDocument(BaseModel):
    """RFC 9457 problem details; `problems` lists everything found, not only the first."""

    type: str = Field(examples=[TYPES + "passport-refused"])
    title: str = Field(examples=["The passport is refused"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["nothing was stored"])
    instance: str = Field(examples=["/v1/passports"])
    request_id: str = Field(examples=["0f8e6f0c1b6e4b0c9a3f3b0f6a4f7c11"])
    problems: list[ProblemDetail]


class ProblemError(Exception):
    """Raised by a route to answer with a problem."""

    def __init__(
        self, status: int, slug: str, title: str, *problems: Problem, headers: dict[str, str] | None = None
    ) -> None:
        self.status, self.slug, self.title, self.problems = status, slug, title, problems
        self.headers = headers or {}
        super().__init__(title)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries for the problems a route can answer with."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def install(app: FastAPI) -> None:
    """Handlers for everything that can be raised."""
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(ConflictError, _conflict)
    app.add_exception_handler(RegistryError, _against_the_rules)
    app.add_exception_handler(StoreError, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def answer(request: Request, error: ProblemError) -> Response:
    """The problem, as JSON for machines and as a page for people."""
    headers = {**error.headers, "Cache-Control": "no-store"}
    if prefers_html(request):
        return error_page(request, error.status, error.title, error.problems, headers)
    document = ProblemDocument(
        type=TYPES + error.slug,
        title=error.title,
        status=error.status,
        detail="; ".join(str(problem) for problem in error.problems) or error.title,
        instance=request.url.path,
        request_id=request.scope.get("request_id", ""),
        problems=[ProblemDetail(where=p.where, what=p.what, why=p.why, fix=p.fix) for p in error.problems],
    )
    return JSONResponse(document.model_dump(), error.status, headers, MEDIA_TYPE)


def too_large(limit: int) -> ProblemError:
    """413."""
    problem = Problem(
        "body",
        f"is larger than {limit} bytes",
        "a passport has some kilobytes",
        "send one passport per request",
    )
    return ProblemError(413, "body-too-large", N_("The body is too large"), problem)


def unreadable(cause: BaseException | None) -> ProblemError:
    """400: no JSON could be made of the body, for a reason that its reader has no words for."""
    what, why, fix = "cannot be read", "it is no JSON", "send one JSON object, in UTF-8"
    if isinstance(cause, RecursionError):
        what, why = (
            "is nested too deep",
            "its brackets open inside each other more often than can be followed",
        )
        fix = "send what /openapi.json describes; it is a few levels deep"
    elif isinstance(cause, UnicodeDecodeError):
        what, why = "is not UTF-8", f"byte {cause.start} begins no character"
    return ProblemError(
        400, "unreadable-body", N_("The body cannot be read"), Problem("body", what, why, fix)
    )


def internal() -> ProblemError:
    """500: says nothing about the inside."""
    problem = Problem(
        "service", "failed", "this is our fault, not yours", "report the request_id to the operator"
    )
    return ProblemError(500, "internal", N_("The service failed"), problem)


def not_found(where: str, what: str, fix: str) -> ProblemError:
    """404."""
    return ProblemError(
        404, "not-found", N_("Nothing is here"), Problem(where, what, "it was never stored here", fix)
    )


async def _problem(request: Request, error: Exception) -> Response:
    return answer(request, cast("ProblemError", error))


async def _refused(request: Request, error: Exception) -> Response:
    logger.info("request %s refused: %r", request.scope.get("request_id"), str(error))  # %r: no forged lines
    return answer(
        request, _of(422, "passport-refused", N_("The passport is refused; nothing was stored"), error)
    )


async def _conflict(request: Request, error: Exception) -> Response:
    kind = cast("ConflictError", error).kind
    if kind == "idempotency":
        return answer(
            request,
            _of(422, "idempotency-key-reused", N_("The Idempotency-Key was used for something else"), error),
        )
    return answer(
        request, _of(409, f"conflict-{kind}", N_("The passport does not fit what is stored"), error)
    )


async def _against_the_rules(request: Request, error: Exception) -> Response:
    if isinstance(error, UnknownBatchError):
        return answer(request, _of(404, "not-found", N_("Nothing is here"), error))
    title = N_("The registry of removals forbids it; nothing was stored")
    return answer(request, _of(409, "conflict-removal", title, error))


async def _unavailable(request: Request, error: Exception) -> Response:
    problem = _of(
        503, "store-unavailable", N_("The database cannot be used just now; nothing was stored"), error
    )
    problem.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer(request, problem)


async def _invalid(request: Request, error: Exception) -> Response:
    found = [
        Problem(".".join(map(str, e["loc"])), e["msg"].lower(), "", "see /openapi.json")
        for e in cast("RequestValidationError", error).errors()
    ]
    return answer(request, ProblemError(422, "invalid-request", N_("The request is not understood"), *found))


async def _http(request: Request, raised: Exception) -> Response:
    error = cast("HTTPException", raised)
    if error.status_code == 413:
        return answer(request, too_large(request.app.state.max_body_bytes))
    if (
        error.status_code == 400 and error.__cause__ is not None
    ):  # FastAPI could not read a body and hides why
        return answer(request, unreadable(error.__cause__))
    phrase = HTTPStatus(error.status_code).phrase
    fixes = {
        404: "see /openapi.json for what is here",
        405: f"use {(error.headers or {}).get('Allow', 'another method')}",
    }
    problem = Problem(
        request.method, f"{request.url.path[:200]!r}: {phrase.lower()}", "", fixes.get(error.status_code, "")
    )
    slug = phrase.lower().replace(" ", "-")
    return answer(
        request, ProblemError(error.status_code, slug, phrase, problem, headers=dict(error.headers or {}))
    )


def _of(status: int, slug: str, title: str, error: Exception) -> ProblemError:
    problems: Iterable[Problem] = error.problems if isinstance(error, FootprintError) else ()
    return ProblemError(status, slug, title, *problems)
