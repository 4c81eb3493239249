"""What thrown-away food and packaging emit: IPCC 2006 and 2019 Refinement, Volume 5, Chapters 3 to 5."""

from collections.abc import Sequence

import numpy as np

from lca_models.equations._bounds import (
    need_fraction,
    need_not_negative,
    need_positive,
    refuse,
    same_kind,
)
from lca_models.real import Real, middle

CH4_PER_C = 16 / 12
CO2_PER_C = 44 / 12


def decomposable_carbon_kg(*, waste_kg: Real, doc_frac: Real, decomposed_frac: Real, mcf: Real) -> Real:
    r"""Carbon in landfilled waste that will decompose without air.

    $$ DDOC_m = W \cdot DOC \cdot DOC_f \cdot MCF $$

    Args:
        waste_kg: waste put into the landfill, wet, kg.
        doc_frac: degradable organic carbon, kg C per kg wet waste (Table 2.4).
        decomposed_frac: share of it that decomposes without air (0.5; 2019: by kind of waste, Table 3.0).
        mcf: methane correction factor of the site: 1 managed, 0.4 shallow and unmanaged (Table 3.1).

    Returns:
        kg C.

    Source:
        IPCC 2006 V5 Ch3, Equation 3.2.

    Example:
        A tonne of food waste in a managed landfill:

        >>> decomposable_carbon_kg(waste_kg=1000, doc_frac=0.15, decomposed_frac=0.5, mcf=1.0)
        75.0
    """
    need_not_negative("waste", waste_kg=waste_kg)
    need_fraction("waste", doc_frac=doc_frac, decomposed_frac=decomposed_frac, methane_correction_factor=mcf)
    return waste_kg * doc_frac * decomposed_frac * mcf


def methane_potential_kg(*, decomposable_carbon_kg: Real, methane_frac: Real) -> Real:
    r"""All the methane a landfilled waste will ever make.

    $$ L_0 = DDOC_m \cdot F \cdot 16/12 $$

    Args:
        decomposable_carbon_kg: DDOCm of Equation 3.2, kg C.
        methane_frac: methane in landfill gas by volume; default 0.5.

    Returns:
        kg CH4, biogenic.

    Source:
        IPCC 2006 V5 Ch3, Equation 3.3.

    Example:
        >>> methane_potential_kg(decomposable_carbon_kg=75, methane_frac=0.5)
        50.0
    """
    need_not_negative("waste", decomposable_carbon_kg=decomposable_carbon_kg)
    need_fraction("waste", methane_frac=methane_frac)
    return decomposable_carbon_kg * methane_frac * CH4_PER_C


def landfill_ch4_kg(*, generated_kg: Real, recovered_kg: Real, oxidised_frac: Real) -> Real:
    r"""Methane that leaves a landfill.

    $$ CH_4 = (G - R) \cdot (1 - OX) $$

    With everything a waste will ever make as G this is the simple way: the whole of it charged to the year
    of disposal.

    Args:
        generated_kg: methane generated, kg.
        recovered_kg: drawn off and flared or used, kg; zero unless it is metered.
        oxidised_frac: share of the rest oxidised in the cover: 0.1 managed and covered, else 0 (Table 3.2).

    Returns:
        kg CH4, biogenic.

    Source:
        IPCC 2006 V5 Ch3, Equation 3.1.

    Raises:
        ValidityError: more drawn off than was made.

    Example:
        >>> landfill_ch4_kg(generated_kg=50, recovered_kg=0, oxidised_frac=0.1)
        45.0
    """
    need_not_negative("waste", generated_kg=generated_kg, recovered_kg=recovered_kg)
    need_fraction("waste", oxidised_frac=oxidised_frac)
    _need_enough(generated_kg, recovered_kg)
    return (generated_kg - recovered_kg) * (1 - oxidised_frac)


def decayed_frac(*, rate_per_year: Real, years: Real) -> Real:
    r"""Share of its methane that a waste has made this long after decay began.

    $$ d = 1 - e^{-k \cdot t} $$

    Args:
        rate_per_year: k, by waste and climate (Table 3.3).
        years: since decay began, on average half a year after disposal.

    Returns:
        Fraction.

    Source:
        IPCC 2006 V5 Ch3, Equation 3A1.2 (first-order decay).

    Example:
        Food in the wet tropics and wood in the dry temperate zone, after 20 years:

        >>> round(float(decayed_frac(rate_per_year=0.4, years=20)), 4)
        0.9997
        >>> round(float(decayed_frac(rate_per_year=0.02, years=20)), 2)
        0.33
    """
    need_not_negative("waste", rate_per_year=rate_per_year, years=years)
    return same_kind(np.asarray(-np.expm1(-np.asarray(rate_per_year) * years)))


