"""The OpenAPI document: ours says what errors look like too."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from label_service.api.problems import ProblemDocument

DESCRIPTION = """Stores signed carbon passports of food, and shows their pages, labels and scores.

Every error is a problem document (RFC 9457) that lists all problems found, each with where, what, why and
how to fix it. Amounts are decimal strings. Gross emissions, removals and biogenic carbon are never netted."""


def describe(app: FastAPI) -> None:
    """Replaces FastAPI's generator by one that knows problem documents."""

    def generate() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _generated(app)
        return app.openapi_schema

    app.openapi = generate  # type: ignore[method-assign]  # FastAPI's documented way to extend it


def _generated(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs", {}))
    schemas["ProblemDocument"] = schema
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document
