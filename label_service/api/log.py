"""For monitors and witnesses: the log as static files (C2SP tlog-tiles), below `/log`."""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from footprint.errors import Problem
from footprint.passport.checkpoint import Checkpoint
from footprint.passport.signed_note import Note
from footprint.passport.tiles import WIDTH, bundle, width_of
from label_service.api.problems import ProblemError, documented, not_found
from label_service.service import Given, Service

router = APIRouter(prefix="/log", tags=["log"])

TILE = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
BINARY = {200: {"content": {"application/octet-stream": {}}}, **documented(404, 422, 500, 503)}

TilePath = Annotated[str, Path(description="x001/x234/067, or 000.p/7 for its first seven", max_length=40)]


class Consistency(BaseModel):
    """RFC 6962, 2.1.2: that the newer tree begins with the older one."""

    old_size: int = Field(examples=[41])
    new_size: int = Field(examples=[42])
    path: list[str] = Field(
        description="hex", examples=[["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]]
    )


@router.get(
    "/checkpoint",
    summary="The signed head of the log",
    response_class=PlainTextResponse,
    responses=documented(404, 422, 500, 503),
)
def get_checkpoint(
    service: Given,
    witnesses: Annotated[int, Query(ge=0, le=20, description="the newest that so many have cosigned")] = 0,
) -> Response:
    """A signed note (C2SP tlog-checkpoint): origin, size, root, the log's signature, then those of its witnesses."""
    return PlainTextResponse(_newest(service, witnesses), headers={"Cache-Control": "no-cache"})


@router.get(
    "/consistency",
    response_model=Consistency,
    summary="That the log only grew",
    responses=documented(422, 500, 503),
)
def get_consistency(
    service: Given,
    old_size: Annotated[int, Query(alias="from", ge=1, le=2**53)],
    new_size: Annotated[int, Query(alias="to", ge=1, le=2**53)],
) -> Consistency:
    """Between any two sizes; check it with `footprint.passport.merkle.verify_consistency`."""
    whole = _size(service)
    if not old_size <= new_size <= whole:
        what = f"from {old_size} to {new_size}; the log has {whole} entries"
        raise ProblemError(
            422, "tree-size", "There is no such tree", Problem("from, to", what, "", "from ≤ to ≤ size")
        )
    path = service.shelf.consistency(old_size, new_size)
    return Consistency(old_size=old_size, new_size=new_size, path=[step.hex() for step in path])


@router.get("/tile/entries/{tile:path}", summary="Entries", response_class=Response, responses=BINARY)
def get_entries(service: Given, tile: TilePath) -> Response:
    """A bundle: each entry after its length in two bytes."""
    position, width = _asked(service, 0, tile)
    return _forever(bundle(service.shelf.entries(position, width)))


@router.get(
    "/tile/{level}/{tile:path}", summary="Hashes of the tree", response_class=Response, responses=BINARY
)
def get_tile(service: Given, level: Annotated[int, Path(ge=0, le=6)], tile: TilePath) -> Response:
    """Up to 256 hashes; a partial tile as it was when its checkpoint was signed."""
    position, width = _asked(service, level, tile)
    return _forever(service.shelf.tile(level, position, width))


def _newest(service: Service, witnesses_needed: int = 0) -> bytes:
    note = service.shelf.checkpoint(witnesses_needed)
    if note is None and witnesses_needed:
        fix = "hand in cosignatures: footprint log witness --send"
        raise not_found("checkpoint", f"none that {witnesses_needed} witnesses have cosigned", fix)
    if note is None:
        raise not_found("checkpoint", "no checkpoint yet", "the first passport brings the first")
    return note


def _size(service: Service) -> int:
    """What is signed; what is newer is nobody's business yet."""
    return Checkpoint.parse(Note.parse(_newest(service)).text).size


def _asked(service: Service, level: int, tile: str) -> tuple[int, int]:
    """Position and width of a tile that a signed head covers."""
    match = TILE.fullmatch(tile)
    position = int(match[1].replace("x", "").replace("/", "")) if match else -1
    width = int(match[2] or WIDTH) if match else 0
    if match is None or width > WIDTH or width > width_of(level, position, _size(service)):
        raise not_found("tile", f"no tile {tile}", "see /log/checkpoint for the size of the log")
    return position, width


def _forever(body: bytes) -> Response:
    return Response(body, media_type="application/octet-stream", headers=FOR_EVER)
