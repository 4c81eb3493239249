"""What a user writes about a background: TOML, read strictly, every fault of the file at once."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from footprint.errors import InputError, Problem
from lca_models import strict_toml

MAX_BYTES = 4 * 1024 * 1024
ModelT = TypeVar("ModelT", bound=BaseModel)


def read(model: type[ModelT], path: Path) -> ModelT:
    """The content of a file.

    Args:
        model: what it must be.
        path: the file.

    Raises:
        InputError: it cannot be read, is larger than 4 MiB, or is something else; every fault at once.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise InputError(Problem(str(path), "is larger than 4 MiB", "no such file is", "split it"))
        return model.model_validate(strict_toml.parse(content))
    except (OSError, strict_toml.NotTomlError) as error:
        raise InputError(Problem(str(path), "cannot be read", str(error), "mend the file")) from error
    except ValidationError as error:
        fix = "see docs/howto/bring-a-background.md"
        where = [f"{path.name}: {'.'.join(map(str, found['loc']))}" for found in error.errors()]
        problems = zip(where, error.errors(), strict=True)
        raise InputError(*(Problem(place, found["msg"], "", fix) for place, found in problems)) from error
