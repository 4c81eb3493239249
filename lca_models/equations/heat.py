"""Heat that food takes up or gives off: warming, cooling, evaporating, freezing."""

from lca_models.equations._bounds import advise_range, need_fraction, need_not_negative
from lca_models.real import Real


def latent_heat_mj_per_kg(*, temperature_c: Real) -> Real:
    r"""Heat to evaporate a kilogram of free water.

    $$ \lambda = 2.501 - 0.002361 \cdot T $$

    Args:
        temperature_c: of the evaporating water, °C.

    Returns:
        MJ per kg water.

    Validity:
        0 to 100 °C, warned outside. Water bound in nearly dry food (below about 0.2 kg/kg) takes more.

    Source:
        FAO Irrigation and Drainage Paper 56 (Allen et al. 1998), Annex 3, Equation 3-1 (Harrison 1963).

    Example:
        >>> round(latent_heat_mj_per_kg(temperature_c=20.0), 2)
        2.45
    """
    advise_range(
        "heat", 0, 100, "the line is fitted to water between ice and steam", temperature_c=temperature_c
    )
    return 2.501 - 0.002361 * temperature_c


def specific_heat_mj_per_kg_c(*, moisture_frac: Real) -> Real:
    r"""Specific heat of food above its freezing point, from its water.

    $$ c = (0.837 + 3.349 \cdot w) / 1000 $$

    Args:
        moisture_frac: kg water per kg food as it is (wet basis).

    Returns:
        MJ per kg and °C.

    Validity:
        Above freezing; little fat.

    Source:
        Siebel (1892), as in Singh and Heldman, Introduction to Food Engineering, 5th edition, section 4.2.1;
        ASHRAE Handbook Refrigeration, thermal properties of foods.

    Example:
        Lychee flesh, 82 % water:

        >>> round(specific_heat_mj_per_kg_c(moisture_frac=0.82) * 1000, 2)
        3.58
    """
    need_fraction("heat", moisture_frac=moisture_frac)
    return (0.837 + 3.349 * moisture_frac) / 1000


def sensible_mj(*, mass_kg: Real, specific_heat_mj_per_kg_c: Real, temperature_change_c: Real) -> Real:
    r"""Heat to warm food, or to take out to cool it, without freezing or drying.

    $$ Q = m \cdot c \cdot \Delta T $$

    Args:
        mass_kg: food, kg.
        specific_heat_mj_per_kg_c: MJ per kg and °C.
        temperature_change_c: difference, °C, counted positive.

    Returns:
        MJ.

    Source:
        First law of thermodynamics; ASHRAE Handbook Refrigeration, refrigeration load, product load.

    Example:
        A tonne of lychee hydro-cooled from 30 to 5 °C:

        >>> round(sensible_mj(mass_kg=1000, specific_heat_mj_per_kg_c=0.00358, temperature_change_c=25), 1)
        89.5
    """
    need_not_negative("heat", mass_kg=mass_kg, temperature_change_c=temperature_change_c)
    return mass_kg * specific_heat_mj_per_kg_c * temperature_change_c


def freezing_mj(*, mass_kg: Real, moisture_frac: Real, frozen_frac: Real) -> Real:
    r"""Heat to take out so that the water in food turns to ice.

    $$ Q = m \cdot w \cdot x_{ice} \cdot 0.3336 $$

    Args:
        mass_kg: food, kg.
        moisture_frac: kg water per kg food.
        frozen_frac: share of that water that is ice at the end; about 0.9 at −18 °C for fruit.

    Returns:
        MJ.

    Source:
        Latent heat of fusion of water, 333.6 kJ/kg; ASHRAE Handbook Refrigeration, thermal properties of foods.

    Example:
        >>> round(freezing_mj(mass_kg=1000, moisture_frac=0.82, frozen_frac=0.9), 1)
        246.2
    """
    need_not_negative("heat", mass_kg=mass_kg)
    need_fraction("heat", moisture_frac=moisture_frac, frozen_frac=frozen_frac)
    return mass_kg * moisture_frac * frozen_frac * 0.3336
