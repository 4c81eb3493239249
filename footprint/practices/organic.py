"""Nitrogen from bags given as manure or compost instead."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from footprint.practices.amounts import quantity, written
from footprint.switches import Place
from lca_models.activities import Fertiliser
from lca_models.factors import shipped_factors

_SOURCE = "recall"


def as_organic(
    place: Place, neighbours: Mapping[str, Any], kind: str, share: Decimal
) -> Iterator[tuple[str, Any]]:
    r"""Each bag with nitrogen loses a share, and one more heap of manure brings as much nitrogen.

    $$ M = \frac{s \cdot \sum_i F_i \cdot N_i}{N_{organic}} $$

    Args:
        place: the list of fertilisers.
        neighbours: the section it stands in.
        kind: of the organic fertiliser, as manures name it.
        share: of the nitrogen, 0 to 1.
    """
    nitrogen_kg = Decimal(0)
    for number, bag in enumerate(place.now, start=1):
        n_frac = Decimal(str(Fertiliser.model_validate(bag).n_frac))
        if n_frac:
            answer = f"{place.path}.{number}.amount"
            amount = quantity(answer, bag["amount"])
            nitrogen_kg += Decimal(str(amount.to("kg"))) * n_frac * share
            yield answer, written(Decimal(amount.number) * (1 - share), amount.unit)
    if nitrogen_kg:
        content = Decimal(str(shipped_factors()[f"manure.n_content.{kind}"].value))
        heap = {"kind": kind, "amount": {"amount": written(nitrogen_kg / content, "kg"), "source": _SOURCE}}
        beside = f"{place.path.rpartition('.')[0]}.manures"
        yield beside, [*neighbours.get("manures", []), heap]
