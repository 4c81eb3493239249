"""Better data never cost points, worse data never earn them: in every input."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.score import Inputs, cfs1, load, spread
from footprint.score.exact import exact
from footprint.score.inputs import RemovalInput

TABLE = load("cfs-1.0.0")
LEVELS = ["none", "self", "second_party", "limited", "reasonable"]
MORE = settings(max_examples=400, deadline=None)


def decimals(low: str, high: str, places: int = 4):
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False, allow_infinity=False)


shares = decimals("0", "1")
removals = st.builds(
    RemovalInput,
    kept_kg_co2=decimals("0.0001", "10"),
    years=st.integers(1, 1200),
    variation=shares,
    also_sold=st.booleans(),
)


@st.composite
def any_inputs(draw) -> Inputs:
    low, middle, high = sorted(draw(st.tuples(*[decimals("0.01", "100")] * 3)))
    claimed = tuple(draw(st.lists(removals, max_size=3)))
    return Inputs(
        category=draw(st.sampled_from(sorted(TABLE.categories))),
        boundary="cradle to shop",
        p5=low,
        p50=middle,
        upper=high,
        reduction_per_year=draw(st.none() | decimals("-0.2", "0.2")),
        mean_rating=draw(decimals("1", "5")),
        primary_share=draw(shares),
        exempted_share=draw(shares),
        assurance=draw(st.sampled_from(LEVELS)),
        removals=claimed,
        signed_share=draw(shares),
        unconverted=draw(st.booleans()),
        coverage=draw(shares),
        double_claim=bool(claimed) and draw(st.booleans()),
    )


def total(inputs: Inputs, **changes) -> int:
    with exact():
        return cfs1.total(inputs.model_copy(update=changes), TABLE)


@MORE
@given(any_inputs(), st.sampled_from(["primary_share", "signed_share", "coverage"]), shares, shares)
def test_more_of_a_good_share_never_costs_points(inputs, name, one, other):
    assert total(inputs, **{name: min(one, other)}) <= total(inputs, **{name: max(one, other)})


@MORE
@given(any_inputs(), decimals("0.01", "100", 9), decimals("0.01", "100", 9))
def test_a_higher_footprint_never_earns_points(inputs, one, other):
    assert total(inputs, upper=max(one, other)) <= total(inputs, upper=min(one, other))


@MORE
@given(any_inputs(), decimals("-1", "1"), decimals("-1", "1"))
def test_a_faster_fall_never_costs_points(inputs, one, other):
    slow, fast = sorted((one, other))
    assert total(inputs, reduction_per_year=slow) <= total(inputs, reduction_per_year=fast)


@MORE
@given(any_inputs(), decimals("1", "5"), decimals("1", "5"), shares, shares)
def test_worse_ratings_and_more_exclusions_never_earn_points(
    inputs, rating, other_rating, left_out, other_left_out
):
    best = {"mean_rating": min(rating, other_rating), "exempted_share": min(left_out, other_left_out)}
    worst = {"mean_rating": max(rating, other_rating), "exempted_share": max(left_out, other_left_out)}
    assert total(inputs, **worst) <= total(inputs, **best)


@MORE
@given(any_inputs(), st.integers(0, 4), st.integers(0, 4))
def test_more_assurance_never_costs_points(inputs, one, other):
    low, high = sorted((one, other))
    assert total(inputs, assurance=LEVELS[low]) <= total(inputs, assurance=LEVELS[high])


@MORE
@given(any_inputs())
def test_converted_land_and_double_claims_never_earn_points(inputs):
    assert total(inputs, unconverted=False) <= total(inputs, unconverted=True)
    assert total(inputs, double_claim=True) <= total(inputs, double_claim=False)


@MORE
@given(any_inputs(), removals, st.integers(0, 500), shares)
def test_a_longer_surer_exclusive_removal_never_costs_points(inputs, removal, longer, surer):
    better = removal.model_copy(
        update={"years": removal.years + longer, "variation": removal.variation * surer, "also_sold": False}
    )
    assert total(inputs, removals=(removal,)) <= total(inputs, removals=(better,))


@MORE
@given(any_inputs())
def test_totals_caps_grades_and_chances_fit_together(inputs):
    with exact():
        chances = spread.grade_probabilities(inputs, TABLE)
        low, middle, high = spread.totals(inputs, TABLE)
        limits = cfs1.caps(inputs, TABLE).values()
    assert 0 <= low <= middle <= high <= min([1000, *limits])
    assert sum(chances) == 1
    assert all(0 <= chance <= 1 for chance in chances)


@MORE
@given(any_inputs(), st.sampled_from([g.at_least for g in TABLE.grades if g.at_least]))
def test_the_closed_form_chance_agrees_with_the_percentiles(inputs, points):
    """The total at P5 reaches the threshold exactly when the chance of reaching it is at least 95 %."""
    with exact():
        low, middle, high = spread.totals(inputs, TABLE)
        chance = spread.chance_of(points, inputs, TABLE)
    slack = Decimal("1e-12")
    assert (low >= points) == (chance >= Decimal("0.95") - slack)
    assert (middle >= points) == (chance >= Decimal("0.5") - slack)
    assert (high >= points) == (chance >= Decimal("0.05") - slack)
