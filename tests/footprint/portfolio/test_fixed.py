"""Whole numbers of the last decimal, rounded as one decimal after the other would be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import ValidityError
from footprint.portfolio.fixed import fixed, times
from footprint.rounding import CO2E, SHARE, decimal

near_a_tie = st.builds(
    lambda whole, nudge: (whole + 0.5) * 1e-6 * (1 + nudge),
    st.integers(-(10**9), 10**9),
    st.sampled_from([0.0, 2e-16, -2e-16]),
)


@given(st.lists(st.floats(-1e6, 1e6) | near_a_tie, min_size=1), st.sampled_from([CO2E, SHARE]))
def test_every_amount_rounds_as_it_does_alone(amounts, places):
    expected = [int(decimal(amount, places) / places) for amount in amounts]
    assert fixed(np.array(amounts), places).tolist() == expected


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**6))
def test_products_of_fixed_numbers_are_those_of_decimals(amount, share):
    expected = (CO2E * amount * (CO2E * share)).quantize(CO2E)
    assert int(times(np.array([amount]), np.array([share]))[0]) == int(expected / CO2E)


@pytest.mark.parametrize("amount", [np.nan, np.inf, -np.inf, 1e12])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValidityError, match="not a finite amount"):
        fixed(np.array([1.0, amount]))
