"""The digest of a record laid over a template, without writing the whole record again.

Where only amounts and what is said of the product change, the canonical text of a record is that of its template
with other words in the same places.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from lca_models.product_system import ProductSystem
from lca_models.units import Quantity

_MARK = "\x00{}\x00"
_WRITTEN = re.compile(r'"\\u0000([0-9]+)\\u0000"')
Way = tuple[str | int, ...]


class Digests:
    """Digests of the records of one template.

    Args:
        template: the record.
        ways: to the places that change from product to product.
    """

    def __init__(self, template: ProductSystem, ways: Sequence[Way]) -> None:
        self._ways = ways
        # Another kind of activity has other questions: only where nothing else can follow from a cell.
        self._foreseen = all(way[0] == "product" or isinstance(_at(template, way), Quantity) for way in ways)
        self._pieces = self._cut(template) if self._foreseen else ()

    def of(self, system: ProductSystem) -> str:
        """The same as `system.digest`.

        Args:
            system: the template with other answers in the places that change.
        """
        found = [_at(system, way) for way in self._ways]
        if not self._foreseen or any(value is None for value in found):
            return system.digest
        words = [json.dumps(str(value), ensure_ascii=False) for value in found]
        pieces = (words[piece] if isinstance(piece, int) else piece for piece in self._pieces)
        return "sha256:" + hashlib.sha256("".join(pieces).encode()).hexdigest()

    def _cut(self, template: ProductSystem) -> tuple[str | int, ...]:
        content = template.model_dump(mode="json", exclude_none=True)
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
