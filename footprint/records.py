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
    return parse(file.name, read(file))


def read(file: Path) -> bytes:
    """The bytes of a file, a few more than a record may have at the most.

    Raises:
        RecordError: it cannot be opened.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RecordError(
            Problem(file.name, "cannot be opened", str(error.strerror), "check the name and the folder")
        ) from error


def parse(name: str, content: bytes) -> dict[str, Any]:
    """What the text of a TOML or JSON file says, before anything of it is judged.

    Args:
        name: of the file: JSON where it ends in `.json`.
        content: its bytes.

    Raises:
        RecordError: it is neither, or too large.
    """
    if len(content) > MAX_BYTES:
        raise RecordError(
            Problem(
                name,
                f"is larger than {MAX_BYTES // 1024} KiB",
                "a season's record is a few kilobytes",
                "check that it is the right file",
            )
        )
    try:
        return parse_object(content) if name.endswith(".json") else strict_toml.parse(content)
    except MalformedError as error:
        raise RecordError(*(problem.under(name) for problem in error.problems)) from error
    except strict_toml.NotTomlError as error:
        raise RecordError(
            Problem(name, "is not TOML", str(error), "mend that line; save the file as UTF-8")
        ) from error
