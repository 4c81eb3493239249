"""Biochar: what comes out of the kiln, carbon stored, how much of it stays, what the kiln emits.

`permanent_fraction` is the method card of Woolf et al. (2021); the other cards are in `permanence`.
"""

import numpy as np

from lca_models.equations._bounds import (
    advise_range,
    need_fraction,
    need_not_negative,
    need_positive,
    refuse,
    straying,
)
from lca_models.errors import Problem, ValidityError
from lca_models.real import Array, Real

H_TO_CORG_LIMIT = 0.7
SOIL_TEMPERATURE_RANGE_C = (5.0, 30.0)
DRY_WOOD_MOISTURE, WET_WOOD_MOISTURE = 0.15, 0.40
HYDROGEN_PER_CARBON_MOL = 12.011 / 1.008
MOST_CARBON_KEPT_FRAC = 0.6
"""Of the wood's carbon, by slow pyrolysis: `yield_frac` times `char_carbon_frac` at 350 °C and 30 % lignin is 0.59."""


def yield_frac(*, pyrolysis_temperature_c: Real, lignin_frac: Real) -> Real:
    r"""Char from dry biomass by slow pyrolysis, ash left out on both sides.

    $$ Y = 0.1261 + 0.2733 \cdot L + 0.5391 \cdot e^{-0.004 \, T} $$

    Args:
        pyrolysis_temperature_c: highest temperature, °C.
        lignin_frac: kg lignin per kg dry, ash-free biomass; wood 0.20 to 0.30.

    Returns:
        kg char per kg biomass, both dry and ash-free.

    Validity:
        Slow pyrolysis at 350 to 750 °C, warned outside. An open kiln burns part of the char: measure there.

    Source:
        Woolf, Lehmann, Fisher, Angenent (2014), Environ. Sci. Technol. 48:6492–6499, doi 10.1021/es500474q, and
        Woolf, Lehmann, Lee (2016), Nat. Commun. 7:13160; read in the first author's code (BiocharAG), which of
        the papers printed it was not checked.

    Example:
        >>> round(float(yield_frac(pyrolysis_temperature_c=550, lignin_frac=0.27)), 2)
        0.26
    """
    need_fraction("biochar", lignin_frac=lignin_frac)
    _advise_temperature(pyrolysis_temperature_c)
    return _same_kind(
        np.asarray(0.1260917 + 0.27332 * lignin_frac + 0.5391409 * np.exp(-0.004 * pyrolysis_temperature_c))
    )


def char_carbon_frac(*, pyrolysis_temperature_c: Real) -> Real:
    r"""Carbon in ash-free char, by temperature: for planning, never in place of the laboratory.

    $$ w_C = 0.99 - 0.78 \cdot e^{-0.0042 \, T} $$

    Args:
        pyrolysis_temperature_c: highest temperature, °C.

    Returns:
        kg C per kg dry, ash-free char; times one minus its ash for the char as it is.

    Validity:
        Slow pyrolysis at 350 to 750 °C, warned outside. The review its twin for hydrogen comes from (Neves et al.
        2011) has a lower curve for carbon, from memory 0.93 − 0.92 exp(−0.0042 T): 0.84 at 550 °C, not 0.91.

    Source:
        Woolf, Lehmann, Lee (2016), Nat. Commun. 7:13160; read in the first author's code (BiocharAG).

    Example:
        >>> round(float(char_carbon_frac(pyrolysis_temperature_c=550)), 2)
        0.91
    """
    _advise_temperature(pyrolysis_temperature_c)
    return _same_kind(np.asarray(0.99 - 0.78 * np.exp(-0.0042 * np.asarray(pyrolysis_temperature_c))))


