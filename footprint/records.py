"""Records from a file: TOML or JSON, one schema, the same bytes inside."""

from pathlib import Path
from typing import Any

from footprint.errors import MalformedError, Problem, RecordError
from footprint.passport.strict_json import MAX_BYTES, parse_object
from lca_models import strict_toml
from lca_models.product_system import ProductSystem


def load(path: Path | str) -> ProductSystem:
    """Read the records of a product.

    Raises:
        RecordError: the file cannot be read, or its answers cannot be used; every problem at once.
    """
    return ProductSystem.of(read_answers(path))


def read_answers(path: Path | str) -> dict[str, Any]:
    """What a TOML or JSON file says, before anything of it is judged.

    Raises:
        RecordError: the file cannot be read.
    """
    file = Path(path)
    return _parse(file.name, _read(file))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RecordError(
            Problem(file.name, "cannot be opened", str(error.strerror), "check the name and the folder")
        ) from error
    if len(content) > MAX_BYTES:
        raise RecordError(
            Problem(
                file.name,
                f"is larger than {MAX_BYTES // 1024} KiB",
                "a season's record is a few kilobytes",
                "check that it is the right file",
            )
        )
    return content


def _parse(name: str, content: bytes) -> dict[str, Any]:
    try:
        return parse_object(content) if name.endswith(".json") else strict_toml.parse(content)
    except MalformedError as error:
        raise RecordError(*(problem.under(name) for problem in error.problems)) from error
    except strict_toml.NotTomlError as error:
        raise RecordError(
            Problem(name, "is not TOML", str(error), "mend that line; save the file as UTF-8")
        ) from error
