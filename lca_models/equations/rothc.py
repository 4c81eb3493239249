"""RothC-26.3: turnover of organic carbon in topsoil, month by month, in five pools.

`equilibrium` runs a soil in until it rests, `run` goes on from there; both take one field or many at once. The
small functions above them are the parts of the model, one per equation. Where ports of this model go wrong:

- *Plant cover acts twice.* A covered month decomposes at 0.6 of the bare rate, and only a covered month may dry
  the soil to its full deficit; bare soil stops at 0.556 of it, but soil that was drier stays as dry as it was.
- *The deficit is carried from month to month and over the new year*; it is updated first, the modifier read
  after.
- *Evaporation is from an open pan*; the model takes 0.75 of it. Reference evapotranspiration must be divided by
  0.75 before it comes in here, or the soil stays too wet.
- *The description of 2025 misprints the deficit* with 1.01 clay²; 0.01 gives the description's own −44.94 mm.
- *Inputs come at the end of the month* and do not decompose in it.
- *Below −5 °C nothing decomposes.* The temperature equation alone would not say so: below −18.27 °C it jumps to
  47.9.
"""

from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

import numpy as np

from lca_models.equations._bounds import need_not_negative, need_positive, refuse, same_kind
from lca_models.real import Array, Real

DECAY_PER_YEAR = (10.0, 0.3, 0.66, 0.02)  # DPM, RPM, BIO, HUM
MANURE_SHARES = (0.49, 0.49, 0.0, 0.02)
BIO_SHARE, HUM_SHARE = 0.46, 0.54
MONTHS_PER_YEAR = 12
WHERE = "RothC"


class Pools(NamedTuple):
    """Carbon in the five pools, t C/ha: decomposable and resistant plant material, biomass, humus, inert."""

    dpm: Real
    rpm: Real
    bio: Real
    hum: Real
    iom: Real

    @property
    def total_t_c_per_ha(self) -> Real:
        """Soil organic carbon."""
        return self.dpm + self.rpm + self.bio + self.hum + self.iom


class Soil(NamedTuple):
    """The layer modelled: clay, 0 to 1, and thickness in cm."""

    clay_frac: Real
    depth_cm: Real


class Months(NamedTuple):
    """Weather and management, month by month along the first axis; further axes are fields.

    Mean air temperature in °C, rain in mm, evaporation from an open pan in mm, whether plants cover the soil (1 or
    0), carbon coming from plants and from farmyard manure in t C/ha, and the ratio of decomposable to resistant
    plant material in what the plants bring.
    """

    air_temperature_c: Array
    rain_mm: Array
    pan_evaporation_mm: Array
    covered: Array
    plant_t_c_per_ha: Array
    manure_t_c_per_ha: Array
    dpm_to_rpm: Array


class Equilibrium(NamedTuple):
    """A soil at rest: its pools, its deficit at the end of December (mm), and the months it took from empty."""

    pools: Pools
    deficit_mm: Real
    months: Real


def temperature_modifier(*, air_temperature_c: Real) -> Real:
    r"""How much faster or slower carbon decomposes at a temperature (1 at 9.3 °C).

    $$ a = \frac{47.91}{1 + e^{106.06/(T + 18.27)}} \quad (T \ge -5), \qquad a = 0 \quad (T < -5) $$

    Args:
        air_temperature_c: mean of the month, °C.

    Returns:
        Factor, 0 to about 5.

    Source:
        Coleman, Prout, Milne (2025), RothC model description 2.0.0, Equation 1; the cut at −5 °C from its
        program.

    Example:
        >>> [round(temperature_modifier(air_temperature_c=celsius), 2) for celsius in (-20.0, 9.3, 22.0)]
        [0.0, 1.0, 3.21]
    """
    temperature = np.asarray(air_temperature_c, dtype=float)
    frozen = temperature < -5
    warm = np.where(frozen, -5.0, temperature)
    return same_kind(np.where(frozen, 0.0, 47.91 / (1 + np.exp(106.06 / (warm + 18.27)))))