def decay_ch4_by_year_kg(
    *, deposited_carbon_kg: Sequence[Real], rate_per_year: Real, methane_frac: Real
) -> tuple[Real, ...]:
    r"""Methane that a landfill generates year by year from what was put in year by year.

    $$ A_T = D_T + A_{T-1} \cdot e^{-k}, \qquad
       CH_{4,T} = A_{T-1} \cdot (1 - e^{-k}) \cdot F \cdot 16/12 $$

    Decay of a deposit begins with the year after: an average delay of six months.

    Args:
        deposited_carbon_kg: DDOCm put in each year (Equation 3.2); append zeros for the years after.
        rate_per_year: k, by waste and climate (Table 3.3).
        methane_frac: F, methane in landfill gas by volume; default 0.5.

    Returns:
        kg CH4 generated in each of those years.

    Source:
        IPCC 2006 V5 Ch3, Equations 3.4 to 3.6.

    Example:
        75 kg once, and the three years after:

        >>> years = decay_ch4_by_year_kg(deposited_carbon_kg=[75, 0, 0, 0], rate_per_year=0.4, methane_frac=0.5)
        >>> [round(float(kg), 2) for kg in years]
        [0.0, 16.48, 11.05, 7.41]
    """
    need_not_negative("waste", rate_per_year=rate_per_year)
    accumulated: Real = 0.0
    generated: list[Real] = []
    for deposited in deposited_carbon_kg:
        decomposed = accumulated * decayed_frac(rate_per_year=rate_per_year, years=1)
        generated.append(methane_potential_kg(decomposable_carbon_kg=decomposed, methane_frac=methane_frac))
        accumulated = deposited + accumulated - decomposed
    return tuple(generated)


def landfill_carbon_left_kg(*, waste_kg: Real, doc_frac: Real, decomposed_frac: Real, mcf: Real) -> Real:
    r"""Degradable carbon that stays in a landfill for good: information, not a removal.

    $$ C_{stored} = W \cdot DOC \cdot (1 - DOC_f) \cdot MCF $$

    Args:
        waste_kg: waste put into the landfill, wet, kg.
        doc_frac: degradable organic carbon, kg C per kg wet waste (Table 2.4).
        decomposed_frac: share of it that decomposes without air.
        mcf: methane correction factor of the site (Table 3.1).

    Returns:
        kg C, biogenic.

    Source:
        IPCC 2006 V5 Ch3, section 3.4 (carbon stored in SWDS, an information item).

    Example:
        >>> landfill_carbon_left_kg(waste_kg=1000, doc_frac=0.43, decomposed_frac=0.5, mcf=1.0)
        215.0
    """
    need_not_negative("waste", waste_kg=waste_kg)
    need_fraction("waste", doc_frac=doc_frac, decomposed_frac=decomposed_frac, methane_correction_factor=mcf)
    return waste_kg * doc_frac * (1 - decomposed_frac) * mcf


def biological_kg(*, waste_kg: Real, emission_factor: Real, recovered_kg: Real = 0.0) -> Real:
    r"""CH4 or N2O from composting or anaerobic digestion.

    $$ E = M \cdot EF - R $$

    Args:
        waste_kg: waste treated, kg, wet or dry as the factor says.
        emission_factor: kg of the gas per kg waste on that basis (Table 4.1).
        recovered_kg: methane drawn off, kg, if the factor does not leave it out already.

    Returns:
        kg of the gas.

    Source:
        IPCC 2006 V5 Ch4, Equations 4.1 (CH4) and 4.2 (N2O).

    Raises:
        ValidityError: more drawn off than was made.

    Example:
        A tonne of peel and stones composted, wet basis: CH4 4 g/kg, N2O 0.24 g/kg:

        >>> biological_kg(waste_kg=1000, emission_factor=0.004)
        4.0
        >>> round(biological_kg(waste_kg=1000, emission_factor=0.00024), 2)
        0.24
    """
    need_not_negative("waste", waste_kg=waste_kg, emission_factor=emission_factor, recovered_kg=recovered_kg)
    made = waste_kg * emission_factor
    _need_enough(made, recovered_kg)
    return made - recovered_kg


