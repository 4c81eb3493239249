"""For public test suites: any credential or presentation as a token, with the suite's own key. Off by default.

Suites of JOSE bring their keys along, secret ones too. Such a key has protected nothing since it was published; it is
used for the one answer and kept nowhere.
"""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from label_service.any_envelope import AnyEnvelope, Form
from label_service.any_key import AnyKey
from label_service.api.problems import documented
from label_service.api.vc_api import Verified, answered
from label_service.service import Given

router = APIRouter(prefix="/vc-api/envelopes", tags=["test suites"])

ANSWERS = documented(400, 413, 422, 500)
Method = Annotated[dict[str, Any], Field(description="a JsonWebKey verification method")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    verificationMethod: Method  # noqa: N815 - the name the standard gives it


class ToSign(_Asked):
    """What is to be signed, with the secret key of the suite."""

    document: dict[str, Any]
    disclose: tuple[Annotated[str, Field(max_length=200)], ...] = Field(
        default=(),
        max_length=100,
        examples=[["credentialSubject.address.city", "credentialSubject.phones[0]"]],
    )


class ToCheck(_Asked):
    """A token, and the public key of the suite."""

    envelope: Annotated[str, Field(max_length=1_000_000)]


class Enveloped(BaseModel):
    """The token."""

    envelope: str


@router.post("/{form}/issue", status_code=201, response_model=Enveloped, summary="Sign", responses=ANSWERS)
async def issue(form: Form, asked: ToSign) -> Enveloped:
    """`disclose` names the places that an `+sd-jwt` can withhold."""
    key = answered(AnyKey.of, asked.verificationMethod)
    made = await run_in_threadpool(answered, AnyEnvelope(form).issue, asked.document, key, asked.disclose)
    return Enveloped(envelope=made)


@router.post("/{form}/verify", response_model=Verified, summary="Check a token", responses=ANSWERS)
async def verify(service: Given, form: Form, asked: ToCheck) -> Verified:
    """Its form, its signature, and what is in it; `warnings` tells what nobody could decide offline."""
    key = answered(AnyKey.of, asked.verificationMethod)
    told = await run_in_threadpool(answered, AnyEnvelope(form).check, asked.envelope, key, service.clock())
    return Verified(checks=["signature"], warnings=told)
