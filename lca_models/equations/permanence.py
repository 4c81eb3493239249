"""How much biochar carbon stays, by the rules of each method: one function per card.

The cards differ in horizon, in what they look at (temperature of making, H/C_org, soil) and in how careful they
are; for one char they give 0.56 to 0.80. `biochar.permanent_fraction` is the card of Woolf et al. (2021).
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn

import numpy as np

from lca_models.equations._bounds import (
    advise_range,
    need_fraction,
    need_not_negative,
    need_range,
    refuse,
    same_kind,
    straying,
)
from lca_models.real import Real, middle

H_TO_CORG_LIMIT = 0.7
LEAST_PYROLYSIS_C = 350.0
C_SINK_H_TO_CORG, C_SINK_PYROLYSIS_C = 0.4, 550.0


def ipcc_2019_frac(
    *, pyrolysis_temperature_c: Real, low_frac: Real, medium_frac: Real, high_frac: Real
) -> Real:
    r"""Card IPCC 2019: share left after 100 years, by temperature of making.

    $$ F_{perm} = 0.65 \; (350\text{–}450\,°C), \quad 0.80 \; (450\text{–}600), \quad 0.89 \; (> 600) $$

    Args:
        pyrolysis_temperature_c: highest temperature of the char while it was made, °C.
        low_frac: 350 to below 450 °C (Table 4AP.2).
        medium_frac: 450 to 600 °C.
        high_frac: above 600 °C.

    Returns:
        Fraction after 100 years.

    Validity:
        Chars made above 350 °C, in mineral soils of cropland and grassland; soil temperature is not looked at.

    Source:
        IPCC 2019 Refinement V4 Ch2, Appendix 4, Equation 4Ap.1 and Table 4AP.2.

    Raises:
        ValidityError: made below 350 °C, or nobody knows (use the card that has a value for that).

    Example:
        >>> ipcc_2019_frac(pyrolysis_temperature_c=550, low_frac=0.65, medium_frac=0.80, high_frac=0.89)
        0.8
    """
    _need_hot(pyrolysis_temperature_c)
    made = np.asarray(pyrolysis_temperature_c, dtype=float)
    return same_kind(np.asarray(np.where(made > 600, high_frac, np.where(made < 450, low_frac, medium_frac))))


def vm0044_frac(*, h_to_corg: Real, class_frac: Real, unknown_frac: Real, temperature_logged: bool) -> Real:
    r"""Card Verra VM0044 v1.1: the IPCC class where the temperature is logged, else a low default.

    $$ PR_{de} = F_{perm} \; \text{if the temperature is measured, else} \; 0.56 $$

    Args:
        h_to_corg: molar ratio of hydrogen to organic carbon.
        class_frac: permanence of the temperature class (`ipcc_2019_frac`).
        unknown_frac: 0.56, for low-technology kilns and unmeasured temperatures.
        temperature_logged: whether the temperature of making was measured and recorded.

    Returns:
        Fraction after 100 years.

    Validity:
        H/C_org up to 0.7.

    Source:
        Verra VM0044 v1.1, section 8.2 (adjustment factor PR_de).

    Raises:
        ValidityError: H/C_org above 0.7.

    Example:
        >>> vm0044_frac(h_to_corg=0.35, class_frac=0.8, unknown_frac=0.56, temperature_logged=False)
        0.56
    """
    _need_eligible(h_to_corg)
    need_fraction("permanence", class_frac=class_frac, unknown_frac=unknown_frac)
    return class_frac if temperature_logged else unknown_frac


def puro_2022_frac(
    *, h_to_corg: Real, soil_temperature_c: Real, coefficients: Mapping[str, Sequence[float]]
) -> Real:
    r"""Card Puro 2022: share left after 100 years, the line of Woolf et al. (2021) to two decimals.

    $$ F_p^{100, T_s} = c + m \cdot H/C_{org} $$

    Args:
        h_to_corg: molar ratio of hydrogen to organic carbon.
        soil_temperature_c: mean annual temperature of the soil it goes to, °C.
        coefficients: columns soil_temperature_c, intercept (c), slope (m).

    Returns:
        Fraction after 100 years, held between 0 and 1. Between tabulated temperatures the coefficients are
        interpolated, which is ours and not seen in the methodology.

    Validity:
        H/C_org up to 0.7; soil within the table.

    Source:
        Puro.earth, Biochar Methodology, edition 2022, requirement on carbon stored; coefficients after Woolf
        et al. (2021).

    Raises:
        ValidityError: outside that range.

    Example:
        >>> table = {"soil_temperature_c": (20, 25), "intercept": (1.01, 0.98), "slope": (-0.65, -0.66)}
        >>> round(float(puro_2022_frac(h_to_corg=0.35, soil_temperature_c=20, coefficients=table)), 4)
        0.7825
    """
    _need_eligible(h_to_corg)
    grid = np.asarray(coefficients["soil_temperature_c"], dtype=float)
    why = "the methodology has no coefficients there"
    need_range("permanence", grid[0], grid[-1], why, soil_temperature_c=soil_temperature_c)
    intercept = np.interp(soil_temperature_c, grid, np.asarray(coefficients["intercept"], dtype=float))
    slope = np.interp(soil_temperature_c, grid, np.asarray(coefficients["slope"], dtype=float))
    return same_kind(np.asarray(np.clip(intercept + slope * h_to_corg, 0.0, 1.0)))


def puro_2025_frac(
    *, h_to_corg: Real, soil_temperature_c: Real, coefficients: Mapping[str, Sequence[float]]
) -> Real:
    r"""Card Puro 2025: share left after 200 years (BC+200), by whole degrees of soil temperature.

    $$ PF = (M - a \cdot H/C_{org}) / 100 $$

    Args:
        h_to_corg: molar ratio of hydrogen to organic carbon.
        soil_temperature_c: mean annual temperature of the soil it goes to, °C; between whole degrees the warmer
            one is taken, the careful side.
        coefficients: columns soil_temperature_c (whole degrees), intercept_percent (M), slope_percent (a).

    Returns:
        Fraction after 200 years.

    Validity:
        H/C_org up to 0.7; soil of 7 to 40 °C (above 30 °C one row holds for all).

    Source:
        Puro.earth, Biochar Methodology, edition 2025 version 1, Equation 6.4 and Table 6.1.

    Raises:
        ValidityError: outside that range.

    Example:
        >>> table = {"soil_temperature_c": (22, 23), "intercept_percent": (86.19, 86.19)}
        >>> table |= {"slope_percent": (42.20, 43.04)}
        >>> round(float(puro_2025_frac(h_to_corg=0.35, soil_temperature_c=23, coefficients=table)), 4)
        0.7113
    """
    _need_eligible(h_to_corg)
    grid = np.asarray(coefficients["soil_temperature_c"], dtype=float)
    why = "the methodology has no coefficients there"
    need_range("permanence", grid[0], grid[-1], why, soil_temperature_c=soil_temperature_c)
    # Draws that stray over an end of the table take its last row; their middle was checked above.
    row = np.minimum(np.searchsorted(grid, soil_temperature_c, side="left"), len(grid) - 1)
    intercept = np.asarray(coefficients["intercept_percent"], dtype=float)[row]
    slope = np.asarray(coefficients["slope_percent"], dtype=float)[row]
    return same_kind(np.asarray(np.clip((intercept - slope * h_to_corg) / 100, 0.0, 1.0)))


def ebc_2020_frac(*, h_to_corg: Real, loss_per_year: Real, years: Real) -> Real:
    r"""Card EBC C-sink 2020: a fixed share of the rest is lost every year.

    $$ F = (1 - r)^t $$

    Args:
        h_to_corg: molar ratio of hydrogen to organic carbon.
        loss_per_year: r, 0.003.
        years: t since it went into the soil; 100 gives 0.74.

    Returns:
        Fraction after that time.

    Validity:
        H/C_org up to 0.7; above 0.4 a warning: the rate is meant for well carbonised chars.

    Source:
        European Biochar Certificate, C-sink guideline, version 1.0 (2020): 0.3 % a year, 74 % after 100 years.

    Raises:
        ValidityError: H/C_org above 0.7.

    Example:
        >>> round(float(ebc_2020_frac(h_to_corg=0.35, loss_per_year=0.003, years=100)), 2)
        0.74
    """
    _need_eligible(h_to_corg)
    advise_range(
        "permanence", 0, C_SINK_H_TO_CORG, "the rate is that of well carbonised chars", h_to_corg=h_to_corg
    )
    need_fraction("permanence", loss_per_year=loss_per_year)
    need_not_negative("permanence", years=years)
    return same_kind(np.asarray((1 - np.asarray(loss_per_year, dtype=float)) ** years))


def global_c_sink_frac(
    *,
    h_to_corg: Real,
    pyrolysis_temperature_c: Real,
    years: Real,
    persistent_frac: Real,
    pools: Mapping[str, Sequence[float]],
) -> Real:
    r"""Card Global Biochar C-Sink: three quarters stay, the rest decays in two pools.

    $$ F(t) = PAC + (1 - PAC) \cdot \sum_i a_i e^{-k_i t} $$

    Args:
        h_to_corg: molar ratio of hydrogen to organic carbon.
        pyrolysis_temperature_c: highest temperature of the char while it was made, °C.
        years: t since it went into the soil.
        persistent_frac: PAC, persistent aromatic carbon, 0.75.
        pools: columns share (a_i) and rate_per_year (k_i) of the semi-persistent rest (SPC).

    Returns:
        Fraction after that time, at most 1 (the printed pool shares add up to 1.0024).

    Validity:
        H/C_org below 0.4 and made above 550 °C: only there are three quarters persistent.

    Source:
        Carbon Standards International, Global Biochar C-Sink; Schmidt, Abiven, Hagemann, Meyer zu Drewer (2022),
        Permanence of soil applied biochar, The Biochar Journal.

    Raises:
        ValidityError: outside that range.

    Example:
        >>> pools = {"share": (0.1787, 0.8237), "rate_per_year": (0.5337, 0.00997)}
        >>> char = {"h_to_corg": 0.35, "pyrolysis_temperature_c": 600, "persistent_frac": 0.75, "pools": pools}
        >>> [round(float(global_c_sink_frac(**char, years=years)), 3) for years in (100, 1000)]
        [0.826, 0.75]
    """
    _need_c_sink(h_to_corg, pyrolysis_temperature_c)
    need_not_negative("permanence", years=years)
    need_fraction("permanence", persistent_frac=persistent_frac)
    time = np.asarray(years, dtype=float)
    parts = zip(pools["share"], pools["rate_per_year"], strict=True)
    left = sum((share * np.exp(-rate * time) for share, rate in parts), np.zeros_like(time))
    return same_kind(np.asarray(np.minimum(persistent_frac + (1 - np.asarray(persistent_frac)) * left, 1.0)))


def crcf_2026_frac(*, h_to_corg: Real) -> NoReturn:
    r"""Card EU CRCF: known, not verified, refused.

    $$ CR_{net} = CR_{total} - CR_{baseline} - GHG_{associated} $$

    Args:
        h_to_corg: molar ratio of hydrogen to organic carbon.

    Returns:
        Nothing: the constants of the annex have not been seen, and no number is better than a guessed one.

    Source:
        Regulation (EU) 2024/3012, Article 4; Commission Delegated Regulation (EU) 2026/285, annex on biochar.

    Raises:
        ValidityError: always, until the annex has been read.

    Example:
        >>> crcf_2026_frac(h_to_corg=0.35)
        Traceback (most recent call last):
        lca_models.errors.ValidityError: permanence — the CRCF card is not verified — ...
    """
    _need_eligible(h_to_corg)
    why = "the constants in the annex of Delegated Regulation (EU) 2026/285 have not been compared"
    refuse("permanence", "the CRCF card is not verified", why, "use another method card")


def _need_eligible(h_to_corg: Real) -> None:
    ratio = straying(h_to_corg, lambda ratio: (ratio > 0) & (ratio <= H_TO_CORG_LIMIT))
    if ratio is not None:
        what = f"H/C_org {ratio:.2f} is outside 0 to {H_TO_CORG_LIMIT}"
        refuse(
            "permanence",
            what,
            "a char above 0.7 is not eligible",
            "check the laboratory sheet; carbonise longer",
        )


def _need_hot(pyrolysis_temperature_c: Real) -> None:
    temperature = straying(pyrolysis_temperature_c, lambda celsius: celsius >= LEAST_PYROLYSIS_C)
    if temperature is not None:
        what = f"made at {temperature:g} °C"
        refuse("permanence", what, "below 350 °C it is roasted wood, not biochar", "carbonise hotter")


def _need_c_sink(h_to_corg: Real, pyrolysis_temperature_c: Real) -> None:
    _need_eligible(h_to_corg)
    ratio, temperature = np.broadcast_arrays(middle(h_to_corg), middle(pyrolysis_temperature_c))
    holds = (ratio < C_SINK_H_TO_CORG) & (temperature > C_SINK_PYROLYSIS_C)
    if not np.all(holds):
        what = f"H/C_org {ratio[~holds][0]:.2f}, made at {temperature[~holds][0]:g} °C"
        why = f"the persistent share holds below {C_SINK_H_TO_CORG} and above {C_SINK_PYROLYSIS_C:.0f} °C"
        refuse("permanence", what, why, "use another method card")