def largest_deficit_mm(*, clay_frac: Real, depth_cm: Real) -> Real:
    r"""Moisture deficit of a topsoil that plants have dried as far as they can.

    $$ M_{max} = -(20 + 1.3 \cdot clay - 0.01 \cdot clay^2) \cdot \frac{d}{23} $$

    with clay in percent.

    Args:
        clay_frac: clay, 0 to 1.
        depth_cm: thickness of the layer, cm.

    Returns:
        mm, negative.

    Source:
        Coleman, Prout, Milne (2025), section 1.6.2.1, Equation 2, with 0.01 where the print has 1.01.

    Raises:
        ValidityError: clay outside 0 to 1, or no depth.

    Example:
        Rothamsted, 23.4 % clay, 0–23 cm (the description's own figure):

        >>> round(largest_deficit_mm(clay_frac=0.234, depth_cm=23), 2)
        -44.94
    """
    _need_soil(Soil(clay_frac, depth_cm))
    clay = 100 * clay_frac
    return -(20 + 1.3 * clay - 0.01 * clay * clay) * depth_cm / 23


def deficit_mm(
    *,
    previous_mm: Real,
    rain_mm: Real,
    pan_evaporation_mm: Real,
    covered: Real,
    clay_frac: Real,
    depth_cm: Real,
) -> Real:
    r"""Moisture deficit of the topsoil at the end of a month.

    $$ M = \max(L, \min(0, M_{previous} + P - 0.75 \, E)), \qquad
       L = M_{max} \text{ covered}, \quad L = \min(0.556 \, M_{max}, M_{previous}) \text{ bare} $$

    Args:
        previous_mm: deficit at the end of the month before, mm; 0 at field capacity, negative when drier.
        rain_mm: P, mm.
        pan_evaporation_mm: E from an open pan, mm (below 0: dew); or potential evapotranspiration / 0.75.
        covered: 1 when plants grow in the month, 0 when the soil is bare.
        clay_frac: clay, 0 to 1.
        depth_cm: thickness of the layer, cm.

    Returns:
        mm, 0 or negative.

    Source:
        Coleman, Prout, Milne (2025), section 1.6.2.1. The text divides by 1.8 for bare soil, the program
        multiplies by 0.556; the published results are those of the program.

    Raises:
        ValidityError: negative rain, a cover that is neither 0 nor 1, clay outside 0 to 1, no depth.

    Example:
        July at Rothamsted, from Table 2 of the description; then the same month on bare soil:

        >>> july = dict(previous_mm=-27.5, rain_mm=34, pan_evaporation_mm=103, clay_frac=0.234, depth_cm=23)
        >>> round(deficit_mm(covered=1, **july), 2), round(deficit_mm(covered=0, **july), 2)
        (-44.94, -27.5)
    """
    need_not_negative(WHERE, rain=rain_mm)
    _need_cover(covered)
    driest = np.asarray(largest_deficit_mm(clay_frac=clay_frac, depth_cm=depth_cm), dtype=float)
    return same_kind(_deficit(previous_mm, rain_mm - 0.75 * pan_evaporation_mm, covered, driest))


def moisture_modifier(*, deficit_mm: Real, clay_frac: Real, depth_cm: Real) -> Real:
    r"""How much slower carbon decomposes in dry soil.

    $$ b = 1 \text{ for } M > 0.444 \, M_{max}, \qquad
       b = 0.2 + 0.8 \cdot \frac{M_{max} - M}{M_{max} - 0.444 \, M_{max}} \text{ otherwise} $$

    Args:
        deficit_mm: M at the end of the month, mm, 0 or negative.
        clay_frac: clay, 0 to 1.
        depth_cm: thickness of the layer, cm.

    Returns:
        Factor, 0.2 to 1.

    Source:
        Coleman, Prout, Milne (2025), Equations 3 and 4.

    Raises:
        ValidityError: clay outside 0 to 1, or no depth.

    Example:
        >>> layer = dict(clay_frac=0.234, depth_cm=23)
        >>> [round(moisture_modifier(deficit_mm=mm, **layer), 3) for mm in (-10, -30, -44.944)]
        [1.0, 0.678, 0.2]
    """
    driest = np.asarray(largest_deficit_mm(clay_frac=clay_frac, depth_cm=depth_cm), dtype=float)
    drying = 0.2 + 0.8 * (driest - deficit_mm) / (driest - 0.444 * driest)
    return same_kind(np.where(deficit_mm > 0.444 * driest, 1.0, drying))