def char_hydrogen_frac(*, pyrolysis_temperature_c: Real) -> Real:
    r"""Hydrogen in ash-free char, by temperature: for planning, never in place of the laboratory.

    $$ w_H = -0.0041 + 0.10 \cdot e^{-0.0024 \, T} $$

    Args:
        pyrolysis_temperature_c: highest temperature, °C.

    Returns:
        kg H per kg dry, ash-free char.

    Validity:
        Slow pyrolysis at 350 to 750 °C, warned outside.

    Source:
        Neves, Thunman, Matos, Tarelho, Gómez-Barea (2011), Prog. Energy Combust. Sci. 37:611–630; read in the
        code of Woolf (BiocharAG).

    Example:
        >>> round(float(char_hydrogen_frac(pyrolysis_temperature_c=550)), 4)
        0.0226
    """
    _advise_temperature(pyrolysis_temperature_c)
    return _same_kind(np.asarray(-0.0041 + 0.1 * np.exp(-0.0024 * np.asarray(pyrolysis_temperature_c))))


def h_to_corg(*, hydrogen_frac: Real, organic_carbon_frac: Real) -> Real:
    r"""Molar ratio of hydrogen to organic carbon from the masses on a laboratory sheet.

    $$ H/C_{org} = \frac{w_H / 1.008}{w_{C,org} / 12.011} $$

    Args:
        hydrogen_frac: kg H per kg dry char, water's hydrogen left out.
        organic_carbon_frac: kg organic C per kg dry char (total less carbonate carbon).

    Returns:
        mol/mol. Puro 2025, Equation 6.5, takes 12.0 for 12.011/1.008: 0.7 % more.

    Source:
        Stoichiometry; IUPAC standard atomic weights.

    Raises:
        ValidityError: no carbon at all.

    Example:
        >>> round(h_to_corg(hydrogen_frac=0.022, organic_carbon_frac=0.75), 3)
        0.35
    """
    need_fraction("biochar", hydrogen_frac=hydrogen_frac, organic_carbon_frac=organic_carbon_frac)
    need_positive("biochar", organic_carbon_frac=organic_carbon_frac)
    return hydrogen_frac / organic_carbon_frac * HYDROGEN_PER_CARBON_MOL


def kiln_char_kg(*, wood_kg: Real, moisture_frac: Real, yield_frac: Real) -> Real:
    r"""Dry char from wood as it goes into a kiln that lives on its own gases.

    $$ m_{char} = m_{wood} \cdot (1 - w) \cdot Y $$

    Args:
        wood_kg: wood as fed, with its water, kg.
        moisture_frac: kg water per kg wood as fed (wet basis).
        yield_frac: kg char per kg dry wood.

    Returns:
        kg dry char.

    Validity:
        Water up to 15 % of the wood; warned above, refused above 40 %: there a flame-curtain kiln gave off more
        than 0.5 kg CH4 per kg char, more than the char stores.

    Source:
        Mass balance; limits after Cornelissen, Sørmo, Anaya de la Rosa, Ladd (2023), Sci. Total Environ.
        903:166547.

    Raises:
        ValidityError: wood wetter than 40 %.

    Example:
        >>> round(kiln_char_kg(wood_kg=1000, moisture_frac=0.12, yield_frac=0.22), 1)
        193.6
    """
    need_not_negative("biochar", wood_kg=wood_kg)
    need_fraction("biochar", moisture_frac=moisture_frac, yield_frac=yield_frac)
    _need_dry_wood(moisture_frac)
    return wood_kg * (1 - moisture_frac) * yield_frac


def carbon_kept_frac(
    *, char_kg: Real, char_carbon_frac: Real, wood_dry_kg: Real, wood_carbon_frac: Real
) -> Real:
    r"""Share of the wood's carbon that is in the char: the balance that finds a wrong yield.

    $$ k = \frac{m_{char} \cdot C_{char}}{m_{wood} \cdot C_{wood}} $$

    Args:
        char_kg: dry char made, kg.
        char_carbon_frac: kg C per kg dry char.
        wood_dry_kg: dry wood it was made from, kg.
        wood_carbon_frac: kg C per kg dry wood; 0.47.

    Returns:
        Fraction; 0.35 to 0.55 for slow pyrolysis.

    Source:
        Carbon balance.

    Raises:
        ValidityError: more carbon in the char than in the wood.

    Example:
        >>> round(carbon_kept_frac(char_kg=260, char_carbon_frac=0.85, wood_dry_kg=1000, wood_carbon_frac=0.47), 2)
        0.47
    """
    need_fraction("biochar", char_carbon_frac=char_carbon_frac, wood_carbon_frac=wood_carbon_frac)
    need_not_negative("biochar", char_kg=char_kg)
    carbon_in = wood_dry_kg * wood_carbon_frac
    need_positive("biochar", carbon_in_the_wood=carbon_in)
    kept = char_kg * char_carbon_frac / carbon_in
    need_fraction("biochar", carbon_in_char_over_carbon_in_wood=kept)
    return kept


