"""TOML at the door: whatever is wrong with a text, there is one kind of error to catch."""

import tomllib
from typing import Any


class NotTomlError(ValueError):
    """The text is not TOML, not UTF-8, nested too deep, or holds a number nobody can mean."""


def parse(content: bytes | str) -> dict[str, Any]:
    """The table in a text.

    Python's reader follows nesting until its stack ends and refuses integers of more than 4300 digits with a
    plain `ValueError`; both are said like any other fault.

    >>> parse("area = '12 mu'")
    {'area': '12 mu'}
    >>> parse("area = " + "[" * 5000)
    Traceback (most recent call last):
    lca_models.strict_toml.NotTomlError: it is nested too deep

    Raises:
        NotTomlError: for anything else than TOML.
    """
    try:
        return tomllib.loads(content.decode() if isinstance(content, bytes) else content)
    except RecursionError:
        raise NotTomlError("it is nested too deep") from None
    except ValueError as error:
        raise NotTomlError(str(error)) from error