def cover_modifier(*, covered: Real) -> Real:
    r"""How much slower carbon decomposes under growing plants.

    $$ c = 0.6 \text{ covered}, \qquad c = 1 \text{ bare} $$

    Args:
        covered: 1 when plants grow in the month, 0 when the soil is bare.

    Returns:
        0.6 or 1.

    Source:
        Coleman, Prout, Milne (2025), section 1.6.3.

    Raises:
        ValidityError: a cover that is neither 0 nor 1.

    Example:
        >>> cover_modifier(covered=1), cover_modifier(covered=0)
        (0.6, 1.0)
    """
    _need_cover(covered)
    return same_kind(np.where(np.asarray(covered) == 1, 0.6, 1.0))


def co2_ratio(*, clay_frac: Real) -> Real:
    r"""Carbon lost as CO2 for each part that becomes biomass and humus.

    $$ x = 1.67 \cdot (1.85 + 1.60 \, e^{-0.0786 \cdot clay}) $$

    with clay in percent.

    Args:
        clay_frac: clay, 0 to 1.

    Returns:
        Ratio CO2 : (BIO + HUM).

    Source:
        Coleman, Prout, Milne (2025), Equation 13.

    Raises:
        ValidityError: clay outside 0 to 1.

    Example:
        Rothamsted (the description gives 3.51):

        >>> round(co2_ratio(clay_frac=0.234), 2)
        3.51
    """
    _need_soil(Soil(clay_frac, 23.0))
    return same_kind(np.asarray(1.67 * (1.85 + 1.60 * np.exp(-7.86 * np.asarray(clay_frac)))))


def inert_t_c_per_ha(*, total_t_c_per_ha: Real) -> Real:
    r"""Inert carbon of a topsoil for which nobody measured radiocarbon.

    $$ IOM = 0.049 \cdot TOC^{1.139} $$

    Args:
        total_t_c_per_ha: soil organic carbon, t C/ha.

    Returns:
        t C/ha.

    Validity:
        Rough, and for surface soils only.

    Source:
        Falloon, Smith, Coleman, Marshall (1998), Soil Biol. Biochem. 30:1207–1211.

    Raises:
        ValidityError: a negative stock.

    Example:
        Hoosfield in 1852 held 33.8 t C/ha, of it 2.7 inert (RothC description, section 2.1):

        >>> round(inert_t_c_per_ha(total_t_c_per_ha=33.8), 1)
        2.7
    """
    need_not_negative(WHERE, total=total_t_c_per_ha)
    return 0.049 * total_t_c_per_ha**1.139


