"""Nitrous oxide from managed soils: IPCC 2019 Refinement, Volume 4, Chapter 11, section 11.2."""

from lca_models.real import Real

N2O_PER_N2O_N = 44 / 28


def direct_kg(*, n_synthetic_kg: Real, n_other_kg: Real, ef1_synthetic: Real, ef1_other: Real) -> Real:
    r"""Direct N2O from nitrogen put on a mineral soil.

    $$ N_2O = (F_{SN} \cdot EF_{1,syn} + (F_{ON} + F_{CR} + F_{SOM}) \cdot EF_{1,other}) \cdot 44/28 $$

    Args:
        n_synthetic_kg: nitrogen in synthetic fertiliser, kg N.
        n_other_kg: nitrogen in organic amendments, crop residues and mineralised soil organic matter, kg N.
        ef1_synthetic: kg N2O-N per kg N, wet or dry climate (Table 11.1).
        ef1_other: kg N2O-N per kg N, wet or dry climate (Table 11.1).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.1, disaggregated as in Table 11.1. Flooded rice, organic
        soils and grazed land have terms of their own, not this function's.

    Example:
        200 kg of synthetic nitrogen in a wet and in a dry climate:

        >>> round(direct_kg(n_synthetic_kg=200, n_other_kg=0, ef1_synthetic=0.016, ef1_other=0.006), 2)
        5.03
        >>> round(direct_kg(n_synthetic_kg=200, n_other_kg=0, ef1_synthetic=0.005, ef1_other=0.005), 2)
        1.57
    """
    return (n_synthetic_kg * ef1_synthetic + n_other_kg * ef1_other) * N2O_PER_N2O_N


def volatilisation_kg(*, n_volatilised_kg: Real, ef4: Real) -> Real:
    r"""Indirect N2O from nitrogen that left as NH3 and NOx and came down elsewhere.

    $$ N_2O_{(ATD)} = (F_{SN} \cdot Frac_{GASF} + F_{ON} \cdot Frac_{GASM}) \cdot EF_4 \cdot 44/28 $$

    Args:
        n_volatilised_kg: the bracket: nitrogen lost as NH3-N and NOx-N, kg N.
        ef4: kg N2O-N per kg N volatilised (Table 11.3).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.9.

    Example:
        >>> round(volatilisation_kg(n_volatilised_kg=200 * 0.11, ef4=0.014), 3)
        0.484
    """
    return n_volatilised_kg * ef4 * N2O_PER_N2O_N


def leaching_kg(*, n_applied_kg: Real, frac_leach: Real, ef5: Real) -> Real:
    r"""Indirect N2O from nitrogen that leached or ran off.

    $$ N_2O_{(L)} = (F_{SN} + F_{ON} + F_{CR} + F_{SOM}) \cdot Frac_{LEACH} \cdot EF_5 \cdot 44/28 $$

    Args:
        n_applied_kg: all nitrogen put on the soil, kg N.
        frac_leach: kg N leached per kg N; zero in dry climates without irrigation other than drip.
        ef5: kg N2O-N per kg N leached (Table 11.3).

    Returns:
        kg N2O.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equation 11.10.

    Example:
        >>> round(leaching_kg(n_applied_kg=200, frac_leach=0.24, ef5=0.011), 2)
        0.83
    """
    return n_applied_kg * frac_leach * ef5 * N2O_PER_N2O_N
