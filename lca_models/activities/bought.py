"""A product bought as one lot whose own carbon passport says what its making emitted."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from lca_models.activities.activity import Activity
from lca_models.activities.answers import Name
from lca_models.errors import Problem, RecordError
from lca_models.flows import Output, Process, Purchase
from lca_models.numbers import Numbers


def lot_product(gtin: str, lot: str) -> str:
    """The name under which a lot is bought: as its carton says it, safe as an id of a published number.

    Args:
        gtin: 8 to 14 digits.
        lot: as printed.

    Example:
        >>> lot_product("9506000134352", "2025-06/A")
        'passport.09506000134352.2025-06_2FA'
    """
    return f"passport.{gtin.zfill(14)}.{re.sub('[^A-Za-z0-9.-]', lambda c: f'_{ord(c[0]):02X}', lot)}"


class Bought(Activity):
    """One lot somebody else made, told apart by what its carton says; how much of it is what others take."""

    activity: Literal["bought"] = "bought"
    gives: Name
    gtin: Annotated[str, Field(pattern=r"^(?:[0-9]{8}|[0-9]{12,14})$")]
    lot: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[!-~]+$")]

    def processes(self, numbers: Numbers, region: str) -> Iterator[Process]:  # noqa: ARG002 - made elsewhere
        """One process, per kilogram.

        Raises:
            RecordError: nobody gave the lot's passport.
        """
        product = lot_product(self.gtin, self.lot)
        if product not in numbers.factors.products:
            what = f"lot {self.lot} of GTIN {self.gtin} has no footprint here"
            why = "what it emitted is said by its passport, and is not counted as zero"
            fix = "give the passport: --upstream passport.json --trust trust.json, or assess(…, upstream=…)"
            raise RecordError(Problem(self.name, what, why, fix))
        label = f"making {self.gives}, by the passport of lot {self.lot}"
        yield Process(
            name=self.name,
            stage="bought",
            outputs=(Output(self.gives, 1.0),),
            exchanges=(Purchase(product, 1.0, label),),
        )
