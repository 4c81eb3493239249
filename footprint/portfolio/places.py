"""The places of a template that change from product to product: shape and digest without walking the whole record.

Where only amounts and what is said of the product change, two records of one template differ in those places and
nowhere else. Their shape is that of the template with other amounts, and their canonical text that of the template
with other words.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from footprint.portfolio.shape import Shaped, part, shaped, unread
from lca_models.product_system import ProductSystem
from lca_models.units import Quantity

Way = tuple[str | int, ...]
"""From the root of a record to one of its places: names of questions, numbers in lists."""

_MARK = "\x00{}\x00"
_WRITTEN = re.compile(r'"\\u0000([0-9]+)\\u0000"')


class Places:
    """What changes in the records of one template.

    Args:
        template: the record; kept, as its parts are known by which object they are.
        ways: to the places.
    """

    def __init__(self, template: ProductSystem, ways: Sequence[Way]) -> None:
        self._template, self._ways = template, ways
        now = [_at(template, way) for way in ways]
        # Another kind of activity has other questions: only where nothing else can follow from a cell.
        foreseen = [
            isinstance(value, Quantity) or way[0] == "product" for value, way in zip(now, ways, strict=True)
        ]
        self._foreseen = all(foreseen)
        self._amounts = part(template).amounts
        order = {id(amount): position for position, amount in enumerate(self._amounts)}
        self._positions = [order.get(id(value)) for value in now]
        self._told = [way[0] == "product" and unread(template.product, str(way[-1])) for way in ways]
        self._pieces = self._cut() if self._foreseen else ()

    def shaped(self, system: ProductSystem) -> Shaped:
        """The shape of a record; the same as of `shape.shaped` for all records of the template.

        Args:
            system: the template with other answers in the places.
        """
        found = self._found(system)
        if found is None:
            return shaped(system)
        amounts = list(self._amounts)
        shape: list[object] = []
        for value, position, told in zip(found, self._positions, self._told, strict=True):
            if position is not None:
                amounts[position] = value
            if not told:
                shape.append(part(value).shape)
        return Shaped(system, (id(self), *shape), tuple(amounts))

    def digest(self, system: ProductSystem) -> str:
        """The same as `system.digest`.

        Args:
            system: as for `shaped`.
        """
        found = self._found(system)
        if found is None:
            return system.digest
        words = [json.dumps(str(value), ensure_ascii=False) for value in found]
        pieces = (words[piece] if isinstance(piece, int) else piece for piece in self._pieces)
        return "sha256:" + hashlib.sha256("".join(pieces).encode()).hexdigest()

    def _found(self, system: ProductSystem) -> list[Any] | None:
        """What stands in the places; `None` where something is left out and the record has another form."""
        found = [_at(system, way) for way in self._ways] if self._foreseen else [None]
        return None if any(value is None for value in found) else found

    def _cut(self) -> tuple[str | int, ...]:
        """The canonical text of the template in pieces, a number in the place of each word that changes."""
        content = self._template.model_dump(mode="json", exclude_none=True)
        for number, (*way, last) in enumerate(self._ways):
            section: Any = content
            for key in way:
                section = section[key]
            section[last] = _MARK.format(number)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return tuple(int(piece) if number % 2 else piece for number, piece in enumerate(_WRITTEN.split(text)))


def _at(value: Any, way: Way) -> Any:  # noqa: ANN401 - whatever a record holds
    for key in way:
        if value is None:
            return None
        value = value[key] if isinstance(key, int) else getattr(value, key, None)
    return value
