"""A problem in pydantic's clothes, so that a record reports all its problems at once."""

from pydantic_core import ErrorDetails, PydanticCustomError

from lca_models.errors import Problem


def fault(what: str, why: str, fix: str) -> PydanticCustomError:
    """What a validator raises; `problem` turns it back into words."""
    return PydanticCustomError("fault", "{what} — {why} — {fix}", {"what": what, "why": why, "fix": fix})


def problem(details: ErrorDetails, *, fix: str) -> Problem:
    """One problem of a validation, each place named as the form names it (lists count from 1)."""
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in details["loc"])
    context = details.get("ctx", {})
    if details["type"] == "fault":
        return Problem(where, context["what"], context["why"], context["fix"])
    if details["type"] == "missing":
        how = 'answer it, or say source = "default" if nobody knows'
        return Problem(where, "is missing", "nothing is filled in silently", how)
    return Problem(where, details["msg"], f"got {str(details['input'])[:60]!r}", fix)