def puro_net_kg(
    *, stored_kg: Real, baseline_kg: Real, loss_kg: Real, project_kg: Real, leakage_kg: Real
) -> Real:
    r"""CO2 removal units of the Puro methodology; all terms in the same CO2e.

    $$ CORC = C_{stored} - C_{baseline} - C_{loss} - E_{project} - E_{leakage} $$

    Args:
        stored_kg: carbon stored as CO2, before decay.
        baseline_kg: what would be stored without the project; usually 0.
        loss_kg: what decays within the horizon: stored times one minus permanence.
        project_kg: emitted by biomass supply, making and use over the life cycle.
        leakage_kg: emitted elsewhere because of the project.

    Returns:
        kg CO2e in that methodology's terms; zero or less means no unit. It belongs to a removal unit, not to a
        product footprint: there the terms stand apart.

    Source:
        Puro.earth, Biochar Methodology, edition 2025 version 1, Equation 5.1.

    Example:
        >>> puro_net_kg(stored_kg=2750, baseline_kg=0, loss_kg=794, project_kg=400, leakage_kg=0)
        1556
    """
    parts = {"stored_kg": stored_kg, "baseline_kg": baseline_kg, "loss_kg": loss_kg}
    need_not_negative("biochar", **parts, project_kg=project_kg, leakage_kg=leakage_kg)
    return stored_kg - baseline_kg - loss_kg - project_kg - leakage_kg


def carbon_kg(*, dry_mass_kg: Real, organic_carbon_frac: Real) -> Real:
    r"""Organic carbon in biochar.

    $$ C = m_{dry} \cdot C_{org} $$

    Args:
        dry_mass_kg: biochar without water, kg.
        organic_carbon_frac: kg organic C per kg dry biochar, from the laboratory.

    Returns:
        kg C.

    Source:
        IPCC 2019 Refinement V4 Ch2 Appendix 4, Equation 4Ap.1, the terms BC_TOT and F_C.

    Example:
        >>> carbon_kg(dry_mass_kg=1000, organic_carbon_frac=0.75)
        750.0
    """
    return dry_mass_kg * organic_carbon_frac


