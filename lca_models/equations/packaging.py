"""Packaging: how much of it, made of what, with whose recycling, and where it ends."""

from collections.abc import Sequence

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, straying
from lca_models.real import Real


def per_product_kg(*, package_kg: Real, holds_kg: Real, uses: Real = 1.0) -> Real:
    r"""Packaging material that a kilogram of product takes.

    $$ m = \frac{m_{package}}{m_{product} \cdot n} $$

    Args:
        package_kg: one empty package, kg.
        holds_kg: product in it, kg.
        uses: trips it makes before it is thrown away; 1 for one-way.

    Returns:
        kg packaging per kg product.

    Source:
        Commission Recommendation (EU) 2021/2279 (PEF), Annex I, section 4.4.9: reuse of packaging.

    Example:
        A crate of 2 kg for 20 kg, used 50 times:

        >>> per_product_kg(package_kg=2, holds_kg=20, uses=50)
        0.002
    """
    need_not_negative("packaging", package_kg=package_kg)
    need_positive("packaging", holds_kg=holds_kg, uses=uses)
    return package_kg / (holds_kg * uses)


def cut_off_kg(*, mass_kg: Real, virgin_factor: Real, recycled_factor: Real, recycled_frac: Real) -> Real:
    r"""Material by recycled content (cut-off): recycled input comes free of its first life.

    $$ E = m \cdot ((1 - R_1) \cdot E_V + R_1 \cdot E_{rec}) $$

    Args:
        mass_kg: packaging material, kg.
        virgin_factor: kg of a gas per kg primary material.
        recycled_factor: kg of the same gas per kg recycled material, sorting and reprocessing only.
        recycled_frac: R1, recycled content.

    Returns:
        kg of the gas. Nothing is credited for recycling afterwards: that is the next user's.

    Source:
        ISO 14044:2006, 4.3.4.3.3 (open loop, cut-off); GHG Protocol Product Standard, recycled content
        method.

    Example:
        Board, half recycled:

        >>> round(cut_off_kg(mass_kg=1, virgin_factor=1.2, recycled_factor=1.1, recycled_frac=0.5), 2)
        1.15
    """
    need_not_negative("packaging", mass_kg=mass_kg)
    need_fraction("packaging", recycled_frac=recycled_frac)
    return mass_kg * ((1 - recycled_frac) * virgin_factor + recycled_frac * recycled_factor)


def closed_loop_kg(
    *,
    mass_kg: Real,
    virgin_factor: Real,
    recycled_factor: Real,
    collected_frac: Real,
    process_yield_frac: Real,
) -> Real:
    r"""Material by end-of-life recycling (closed-loop approximation): what comes back displaces primary.

    $$ E = m \cdot (E_V - R_2 \cdot Y \cdot (E_V - E_{rec})) $$

    Args:
        mass_kg: packaging material, kg.
        virgin_factor: kg of a gas per kg primary material.
        recycled_factor: kg of the same gas per kg recycled material.
        collected_frac: R2, share collected for recycling after use.
        process_yield_frac: Y, recycled material per kg collected.

    Returns:
        kg of the gas. Recycled content plays no part here: never use both this and `cut_off_kg`.

    Source:
        ISO 14044:2006, 4.3.4.3.3 (closed loop); GHG Protocol Product Standard, closed loop approximation
        method.

    Example:
        Aluminium cans, 70 % collected, 95 % yield:

        >>> can = {"virgin_factor": 9.12, "recycled_factor": 1.0}
        >>> round(closed_loop_kg(mass_kg=1, **can, collected_frac=0.7, process_yield_frac=0.95), 2)
        3.72
    """
    need_not_negative("packaging", mass_kg=mass_kg)
    need_fraction("packaging", collected_frac=collected_frac, process_yield_frac=process_yield_frac)
    return mass_kg * (virgin_factor - collected_frac * process_yield_frac * (virgin_factor - recycled_factor))


