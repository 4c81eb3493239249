"""Radiocarbon of a soil under RothC: how the model's inert pool is checked against a measurement."""

import numpy as np

from lca_models.equations import rothc
from lca_models.real import Array, Real

LIBBY_HALF_LIFE_YEARS = 5568.0
LIBBY_MEAN_LIFE_YEARS = 8035.0
INERT_AGE_YEARS = 50_000.0
EMPTY = rothc.Pools(0.0, 0.0, 0.0, 0.0, 0.0)


def delta_14c_permille(
    *, months: rothc.Months, soil: rothc.Soil, modern_frac: Array, inert_t_c_per_ha: Real = 0.0
) -> Array:
    r"""Δ¹⁴C of the soil at the end of every month, from an empty soil on.

    $$ \Delta^{14}C = 1000 \cdot (e^{-t/8035} - 1), \qquad t = \frac{5568}{\ln 2} \ln \frac{C}{A} $$

    with $C$ the carbon and $A$ the carbon that still carries its ¹⁴C. Labelled carbon moves as all carbon does and
    decays besides, so $A$ is the same model run on inputs that are worth more the later they come.

    Args:
        months: weather and management, the run-in included (see `rothc.run`).
        soil: clay and depth.
        modern_frac: ¹⁴C of each month's input against the standard of 1950 (1 before 1860, 1.74 in 1966).
        inert_t_c_per_ha: inert carbon, t C/ha, taken as 50 000 years old.

    Returns:
        ‰ at the end of every month.

    Source:
        Coleman, Prout, Milne (2025), RothC model description 2.0.0, section 1.8, Equations 17 and 18.

    Raises:
        ValidityError: what `rothc.run` refuses.

    Example:
        Modern inputs alone: a year-old soil is hardly older than the air.

        >>> year = np.ones(12)
        >>> months = rothc.Months(9.25 * year, 60 * year, 40 * year, year, 0.15 * year, 0 * year, 1.44 * year)
        >>> delta = delta_14c_permille(months=months, soil=rothc.Soil(0.234, 23.0), modern_frac=year)
        >>> round(float(delta[-1]), 2)
        -0.05
    """
    decay_per_year = np.log(2) / LIBBY_HALF_LIFE_YEARS
    ends = np.arange(1, len(months.rain_mm) + 1) / rothc.MONTHS_PER_YEAR
    growth = _along_months(np.exp(decay_per_year * ends), months)
    worth = _along_months(np.asarray(modern_frac, dtype=float), months) * growth
    labelled_months = months._replace(
        plant_t_c_per_ha=months.plant_t_c_per_ha * worth, manure_t_c_per_ha=months.manure_t_c_per_ha * worth
    )
    carbon = rothc.run(start=EMPTY._replace(iom=inert_t_c_per_ha), months=months, soil=soil)
    labelled = rothc.run(start=EMPTY, months=labelled_months, soil=soil)
    activity = labelled.total_t_c_per_ha / growth + carbon.iom * np.exp(-decay_per_year * INERT_AGE_YEARS)
    age_years = np.log(carbon.total_t_c_per_ha / activity) / decay_per_year
    return np.asarray(1000 * np.expm1(-age_years / LIBBY_MEAN_LIFE_YEARS))


def _along_months(values: Array, months: rothc.Months) -> Array:
    return values.reshape(values.shape + (1,) * (np.ndim(months.plant_t_c_per_ha) - values.ndim))
