"""For whoever runs the service: is it alive, and can it do its work."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from label_service.api.problems import documented
from label_service.service import Given
from label_service.store import StoreError

router = APIRouter(tags=["operation"])


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Health(BaseModel):
    """What works."""

    status: Literal["ok", "reading only", "down"]
    reading: bool
    writing: bool
    passports: int | None


@router.get("/live", response_model=Alive, summary="The process answers", responses=documented(500))
def get_live() -> Alive:
    """Says nothing about the database; see /ready."""
    return Alive(status="ok")


@router.get(
    "/ready",
    response_model=Health,
    summary="The service can store and show passports",
    responses={503: {"model": Health}, **documented(500)},
)
def get_ready(service: Given) -> JSONResponse:
    """503 when it cannot store; `reading` tells whether pages still work."""
    try:
        stored: int | None = service.shelf.log_size()
    except StoreError:
        stored = None
    writing = stored is not None and service.probe.writing(service.shelf)
    status: Literal["ok", "reading only", "down"] = (
        "ok" if writing else "down" if stored is None else "reading only"
    )
    health = Health(status=status, reading=stored is not None, writing=writing, passports=stored)
    return JSONResponse(health.model_dump(), 200 if writing else 503, {"Cache-Control": "no-store"})
