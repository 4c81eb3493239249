"""Losses along a chain: a kilogram at the shelf needs more than a kilogram at the farm."""

from collections.abc import Sequence

from lca_models.equations._bounds import need_fraction, need_not_negative, refuse, straying
from lca_models.real import Real


def yield_through_frac(*, losses: Sequence[Real]) -> Real:
    r"""Share of what enters a chain that arrives at its end.

    $$ Y = \prod_j (1 - l_j) $$

    Args:
        losses: share lost at each stage, of what enters that stage, from farm to shelf.

    Returns:
        Fraction; 1 for a chain without losses.

    Source:
        Mass balance; FAO (2019), The State of Food and Agriculture, loss percentages by stage of the chain.

    Raises:
        ValidityError: a stage that loses everything.

    Example:
        5 % in the packhouse, 4 % on the road, 6 % in the shop:

        >>> round(yield_through_frac(losses=[0.05, 0.04, 0.06]), 5)
        0.85728
    """
    _check(losses)
    arriving: Real = 1.0
    for loss in losses:
        arriving = arriving * (1 - loss)
    return arriving


def required_kg(*, delivered_kg: Real, losses: Sequence[Real]) -> Real:
    r"""What must enter a chain so that this much arrives.

    $$ m_{in} = m_{out} / \prod_j (1 - l_j) $$

    Args:
        delivered_kg: at the end, kg.
        losses: share lost at each stage, of what enters that stage.

    Returns:
        kg at the beginning.

    Source:
        Mass balance, as `yield_through_frac`.

    Example:
        >>> round(required_kg(delivered_kg=1, losses=[0.05, 0.04, 0.06]), 4)
        1.1665
    """
    need_not_negative("losses", delivered_kg=delivered_kg)
    return delivered_kg / yield_through_frac(losses=losses)


def lost_kg(*, delivered_kg: Real, losses: Sequence[Real]) -> tuple[Real, ...]:
    r"""What is lost at each stage so that this much arrives; with it, the sum is what entered.

    $$ w_j = l_j \cdot m_{out} / \prod_{i \ge j} (1 - l_i) $$

    Args:
        delivered_kg: at the end, kg.
        losses: share lost at each stage, of what enters that stage.

    Returns:
        kg lost at each stage, in the order of the stages: what has to be treated as waste there.

    Source:
        Mass balance, as `yield_through_frac`.

    Example:
        >>> [round(kg, 4) for kg in lost_kg(delivered_kg=1, losses=[0.05, 0.04, 0.06])]
        [0.0583, 0.0443, 0.0638]
    """
    return tuple(
        loss * required_kg(delivered_kg=delivered_kg, losses=losses[stage:])
        for stage, loss in enumerate(losses)
    )


def _check(losses: Sequence[Real]) -> None:
    for stage, loss in enumerate(losses, start=1):
        need_fraction("losses", **{f"loss_{stage}": loss})
        if straying(loss, lambda share: share < 1) is not None:
            what = f"loss {stage} is 1"
            refuse(
                "losses", what, "nothing arrives, and there is no kilogram to count per", "enter less than 1"
            )
