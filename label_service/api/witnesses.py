"""For witnesses: hand in a cosignature of the log's head (C2SP tlog-cosignature), below `/log`.

No key is asked for: what counts is the signature, of a witness the operator named.
"""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from footprint.errors import FootprintError, LogError, Problem, SignatureError
from footprint.passport.signed_note import MAX_NOTE_BYTES, Note
from label_service.api.problems import ProblemError, documented, too_large
from label_service.service import Given

router = APIRouter(prefix="/log", tags=["log"])


class Cosigned(BaseModel):
    """What was kept, now or before."""

    witnesses: list[str] = Field(examples=[["witness.example.org"]])


@router.post(
    "/cosignatures",
    response_model=Cosigned,
    summary="Hand in a cosigned head",
    responses=documented(409, 413, 422, 500, 503),
    openapi_extra={
        "requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}
    },
)
async def cosign(request: Request, service: Given) -> Cosigned:
    """The signed note of `/log/checkpoint` with your line under it; then it is given out with that head."""
    body = await request.body()
    if len(body) > MAX_NOTE_BYTES:
        raise too_large(MAX_NOTE_BYTES)
    try:
        note, known = Note.parse(body), service.settings.known_witnesses
        names = await run_in_threadpool(service.shelf.cosign, note, known)
    except SignatureError as error:
        raise _refused(422, "signature", error) from error
    except LogError as error:
        raise _refused(409, "other-head", error) from error
    if not names:
        why, fix = "it could be anybody's", "ask the operator to name it in FOOTPRINT_LOG_WITNESSES"
        problem = Problem("note", "bears no cosignature of a witness this log knows", why, fix)
        raise ProblemError(422, "unknown-witness", "Nothing was kept", problem)
    return Cosigned(witnesses=list(names))


def _refused(status: int, slug: str, error: FootprintError) -> ProblemError:
    return ProblemError(status, slug, "Nothing was kept", *error.problems)
