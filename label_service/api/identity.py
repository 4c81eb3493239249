"""Who is writing: an API key of 256 random bits in `Authorization: Bearer`."""

from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from footprint.errors import Problem
from label_service.api.problems import ProblemError
from label_service.service import Given
from label_service.settings import API_KEY, hash_of

_bearer = HTTPBearer(auto_error=False, description="API key, as the operator of this service handed it out")


async def _owner(
    service: Given, given: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> str:
    """The name of the key's owner; every comparison takes the same time."""
    if given is None:
        raise _unknown("is missing", "writing and scores need an API key")
    if not API_KEY.fullmatch(given.credentials):
        raise _unknown(
            "is not one of ours",
            "keys are afk_ and 43 characters: 256 random bits; anything shorter can be guessed",
        )
    digest = hash_of(given.credentials)
    matches = [
        name for name, stored in service.settings.api_key_hashes.items() if compare_digest(stored, digest)
    ]
    if not matches:
        raise _unknown("is not known", "it was never handed out, or was withdrawn")
    return matches[0]


def _unknown(what: str, why: str) -> ProblemError:
    problem = Problem(
        "Authorization",
        f"the API key {what}",
        why,
        "send Authorization: Bearer <key>; the operator makes keys",
    )
    return ProblemError(
        401,
        "api-key",
        "An API key is needed",
        problem,
        headers={"WWW-Authenticate": 'Bearer realm="agrifood-footprint"'},
    )


Owner = Annotated[str, Depends(_owner)]
"""The name of the API key's owner, as an argument of a route: without it the route is not reached."""