def circular_footprint_kg(
    *,
    mass_kg: Real,
    virgin_factor: Real,
    recycled_factor: Real,
    recycled_frac: Real,
    collected_frac: Real,
    allocation_frac: Real,
    quality_frac: Real,
) -> Real:
    r"""Material part of the circular footprint formula: burden and credit shared with the other life.

    $$ E = m \cdot \left[ (1 - R_1) E_V + R_1 (A E_{rec} + (1 - A) E_V q)
       + (1 - A) R_2 (E_{rec} - E_V q) \right] $$

    Args:
        mass_kg: packaging material, kg.
        virgin_factor: E_V, kg of a gas per kg primary material, also taken as the one displaced.
        recycled_factor: E_rec, kg of the same gas per kg recycled material, going in and coming out alike.
        recycled_frac: R1, recycled content.
        collected_frac: R2, recycled material made from the package per kg, losses taken off.
        allocation_frac: A, 0.2 where recyclate is sought, 0.8 where it is not, 0.5 between (Annex C).
        quality_frac: q, quality of secondary over primary material.

    Returns:
        kg of the gas. Energy recovery and disposal are counted apart (`disposal_kg`).

    Source:
        Commission Recommendation (EU) 2021/2279 (PEF), Annex I, section 4.4.8.1, Equation 3, material terms.

    Example:
        >>> pet = {"virgin_factor": 3.86, "recycled_factor": 2.21, "quality_frac": 0.9}
        >>> round(circular_footprint_kg(mass_kg=1, **pet, recycled_frac=0.3, collected_frac=0.5,
        ...                             allocation_frac=0.5), 2)
        3.24
    """
    need_not_negative("packaging", mass_kg=mass_kg)
    shares = {"recycled_frac": recycled_frac, "collected_frac": collected_frac}
    need_fraction("packaging", **shares, allocation_frac=allocation_frac, quality_frac=quality_frac)
    displaced = virgin_factor * quality_frac
    content = (1 - recycled_frac) * virgin_factor + recycled_frac * (
        allocation_frac * recycled_factor + (1 - allocation_frac) * displaced
    )
    return mass_kg * (content + (1 - allocation_frac) * collected_frac * (recycled_factor - displaced))


def disposal_kg(*, mass_kg: Real, shares: Sequence[Real], factors: Sequence[Real]) -> Real:
    r"""One gas of getting rid of packaging, by where it goes.

    $$ E = m \cdot \sum_j s_j \cdot EF_j $$

    Args:
        mass_kg: thrown away, kg.
        shares: share of it for each way of treatment; they add up to 1.
        factors: kg of the gas per kg treated, in the same order.

    Returns:
        kg of the gas.

    Source:
        Mass balance; ISO 14067:2018, 6.3.8 (end-of-life stage).

    Raises:
        ValidityError: shares that do not add up to 1, or not one factor for each.

    Example:
        60 % recycled, 30 % landfilled, 10 % burnt:

        >>> round(disposal_kg(mass_kg=1, shares=[0.6, 0.3, 0.1], factors=[0.0, 0.04, 0.0]), 3)
        0.012
    """
    need_not_negative("packaging", mass_kg=mass_kg)
    if len(shares) != len(factors):
        what = f"{len(shares)} shares and {len(factors)} factors"
        refuse("packaging", what, "every way of disposal has both", "give as many of one as of the other")
    total = straying(sum(shares), lambda share: abs(share - 1) <= 1e-6)
    if total is not None:
        refuse(
            "packaging",
            f"the shares add up to {total:g}",
            "all of it goes somewhere",
            "make them add up to 1",
        )
    need_fraction("packaging", **{f"share_{i + 1}": share for i, share in enumerate(shares)})
    emitted: Real = 0.0
    for share, factor in zip(shares, factors, strict=True):
        emitted = emitted + mass_kg * share * factor
    return emitted
