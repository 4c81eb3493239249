"""Animals counted by head: `120 head`, `40 hives`, `120 头`. They are counted whole, at least one."""

from typing import Annotated

from pydantic import AfterValidator

from lca_models.activities.answers import Answer
from lca_models.faults import fault
from lca_models.units import Heads, Quantity


def _whole(count: Quantity) -> Quantity:
    if "." in count.number or count.number == "0":
        why = "animals are counted whole, at least one"
        raise fault(
            f"{str(count)!r} is not a number of animals", why, "write it like '120 head' or '40 hives'"
        )
    return count


HeadsAnswer = Answer[Annotated[Heads, AfterValidator(_whole)]]
