"""The JSON Schema of the claims, as it travels: `python -m footprint.passport.schema` prints it.

The printed file is `schemas/claims-1.json`, the `dataSchema` of our extension to PACT.
"""

import json
import sys
from typing import Any

from footprint.passport.claims import Claims
from footprint.passport.pact_claims import CLAIMS_SCHEMA


def claims_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the claims in a passport."""
    schema = Claims.model_json_schema(mode="serialization")
    for model in (schema, *schema["$defs"].values()):
        model.pop("description", None)  # docstrings are for readers of the code; fields keep theirs
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": CLAIMS_SCHEMA}
    return {**head, **schema, "title": "Claims of a carbon passport, version 1"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(claims_schema(), indent=2, ensure_ascii=False) + "\n")