def after_month(
    *,
    pools: Pools,
    rate_modifier: Real,
    clay_frac: Real,
    plant_t_c_per_ha: Real = 0.0,
    manure_t_c_per_ha: Real = 0.0,
    dpm_to_rpm: Real = 1.44,
) -> Pools:
    r"""The five pools a month later.

    $$ Y_i' = Y_i \, e^{-abc \, k_i/12} + \frac{s_i}{1 + x} \sum_j Y_j \, (1 - e^{-abc \, k_j/12}) + in_i $$

    with $k$ = 10, 0.3, 0.66 and 0.02 per year for DPM, RPM, BIO and HUM, $s$ = 0.46 for BIO, 0.54 for HUM and 0
    for plant material. Plant carbon enters as DPM and RPM in the ratio given, manure as 49 % DPM, 49 % RPM, 2 % HUM.

    Args:
        pools: at the beginning of the month, t C/ha.
        rate_modifier: a·b·c of the month.
        clay_frac: clay, 0 to 1.
        plant_t_c_per_ha: carbon from plants, roots included, t C/ha in the month.
        manure_t_c_per_ha: carbon in farmyard manure, t C/ha in the month.
        dpm_to_rpm: 1.44 crops and improved grass, 0.67 unimproved grass and scrub, 0.25 woodland (section 1.3).

    Returns:
        Pools at the end of the month, t C/ha.

    Source:
        Coleman, Prout, Milne (2025), sections 1.3–1.5 and Equations 13–16.

    Raises:
        ValidityError: a negative pool, input or modifier, or clay outside 0 to 1.

    Example:
        Hoosfield, January 1852, worked by hand in section 2.2 of the description:

        >>> december = Pools(dpm=0.1533, rpm=4.4852, bio=0.6671, hum=25.8576, iom=2.7)
        >>> january = after_month(pools=december, rate_modifier=0.3561, clay_frac=0.234)
        >>> [round(pool, 3) for pool in january]
        [0.114, 4.445, 0.665, 25.855, 2.7]
    """
    need_not_negative(WHERE, rate_modifier=rate_modifier, plant=plant_t_c_per_ha, manure=manure_t_c_per_ha)
    need_not_negative(WHERE, dpm=pools.dpm, rpm=pools.rpm, bio=pools.bio, hum=pools.hum, iom=pools.iom)
    need_positive(WHERE, dpm_to_rpm=dpm_to_rpm)
    active = _turned_over(_stacked(*pools[:4]), _survival(rate_modifier), _kept(clay_frac))
    return _pools(active + _arriving(plant_t_c_per_ha, manure_t_c_per_ha, dpm_to_rpm), pools.iom)


def run(*, start: Pools, months: Months, soil: Soil, deficit_mm: Real = 0.0) -> Pools:
    """The pools at the end of every month, one field or many.

    Args:
        start: pools before the first month, t C/ha.
        months: weather and management; arrays with months along the first axis, fields along the others.
        soil: clay and depth, of one field or of each.
        deficit_mm: moisture deficit before the first month, mm; 0 at field capacity.

    Returns:
        Pools, each an array with months along the first axis.

    Validity:
        Topsoil that is not waterlogged: no paddies, no peat; with care on subsoil, young volcanic ash and tundra.

    Source:
        Coleman, Prout, Milne (2025). Gives the published months of the official example to 1e-6.

    Raises:
        ValidityError: what the functions of this file refuse, or months that do not fit together.

    Example:
        Twelve bare months at 9.3 °C, moist, without input: only DPM is nearly gone.

        >>> year = np.ones(12)
        >>> months = Months(9.3 * year, 60 * year, 40 * year, 0 * year, 0 * year, 0 * year, 1.44 * year)
        >>> start = Pools(dpm=1.0, rpm=5.0, bio=1.0, hum=30.0, iom=3.0)
        >>> end = run(start=start, months=months, soil=Soil(clay_frac=0.234, depth_cm=23))
        >>> round(float(end.dpm[-1]), 5), round(float(end.total_t_c_per_ha[-1]), 2)
        (4e-05, 37.28)
    """
    months = _checked(months, soil)
    need_not_negative(WHERE, dpm=start.dpm, rpm=start.rpm, bio=start.bio, hum=start.hum, iom=start.iom)
    rates, _ = _rates(months, soil, deficit_mm)
    kept = _kept(soil.clay_frac)
    pools, history = _stacked(*start[:4]), []
    for rate, arriving in zip(rates, _arrivals(months), strict=True):
        pools = _turned_over(pools, _survival(rate), kept) + arriving
        history.append(pools)
    active = np.stack(history)
    return _pools(active, np.broadcast_to(np.asarray(start.iom, dtype=float), active.shape[:-1]))


