"""The background on draws: shared, shardable, kept."""

import shutil

import numpy as np
import pytest
from scipy.stats import kstest, norm

from footprint.background import Scores, build, sample
from footprint.background.inventory import (
    LOGNORMAL,
    NORMAL,
    TRIANGULAR,
    UNCERTAINTY,
    UNIFORM,
    ExchangeList,
    Exchanges,
    Spread,
)
from footprint.background.normals import TOGETHER, pair, turned, words
from footprint.background.samples import drawn
from footprint.background.spreads import Amounts, quantile, unusable
from footprint.errors import InputError
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background


def test_any_range_of_draws_is_the_same_wherever_it_is_made(bakery):
    whole = [np.concatenate(pair) for pair in drawn(bakery, draws=300, seed=5)]
    part = [np.concatenate(pair) for pair in drawn(bakery, draws=40, seed=5, first=240)]
    np.testing.assert_array_equal(part, whole[240:280])


def test_an_exchange_is_drawn_by_its_place(bakery):
    # bread's flour: the second exchange of the first column, lognormal about 0.8
    (place,) = np.flatnonzero((bakery.technosphere.row == 1) & (bakery.technosphere.col == 0))
    count = len(bakery.technosphere)
    z = _scores(bakery.stream("t"), count=count, seed=5, fours=16)[:, place]
    amounts = np.array([technosphere[place] for technosphere, _ in drawn(bakery, draws=64, seed=5)])
    np.testing.assert_allclose(amounts, -0.8 * np.exp(0.2 * z), rtol=1e-12)


def test_scores_are_normal_and_those_of_two_exchanges_have_nothing_in_common():
    table = _scores("t", count=1000, seed=1, fours=250)
    some = table[::2]  # one of each pair of opposites
    assert kstest(some.ravel(), "norm").pvalue > 0.01
    together = np.corrcoef(some[:, :40].T)[~np.eye(40, dtype=bool)]
    assert np.abs(together).max() < 4.5 / np.sqrt(len(some))
    assert np.abs(np.corrcoef(some[::2].ravel(), some[1::2].ravel())[0, 1]) < 0.01


def test_the_mean_of_a_background_is_surer_than_by_plain_draws(bakery):
    means = [sample(bakery, ["0"], draws=64, seed=seed).of("0", "co2_fossil").mean() for seed in range(12)]
    spread = sample(bakery, ["0"], draws=256, seed=1).of("0", "co2_fossil").std()
    assert np.std(means) < 0.4 * spread / np.sqrt(64)


def test_an_amount_does_not_depend_on_how_many_others_there_are():
    few, many = (_scores("t", count=count, seed=1, fours=1) for count in (10, 20_000))
    np.testing.assert_array_equal(few, many[:, :10])


@pytest.mark.parametrize("kind", [NORMAL, LOGNORMAL, UNIFORM, TRIANGULAR])
def test_a_table_of_many_shapes_draws_each_by_its_own(kind):
    exchanges = ExchangeList()
    exchanges.add(0, 0, 3.0)
    exchanges.add(0, 0, -2.0, flip=True, spread=Spread(LOGNORMAL, np.log(2.0), 0.3))
    exchanges.add(0, 0, -1.0, spread=Spread(LOGNORMAL, 0.0, 0.3, negative=True))
    exchanges.add(0, 0, 2.0, spread=Spread(kind, 2.0, 0.5, minimum=1.0, maximum=4.0))
    z = np.array([1.0, 1.0, 1.0, -0.5])
    found = Amounts(exchanges.done()).at(z)
    last = quantile(exchanges.done().taken(np.array([3])), np.array([[norm.cdf(-0.5)]]))[0, 0]
    np.testing.assert_allclose(found, [3.0, -2 * np.exp(0.3), -np.exp(0.3), last], rtol=1e-12)


def test_the_four_draws_of_a_word_are_two_and_their_opposites():
    first, second, third, fourth = _scores("t", count=50, seed=1, fours=1)
    np.testing.assert_array_equal(first, -second)
    np.testing.assert_array_equal(third, -fourth)


def test_products_of_one_background_vary_together(bakery):
    found = sample(bakery, ["0", "2"], draws=256, seed=1)
    bread, power = found.of("0", "co2_fossil"), found.of("2", "co2_fossil")
    assert np.corrcoef(bread, power)[0, 1] > 0.6
    static = Scores.of(bakery).gases("0")["co2_fossil"]
    assert np.median(bread) == pytest.approx(static, rel=0.05)
    assert found.relative_error < 1e-4


def test_a_certain_background_has_one_value(tmp_path):
    pack = build(background(**BAKERY), tmp_path / "certain")
    found = sample(pack, ["0"], draws=4, seed=1).of("0", "co2_fossil")
    assert np.ptp(found) <= 1e-6 * found[0]


def test_samples_are_kept(bakery, tmp_path):
    first = sample(bakery, ["0"], draws=8, seed=1, cache=tmp_path / "cache")
    again = sample(bakery, ["0"], draws=8, seed=1, cache=tmp_path / "cache")
    np.testing.assert_array_equal(first.intensities, again.intensities)
    other = sample(bakery, ["0"], draws=8, seed=2, cache=tmp_path / "cache")
    assert not np.array_equal(first.intensities, other.intensities)


