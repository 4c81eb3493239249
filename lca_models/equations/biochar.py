"""Biochar: carbon stored, how much of it stays, what the kiln emits."""

import numpy as np

from lca_models.errors import Problem, ValidityError
from lca_models.real import Array, Real

H_TO_CORG_LIMIT = 0.7
SOIL_TEMPERATURE_RANGE_C = (5.0, 30.0)


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
    # An uncertain reading may stray over the edge of the range; its middle must not.
    ratio, temperature = float(np.median(h_to_corg)), float(np.median(soil_temperature_c))
    low, high = SOIL_TEMPERATURE_RANGE_C
    if not 0 < ratio <= H_TO_CORG_LIMIT:
        what = f"H/C_org {ratio:.2f} is outside 0 to {H_TO_CORG_LIMIT}"
        why = "a char above 0.7 is not eligible as a removal (Woolf et al. 2021; VM0044; EBC)"
        raise ValidityError(
            Problem("biochar", what, why, "check the laboratory sheet; carbonise longer or hotter")
        )
    if not low <= temperature <= high:
        what = f"a soil temperature of {temperature:.1f} °C is outside {low:.0f} to {high:.0f} °C"
        raise ValidityError(
            Problem(
                "biochar", what, "Woolf et al. (2021) give no coefficients there", "use another method card"
            )
        )


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
