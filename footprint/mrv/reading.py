"""A validation from its file."""

from pathlib import Path

from pydantic import ValidationError

from footprint.errors import InputError, MalformedError, Problem
from footprint.mrv.result import Validation
from footprint.mrv.rows import MOST_BYTES, content_of
from footprint.passport.strict_json import parse_object


def read_validation(path: Path) -> Validation:
    """A validation made by `footprint mrv validate --out`.

    Raises:
        InputError: it cannot be read, or is none.
    """
    fix = "make it with `footprint mrv validate … --out validation.json`"
    try:
        return Validation.model_validate(parse_object(content_of(path), max_bytes=MOST_BYTES))
    except MalformedError as error:
        raise InputError(*(problem.under(path.name) for problem in error.problems)) from error
    except ValidationError as error:
        what = f"is no validation: {error.error_count()} fields do not fit"
        raise InputError(Problem(path.name, what, str(error.errors()[0]["loc"]), fix)) from error
