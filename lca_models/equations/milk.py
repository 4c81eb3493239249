"""Milk and meat of a dairy herd: milk of standard quality, and what of the herd it carries."""

from lca_models.equations._bounds import need_fraction, need_not_negative, need_positive, refuse, straying
from lca_models.real import Real


def fat_protein_corrected_kg(*, milk_kg: Real, fat_frac: Real, protein_frac: Real) -> Real:
    r"""Milk expressed as milk of 4.0 % fat and 3.3 % protein: FPCM.

    $$ FPCM = m \cdot (0.1226 \, F_{\%} + 0.0776 \, P_{\%} + 0.2534) $$

    Args:
        milk_kg: milk as it is, kg.
        fat_frac: its fat, fraction; 4 % is 0.04 (the guide's formula takes percent).
        protein_frac: its true protein, fraction.

    Returns:
        kg milk of 4.0 % fat and 3.3 % protein.

    Source:
        International Dairy Federation (2015), Bulletin 479, section 4 (functional unit).

    Raises:
        ValidityError: fat or protein outside 0 to 1 (4 instead of 0.04), or milk below zero.

    Example:
        Standard milk is worth itself within a tenth of a per mille:

        >>> round(fat_protein_corrected_kg(milk_kg=1000, fat_frac=0.040, protein_frac=0.033), 1)
        999.9
    """
    where = "milk.fat_protein_corrected_kg"
    need_not_negative(where, milk_kg=milk_kg)
    need_fraction(where, fat_frac=fat_frac, protein_frac=protein_frac)
    return milk_kg * (0.1226 * 100 * fat_frac + 0.0776 * 100 * protein_frac + 0.2534)


def share(*, live_weight_kg: Real, corrected_milk_kg: Real, meat_over_milk: Real) -> Real:
    r"""The share of a dairy herd that its milk carries, by the feed energy of milk and meat.

    $$ a_{milk} = 1 - 6.04 \cdot BMR, \qquad BMR = m_{live} / m_{FPCM} $$

    Args:
        live_weight_kg: all animals sold, calves and culled cows together, live weight, kg.
        corrected_milk_kg: milk sold, from `fat_protein_corrected_kg`, kg.
        meat_over_milk: 6.04: feed energy of a kilogram live weight over that of a kilogram corrected milk.

    Returns:
        Fraction; the animals sold carry the rest.

    Validity:
        Dairy herds. Refused where animals would carry everything: a herd that sells a kilogram of animals for
        every six of milk is kept for meat.

    Source:
        International Dairy Federation (2015), Bulletin 479, pages 34 to 36.

    Raises:
        ValidityError: no milk, an amount below zero, or nothing left for the milk.

    Example:
        The worked example of page 36:

        >>> round(share(live_weight_kg=24, corrected_milk_kg=1000, meat_over_milk=6.04), 2)
        0.86
    """
    where = "milk.share"
    need_not_negative(where, live_weight_kg=live_weight_kg, meat_over_milk=meat_over_milk)
    need_positive(where, corrected_milk_kg=corrected_milk_kg)
    carried = 1 - meat_over_milk * live_weight_kg / corrected_milk_kg
    if straying(carried, lambda share: share > 0) is not None:
        what = "the animals sold would carry the whole herd"
        refuse(where, what, "the rule is made for dairy herds", "allocate by mass or by price")
    return carried