def test_a_table_with_one_product_more_samples_that_one_only(bakery, tmp_path):
    cache = tmp_path / "cache"
    sample(bakery, ["0", "2"], draws=8, seed=1, cache=cache)
    before = {folder: folder.stat().st_mtime_ns for folder in cache.iterdir()}
    more = sample(bakery, ["2", "1", "0"], draws=8, seed=1, cache=cache)
    assert {folder: folder.stat().st_mtime_ns for folder in before} == before
    assert len(list(cache.iterdir())) == 3
    alone = sample(bakery, ["1"], draws=8, seed=1).of("1", "n2o")
    np.testing.assert_allclose(more.of("1", "n2o"), alone, rtol=1e-10)


def test_a_product_is_the_same_whatever_else_is_bought(economy):
    alone = sample(economy, ["399"], draws=8, seed=1).of("399", "co2_fossil")
    among = sample(economy, ["12", "399", "200"], draws=8, seed=1).of("399", "co2_fossil")
    np.testing.assert_allclose(alone, among, rtol=1e-10)  # of some nine that are told


def test_samples_of_another_product_under_its_name_are_refused(bakery, tmp_path):
    for one in ("0", "1"):
        sample(bakery, [one], draws=4, seed=1, cache=tmp_path / one)
    (mine,), (other,) = (list((tmp_path / one).iterdir()) for one in ("0", "1"))
    shutil.rmtree(mine)
    shutil.copytree(other, mine)
    with pytest.raises(InputError, match="holds other samples"):
        sample(bakery, ["0"], draws=4, seed=1, cache=tmp_path / "0")


def test_samples_that_would_fill_the_memory_are_refused_before_any_is_made(bakery):
    with pytest.raises(InputError, match="too many to sample"):
        sample(bakery, ["0"], draws=2**28, seed=1)


def test_a_process_that_was_not_sampled_is_refused(bakery):
    with pytest.raises(InputError, match="is not among the sampled processes"):
        sample(bakery, ["0"], draws=2, seed=1).of("1", "n2o")


@pytest.mark.parametrize(
    ("spread", "low", "middle", "high"),
    [
        (Spread(LOGNORMAL, np.log(2.0), 0.5), 2 * np.exp(-0.5), 2.0, 2 * np.exp(0.5)),
        (Spread(LOGNORMAL, np.log(2.0), 0.5, negative=True), -2 * np.exp(-0.5), -2.0, -2 * np.exp(0.5)),
        (Spread(NORMAL, 3.0, 0.5), 2.5, 3.0, 3.5),
        (Spread(UNIFORM, minimum=1.0, maximum=3.0), 1 + 2 * norm.cdf(-1), 2.0, 1 + 2 * norm.cdf(1)),
        (Spread(TRIANGULAR, 2.0, minimum=1.0, maximum=3.0), 1 + np.sqrt(2 * norm.cdf(-1)), 2.0, None),
    ],
    ids=["lognormal", "negative lognormal", "normal", "uniform", "triangular"],
)
def test_every_shape_at_one_standard_deviation(spread, low, middle, high):
    found = quantile(_one(spread), np.array([[norm.cdf(-1), 0.5, norm.cdf(1)]]))[0]
    high = 4 - low if high is None else high
    np.testing.assert_allclose(found, [low, middle, high], rtol=1e-12)


@pytest.mark.parametrize("kind", [NORMAL, LOGNORMAL])
def test_a_cut_distribution_stays_within_its_bounds_and_agrees_with_stats_arrays(kind):
    from stats_arrays import uncertainty_choices

    exchanges = _one(Spread(kind, 1.0, 0.8, minimum=0.9, maximum=4.0))
    found = quantile(exchanges, np.linspace(0.001, 0.999, 999)[None])[0]
    assert 0.9 <= found.min() < 0.95
    assert 3.5 < found.max() <= 4.0
    params = uncertainty_choices[kind].from_dicts(
        {"loc": 1.0, "scale": 0.8, "minimum": 0.9, "maximum": 4.0, "uncertainty_type": kind}
    )
    theirs = uncertainty_choices[kind].bounded_random_variables(params, 20_000, np.random.RandomState(1))
    assert np.median(theirs) == pytest.approx(np.median(found), rel=0.03)


@pytest.mark.parametrize(
    ("spread", "why"),
    [
        (Spread(8, 1.0, 1.0), "only uniform"),
        (Spread(NORMAL, 1.0, -1.0), "its standard deviation"),
        (Spread(UNIFORM, minimum=2.0, maximum=1.0), "its bounds"),
        (Spread(TRIANGULAR, 5.0, minimum=1.0, maximum=2.0), "its mode"),
        (Spread(NORMAL, 1.0, 1.0, minimum=2.0, maximum=1.0), "cut to nothing"),
    ],
)
def test_a_spread_that_is_none_is_taken_as_certain_and_counted(tmp_path, spread, why):
    assert why in unusable(_one(spread))[0][1]
    inventory = background(**BAKERY)
    inventory.emissions.uncertainty[0] = tuple(spread)
    pack = build(inventory, tmp_path / "pack")
    assert [what for what in pack.left_out if why in what]


def _scores(name: str, *, count: int, seed: int, fours: int) -> np.ndarray:
    pairs = [pair(words(name, count=count, seed=seed, four=four)) for four in range(fours)]
    return np.array([turned(both, member) for both in pairs for member in range(TOGETHER)])


def _one(spread: Spread) -> Exchanges:
    exchanges = ExchangeList()
    exchanges.add(0, 0, 1.0, spread=spread)
    assert exchanges.done().uncertainty.dtype == UNCERTAINTY
    return exchanges.done()