def incineration_co2_kg(
    *, waste_kg: Real, dry_frac: Real, carbon_frac: Real, fossil_frac: Real, oxidised_frac: Real
) -> Real:
    r"""Fossil CO2 from burning waste.

    $$ CO_2 = SW \cdot dm \cdot CF \cdot FCF \cdot OF \cdot 44/12 $$

    Args:
        waste_kg: waste burnt, wet, kg.
        dry_frac: dry matter, kg per kg wet waste (Table 2.4).
        carbon_frac: carbon in the dry matter (Table 2.4).
        fossil_frac: fossil share of that carbon: plastics 1, food and wood 0, paper 0.01 (Table 2.4).
        oxidised_frac: 1 in an incinerator, 0.58 in an open fire (Table 5.2).

    Returns:
        kg CO2, fossil. The biogenic rest: the same with one minus `fossil_frac`.

    Source:
        IPCC 2006 V5 Ch5, Equation 5.2.

    Example:
        A kilogram of plastic film:

        >>> film = {"dry_frac": 1.0, "carbon_frac": 0.75, "fossil_frac": 1.0, "oxidised_frac": 1.0}
        >>> incineration_co2_kg(waste_kg=1, **film)
        2.75
    """
    need_not_negative("waste", waste_kg=waste_kg)
    need_fraction("waste", dry_frac=dry_frac, carbon_frac=carbon_frac)
    need_fraction("waste", fossil_frac=fossil_frac, oxidised_frac=oxidised_frac)
    return waste_kg * dry_frac * carbon_frac * fossil_frac * oxidised_frac * CO2_PER_C


def incineration_gas_kg(*, waste_kg: Real, emission_factor: Real) -> Real:
    r"""CH4 or N2O from burning waste.

    $$ E = IW \cdot EF $$

    Args:
        waste_kg: waste burnt, kg, wet or dry as the factor says.
        emission_factor: kg of the gas per kg waste (Tables 5.3 and 5.6).

    Returns:
        kg of the gas.

    Source:
        IPCC 2006 V5 Ch5, Equations 5.4 (CH4) and 5.5 (N2O).

    Example:
        N2O of a tonne in a continuous incinerator, 50 g per tonne:

        >>> incineration_gas_kg(waste_kg=1000, emission_factor=0.00005)
        0.05
    """
    need_not_negative("waste", waste_kg=waste_kg, emission_factor=emission_factor)
    return waste_kg * emission_factor


def degradable_carbon_frac(*, shares: Sequence[Real], doc_fracs: Sequence[Real]) -> Real:
    r"""Degradable organic carbon of mixed waste from its composition.

    $$ DOC = \sum_i DOC_i \cdot W_i $$

    Args:
        shares: share of each kind of waste in the wet mass.
        doc_fracs: degradable organic carbon of each, in the same order (Table 2.4).

    Returns:
        kg C per kg wet waste.

    Source:
        IPCC 2006 V5 Ch3, Equation 3.7.

    Example:
        60 % food, 20 % paper, 20 % plastics:

        >>> round(degradable_carbon_frac(shares=[0.6, 0.2, 0.2], doc_fracs=[0.15, 0.4, 0.0]), 3)
        0.17
    """
    if len(shares) != len(doc_fracs):
        what = f"{len(shares)} shares and {len(doc_fracs)} carbon contents"
        refuse("waste", what, "every kind of waste has both", "give as many of one as of the other")
    need_positive("waste", kinds_of_waste=len(shares))
    carbon: Real = 0.0
    total: Real = 0.0
    for number, (share, doc_frac) in enumerate(zip(shares, doc_fracs, strict=True), start=1):
        need_fraction("waste", **{f"share_{number}": share, f"doc_{number}": doc_frac})
        carbon, total = carbon + share * doc_frac, total + share
    need_fraction("waste", sum_of_shares=np.round(total, 9))
    return carbon


def _need_enough(made_kg: Real, recovered_kg: Real) -> None:
    made, recovered = np.broadcast_arrays(middle(made_kg), middle(recovered_kg))
    if np.any(wrong := recovered > made):
        what = f"{recovered[wrong][0]:g} kg methane drawn off, {made[wrong][0]:g} kg made"
        refuse(
            "waste", what, "no plant draws off more than there is", "check the meter, or the waste taken in"
        )