def permanent_fraction(
    *,
    h_to_corg: Real,
    soil_temperature_c: Real,
    coefficients: dict[str, tuple[float, ...]],
    residual: Real = 0.0,
) -> Real:
    r"""Share of biochar carbon still there at the horizon of the coefficients (100 years or more).

    $$ F_{perm} = c(T_s) + m(T_s) \cdot H/C_{org} + \epsilon \, s_{pred}, \qquad
       s_{pred} = s_{res} \sqrt{1 + \tfrac{1}{n} + \tfrac{(x - \bar x)^2}{S_{xx}}} $$

    between the tabulated soil temperatures the coefficients are interpolated linearly; the result is held
    between 0 and 1. The last term is the prediction error for *one* char, which the method's own tables leave
    out: two chars with the same H/C_org differ by it.

    Args:
        h_to_corg: molar ratio of hydrogen to organic carbon, mol/mol.
        soil_temperature_c: mean annual soil temperature, °C.
        coefficients: columns soil_temperature_c, intercept, slope, residual_sd, n, x_mean, s_xx.
        residual: standardised prediction error ε; 0 for the central value.

    Returns:
        Fraction, 0 to 1.

    Validity:
        H/C_org ≤ 0.7 mol/mol and soil at 5 to 30 °C; chars made at 350 °C or more.

    Source:
        Woolf, Lehmann, Ogle, Kishimoto-Mo, McConkey, Baldock (2021), Environ. Sci. Technol. 55:14795,
        doi 10.1021/acs.est.1c02425; regression recomputed on the data of its Supporting Information.

    Raises:
        ValidityError: outside that range.

    Example:
        >>> table = {"soil_temperature_c": (22.0, 24.0), "intercept": (0.9947, 0.9855)}
        >>> table |= {"slope": (-0.6532, -0.6549), "residual_sd": (0.2056, 0.2075)}
        >>> table |= {"n": (85, 85), "x_mean": (0.566, 0.566), "s_xx": (3.7821, 3.7821)}
        >>> round(float(permanent_fraction(h_to_corg=0.35, soil_temperature_c=23.0, coefficients=table)), 3)
        0.761
    """
    _check_range(h_to_corg, soil_temperature_c)
    grid = np.asarray(coefficients["soil_temperature_c"], dtype=float)

    def at_temperature(column: str) -> Array:
        return np.asarray(np.interp(soil_temperature_c, grid, np.asarray(coefficients[column], dtype=float)))

    distance = h_to_corg - at_temperature("x_mean")
    spread = np.sqrt(1 + 1 / at_temperature("n") + distance**2 / at_temperature("s_xx"))
    drawn = (
        at_temperature("intercept")
        + at_temperature("slope") * h_to_corg
        + residual * at_temperature("residual_sd") * spread
    )
    return _same_kind(np.clip(drawn, 0.0, 1.0))


def _check_range(h_to_corg: Real, soil_temperature_c: Real) -> None:
    low, high = SOIL_TEMPERATURE_RANGE_C
    ratio = straying(h_to_corg, lambda ratio: (ratio > 0) & (ratio <= H_TO_CORG_LIMIT))
    if ratio is not None:
        what = f"H/C_org {ratio:.2f} is outside 0 to {H_TO_CORG_LIMIT}"
        why = "a char above 0.7 is not eligible as a removal (Woolf et al. 2021; VM0044; EBC)"
        raise ValidityError(
            Problem("biochar", what, why, "check the laboratory sheet; carbonise longer or hotter")
        )
    temperature = straying(soil_temperature_c, lambda celsius: (celsius >= low) & (celsius <= high))
    if temperature is not None:
        what = f"a soil temperature of {temperature:.1f} °C is outside {low:.0f} to {high:.0f} °C"
        raise ValidityError(
            Problem(
                "biochar", what, "Woolf et al. (2021) give no coefficients there", "use another method card"
            )
        )


def _advise_temperature(pyrolysis_temperature_c: Real) -> None:
    why = "the curve is fitted to slow pyrolysis"
    advise_range("biochar", 350, 750, why, pyrolysis_temperature_c=pyrolysis_temperature_c)


def _need_dry_wood(moisture_frac: Real) -> None:
    moisture = straying(moisture_frac, lambda share: share <= WET_WOOD_MOISTURE)
    if moisture is not None:
        what = f"wood with {moisture:.0%} water in a kiln"
        why = "it smoulders and gives off more methane than its char stores"
        refuse("biochar", what, why, "dry the wood to 15 % or less first")
    why = "wet wood makes methane; count it with the kiln's factor for wet wood"
    advise_range("biochar", 0, DRY_WOOD_MOISTURE, why, moisture_frac=moisture_frac)


def _same_kind(value: Array) -> Real:
    return float(value) if value.ndim == 0 else value


def kiln_gas_kg(*, biochar_kg: Real, emission_factor: Real) -> Real:
    r"""A gas that a kiln lets out.

    $$ E = m_{char} \cdot EF $$

    Args:
        biochar_kg: dry biochar made, kg.
        emission_factor: kg of the gas per kg biochar, by kiln type.

    Returns:
        kg of the gas.

    Source:
        Verra VM0044 v1.1, section 8 (low-technology production: 0.049 t CH4 per t biochar).

    Example:
        >>> kiln_gas_kg(biochar_kg=1000, emission_factor=0.049)
        49.0
    """
    return biochar_kg * emission_factor
