"""One key stands for one request, so that it can be repeated without harm."""

from footprint.errors import Problem
from label_service.store.errors import ConflictError
from label_service.store.records import Idempotency


def same_request(body_sha256: str, request: Idempotency) -> bool:
    """True when the key was used for this very body; raises `ConflictError` when it was for another."""
    if body_sha256 != request.body_sha256:
        why = "one key stands for one request, so that it can be repeated without harm"
        fix = "send a new key with a new request"
        raise ConflictError(
            "idempotency", Problem("Idempotency-Key", "was used before with another body", why, fix)
        )
    return True
