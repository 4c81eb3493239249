"""Records to make portfolios of."""

import pytest

from footprint.records import read_answers


@pytest.fixture(scope="session")
def lychee_answers():
    """The lychee season as it is typed in."""
    return read_answers("examples/lychee/lychee.toml")
