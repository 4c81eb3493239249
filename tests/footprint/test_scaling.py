"""Networks are solved loop by loop, and come out as the whole matrix would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import NetworkError
from footprint.scaling import scales

SIZE = 6
amounts = st.floats(min_value=0.0, max_value=0.15)
arrows = st.dictionaries(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), st.lists(amounts, min_size=3, max_size=3)
)


def _dense(given_kg, taken, demanded):
    """The textbook way: the whole matrix at once, for one draw."""
    matrix = np.diag(np.asarray(given_kg, dtype=float))
    for (row, column), amount in taken.items():
        matrix[row, column] -= amount
    wanted = np.zeros(len(given_kg))
    wanted[demanded] = 1.0
    return np.linalg.solve(matrix, wanted)


@given(arrows, st.integers(0, SIZE - 1))
def test_any_network_with_loops_comes_out_as_the_whole_matrix_does(taken, demanded):
    """Every column gives 1 and all takers of a product together less than that: nothing runs dry."""
    names = [f"process {number}" for number in range(SIZE)]
    as_draws = {cell: np.array(draws) for cell, draws in taken.items()}
    together = scales([1.0] * SIZE, as_draws, demanded, names)
    for draw in range(3):
        one = {cell: draws[draw] for cell, draws in taken.items()}
        expected = _dense([1.0] * SIZE, one, demanded)
        alone = scales([1.0] * SIZE, one, demanded, names)
        np.testing.assert_allclose(alone, expected, rtol=1e-12, atol=1e-13)
        drawn = [float(np.broadcast_to(scale, (3,))[draw]) for scale in together]
        np.testing.assert_allclose(drawn, alone, rtol=1e-13, atol=1e-14)


def test_what_the_product_does_not_need_does_not_run_and_is_not_solved():
    """The distillery's own loop would run backwards, but nobody asked for liquor."""
    taken = {(0, 1): 2.0, (2, 2): 5.0}
    assert scales([1.0, 1.0, 1.0], taken, 1, ["orchard", "packhouse", "distillery"]) == [2.0, 1.0, 0.0]


def test_a_loop_of_two_that_uses_more_than_it_makes_names_one_of_them():
    """Half the biochar's orchard and twice the orchard's biochar: no season is long enough."""
    taken = {(0, 1): 2.0, (1, 0): 2.0}
    with pytest.raises(NetworkError, match="would have to run backwards"):
        scales([1.0, 1.0], taken, 0, ["orchard", "kiln"])


def test_a_loop_of_two_that_uses_all_it_makes_names_both():
    with pytest.raises(NetworkError, match="orchard, kiln — the network has no solution"):
        scales([1.0, 1.0], {(0, 1): 1.0, (1, 0): 1.0}, 0, ["orchard", "kiln"])


def test_one_draw_out_of_many_that_runs_backwards_is_enough():
    with pytest.raises(NetworkError, match="farm — would have to run backwards"):
        scales([1.0], {(0, 0): np.array([0.1, 1.2, 0.3])}, 0, ["farm"])