def equilibrium(
    *,
    months: Months,
    soil: Soil,
    inert_t_c_per_ha: Real = 0.0,
    tolerance_t_c_per_ha: float = 1e-6,
    longest_years: int = 20_000,
) -> Equilibrium:
    """The soil that a year repeated for ever ends in, from an empty soil at field capacity.

    A field is taken as at rest when a whole year changes its active carbon by less than the tolerance, which is
    where the official program stops: about 1e-4 t C/ha before the limit itself.

    Args:
        months: the twelve months of a typical year (see `run`).
        soil: clay and depth.
        inert_t_c_per_ha: inert carbon, t C/ha; it takes no part.
        tolerance_t_c_per_ha: change in a year that counts as none, t C/ha.
        longest_years: give up after so many.

    Returns:
        Pools, moisture deficit and months needed, of each field.

    Source:
        Coleman, Prout, Milne (2025), section 2.1 and the program's run to equilibrium.

    Raises:
        ValidityError: not twelve months, no rest within the longest time, or what `run` refuses.

    Example:
        >>> year = np.ones(12)
        >>> months = Months(9.3 * year, 60 * year, 40 * year, year, 0.15 * year, 0 * year, 1.44 * year)
        >>> soil = Soil(clay_frac=0.234, depth_cm=23)
        >>> rested = equilibrium(months=months, soil=soil, inert_t_c_per_ha=2.7)
        >>> round(rested.pools.total_t_c_per_ha, 2)
        30.68
    """
    months = _checked(months, soil)
    if len(months.rain_mm) != MONTHS_PER_YEAR:
        refuse(
            WHERE, f"a year of {len(months.rain_mm)} months", "a year is repeated", "give its twelve months"
        )
    pools = np.zeros((*months.rain_mm.shape[1:], 4))
    resting, taken = np.zeros(pools.shape[:-1], dtype=bool), np.zeros(pools.shape[:-1])
    for (year, deficit), _ in zip(_years(months, soil), range(longest_years), strict=False):
        after = (year.carried @ pools[..., None])[..., 0] + year.added
        moved = np.abs(after.sum(-1) - pools.sum(-1)) > tolerance_t_c_per_ha
        pools = np.where(resting[..., None], pools, after)
        taken = np.where(resting, taken, taken + MONTHS_PER_YEAR)
        resting = resting | ~moved
        if np.all(resting):
            return Equilibrium(
                _pools(pools, inert_t_c_per_ha), same_kind(np.asarray(deficit)), same_kind(taken)
            )
    what = f"the soil does not come to rest in {longest_years} years"
    return refuse(WHERE, what, "it hardly decomposes", "start from measured pools")


class _Year(NamedTuple):
    carried: Array
    added: Array


def _years(months: Months, soil: Soil) -> Iterator[tuple[_Year, Real]]:
    start: Real = 0.0
    while True:
        rates, december = _rates(months, soil, start)
        year = _year(rates, _arrivals(months), _kept(soil.clay_frac))
        yield year, december
        if np.array_equal(december, start):
            break
        start = december
    # The deficit came back to where it was: every further year is the same linear map.
    yield from repeat((year, december))


def _year(rates: Array, arrivals: Array, kept: Array) -> _Year:
    # The month is linear: what it does to four unit pools and to none is all there is to know of it.
    carried = np.broadcast_to(np.eye(4), (4, 4))
    added: Array = np.zeros(4)
    for rate, arriving in zip(rates, arrivals, strict=True):
        month = _month_matrix(_survival(rate), kept)
        carried = month @ carried
        added = (month @ added[..., None])[..., 0] + arriving
    return _Year(carried, added)


def _month_matrix(survival: Array, kept: Array) -> Array:
    staying = survival[..., None, :] * np.eye(4)
    return np.asarray(staying + kept[..., :, None] * (1 - survival[..., None, :]))


def _turned_over(pools: Array, survival: Array, kept: Array) -> Array:
    decomposed = pools * (1 - survival)
    return np.asarray(pools * survival + kept * decomposed.sum(-1, keepdims=True))


def _survival(rate: Real) -> Array:
    return np.asarray(np.exp(-np.asarray(rate)[..., None] * np.asarray(DECAY_PER_YEAR) / MONTHS_PER_YEAR))


def _kept(clay_frac: Real) -> Array:
    into = np.asarray((0.0, 0.0, BIO_SHARE, HUM_SHARE))
    return np.asarray(into / (1 + np.asarray(co2_ratio(clay_frac=clay_frac))[..., None]))


def _arriving(plant: Real, manure: Real, dpm_to_rpm: Real) -> Array:
    resistant = plant / (1 + np.asarray(dpm_to_rpm, dtype=float))
    nothing = np.zeros_like(resistant)
    plants = _stacked(plant - resistant, resistant, nothing, nothing)
    return np.asarray(plants + np.asarray(manure)[..., None] * np.asarray(MANURE_SHARES))


