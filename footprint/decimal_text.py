"""Decimals out of text, by compiled code alone: one pattern says which texts are numbers, and nothing else is read.

A passport holds about a hundred of them. Python is asked about none.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

_LIMITS = ("gt", "ge", "le", "lt")


def decimal_text(pattern: str, *, longest: int, refusal: str, **limits: Any) -> CoreSchema:  # noqa: ANN401
    """A schema that reads decimals from text of that pattern, and from nothing else.

    Args:
        pattern: of the whole text; it must not allow what `Decimal` refuses.
        longest: characters at the most.
        refusal: what is said of every other text.
        **limits: of the number, as `gt`, `ge`, `le` and `lt`.
    """
    text = core_schema.custom_error_schema(
        core_schema.str_schema(pattern=f"^(?:{pattern})$", max_length=longest, strict=True),
        custom_error_type="decimal_text",
        custom_error_message="{refusal}",
        custom_error_context={"refusal": refusal},
    )
    return core_schema.chain_schema([text, core_schema.decimal_schema(**limits)])


@dataclass(frozen=True, slots=True)
class PlainText:
    """In JSON the number is text, and written in the one way in which it is printed again; Python gives numbers.

    So whatever was read from JSON says exactly what stood there: no `+`, exponent, blank or leading zero, no JSON
    number. It stands behind the limits it is to know: those added after it are checked too, by slower code.

    >>> from decimal import Decimal
    >>> from typing import Annotated
    >>> from pydantic import TypeAdapter
    >>> amount = TypeAdapter(Annotated[Decimal, PlainText(whole=12, places=18)])
    >>> amount.validate_json('"0.50"'), amount.validate_python(2)
    (Decimal('0.50'), Decimal('2'))
    """

    whole: int
    places: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        """The schema of the type with its limits, for JSON replaced by one of text."""
        number: Any = handler(source)
        pattern = rf"-?(?:0|[1-9][0-9]{{0,{self.whole - 1}}})(?:\.[0-9]{{1,{self.places}}})?"
        plain = decimal_text(
            pattern,
            longest=self.whole + self.places + 2,
            refusal='amounts are decimal strings without exponent, like "0.412345"',
            **{name: number[name] for name in _LIMITS if name in number},
        )
        return core_schema.json_or_python_schema(plain, number)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """As the type describes itself."""
        return handler(schema["python_schema"] if schema["type"] == "json-or-python" else schema)
