"""A change divided among those who made it together, in whole units that add up exactly."""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial


def shapley(players: Sequence[str], value: Callable[[frozenset[str]], int]) -> dict[str, int]:
    r"""What each player adds to the value, averaged over every order in which they could have come.

    $$\phi_i = \sum_{S \subseteq N \setminus \{i\}} \frac{|S|!\,(n - |S| - 1)!}{n!}
    \left( v(S \cup \{i\}) - v(S) \right)$$

    It depends on no order, gives nothing to who changes nothing, and adds up to $v(N) - v(\emptyset)$. Amounts are
    whole numbers (millionths of a kilogram): what division by $n!$ leaves over goes, one each, to the largest
    remainders, so that the parts still add up to the last digit. Old and new swapped, every part changes its
    sign and nothing else.

    Source: L. S. Shapley (1953), A value for n-person games, Contributions to the Theory of Games II, eq. 13.

    Args:
        players: their names; at most a handful, for 2^n values are asked for.
        value: of every set of players.

    Returns:
        The part of each player, in the unit of the value.

    >>> together = {"": 0, "a": 10, "b": 0, "ab": 21}
    >>> shapley("ab", lambda who: together["".join(sorted(who))])
    {'a': 16, 'b': 5}
    """
    orders = factorial(len(players))
    values = {frozenset(s): value(frozenset(s)) for s in _subsets(players)}
    times_orders = [
        sum(
            factorial(len(before))
            * factorial(len(players) - len(before) - 1)
            * (values[frozenset({*before, player})] - values[frozenset(before)])
            for before in _subsets([other for other in players if other != player])
        )
        for player in players
    ]
    return dict(zip(players, _divided(times_orders, orders), strict=True))


def _subsets(players: Sequence[str]) -> list[tuple[str, ...]]:
    return [chosen for size in range(len(players) + 1) for chosen in combinations(players, size)]


def _divided(amounts: Sequence[int], by: int) -> list[int]:
    """Each amount divided, rounded so that the sum is the divided sum (largest remainders)."""
    # The first amount that is not zero is made positive: rounding must not know which side is called old.
    sign = -1 if next((amount for amount in amounts if amount), 0) < 0 else 1
    quotients, remainders = zip(*(divmod(sign * amount, by) for amount in amounts), strict=True)
    left_over = sum(remainders) // by
    largest = sorted(range(len(amounts)), key=lambda i: -remainders[i])[:left_over]
    return [sign * (quotient + (i in largest)) for i, quotient in enumerate(quotients)]