def _arrivals(months: Months) -> Array:
    return _arriving(months.plant_t_c_per_ha, months.manure_t_c_per_ha, months.dpm_to_rpm)


def _rates(months: Months, soil: Soil, start_mm: Real) -> tuple[Array, Real]:
    driest = np.asarray(largest_deficit_mm(clay_frac=soil.clay_frac, depth_cm=soil.depth_cm), dtype=float)
    balances = months.rain_mm - 0.75 * months.pan_evaporation_mm
    deficit, deficits = start_mm, []
    for balance, covered in zip(balances, months.covered, strict=True):
        deficit = _deficit(deficit, balance, covered, driest)
        deficits.append(deficit)
    moisture = moisture_modifier(
        deficit_mm=np.stack(np.broadcast_arrays(*deficits)), clay_frac=soil.clay_frac, depth_cm=soil.depth_cm
    )
    warmth = temperature_modifier(air_temperature_c=months.air_temperature_c)
    return np.asarray(warmth * moisture * cover_modifier(covered=months.covered)), deficit


def _deficit(previous: Real, balance: Real, covered: Real, driest: Array) -> Array:
    floor = np.where(np.asarray(covered) == 1, driest, np.minimum(0.556 * driest, previous))
    return np.asarray(np.maximum(floor, np.minimum(0.0, previous + balance)))


def _stacked(*pools: Real) -> Array:
    return np.stack(np.broadcast_arrays(*(np.asarray(pool, dtype=float) for pool in pools)), axis=-1)


def _pools(active: Array, iom: Real) -> Pools:
    dpm, rpm, bio, hum = (same_kind(np.asarray(active[..., index])) for index in range(4))
    return Pools(dpm, rpm, bio, hum, iom)


def _on_fields(months: Months, soil: Soil) -> Months:
    # A column that is the same for all fields stands once: give every column the axes of the fields.
    fields = np.broadcast_shapes(*(part.shape[1:] for part in months), *map(np.shape, soil))

    def spread(part: Array) -> Array:
        missing = (1,) * (len(fields) - (part.ndim - 1))
        return np.broadcast_to(
            part.reshape(part.shape[:1] + missing + part.shape[1:]), part.shape[:1] + fields
        )

    return Months(*map(spread, months))


def _checked(months: Months, soil: Soil) -> Months:
    _need_soil(soil)
    given = Months(*(np.asarray(part, dtype=float) for part in months))
    lengths = {name: part.shape[:1] for name, part in given._asdict().items()}
    if len(set(lengths.values())) != 1 or () in lengths.values():
        refuse(
            WHERE,
            f"months do not fit together: {lengths}",
            "one value a month",
            "give every column its months",
        )
    _need_cover(given.covered)
    for name in ("rain_mm", "plant_t_c_per_ha", "manure_t_c_per_ha", "dpm_to_rpm"):
        if not np.all(getattr(given, name) >= 0):
            refuse(
                WHERE,
                f"{name} is negative or missing in a month",
                "there is no such amount",
                "mend the month",
            )
    # Evaporation may be negative: dew; the official example has a month of it.
    if np.isnan(given.air_temperature_c).any() or np.isnan(given.pan_evaporation_mm).any():
        refuse(WHERE, "a month has no temperature or evaporation", "nothing fills a gap silently", "add it")
    return _on_fields(given, soil)


def _need_soil(soil: Soil) -> None:
    clay, depth = np.asarray(soil.clay_frac), np.asarray(soil.depth_cm)
    if not np.all((clay >= 0) & (clay <= 1)):
        refuse(WHERE, "clay is outside 0 to 1", "a share, not a percentage", "write 13 % as 0.13")
    if not np.all(depth > 0):
        refuse(WHERE, "the depth is not positive", "the model needs a layer", "give its thickness in cm")


def _need_cover(covered: Real) -> None:
    if not np.all(np.isin(covered, (0, 1))):
        refuse(
            WHERE, "plant cover is neither 0 nor 1", "a month counts as covered or bare", "decide by month"
        )
