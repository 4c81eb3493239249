"""A lot bought with its passport: the record names what the carton says, and nothing else."""

import pytest

from lca_models.activities.bought import Bought, lot_product
from lca_models.errors import RecordError
from lca_models.factors import shipped_factors
from lca_models.numbers import Numbers

LOT = {"activity": "bought", "name": "fruit", "gives": "lychee", "gtin": "09506000134352", "lot": "2025-06-A"}


def test_without_its_passport_a_lot_is_an_error_and_never_zero():
    numbers = Numbers(shipped_factors())
    with pytest.raises(
        RecordError, match=r"fruit — lot 2025-06-A .* is not counted as zero — give the passport"
    ):
        list(Bought.model_validate(LOT).processes(numbers, "CN"))


@pytest.mark.parametrize("gtin", ["9506000134352", "09506000134352"])
def test_a_trade_item_number_is_one_with_and_without_its_zero(gtin):
    assert lot_product(gtin, "A") == "passport.09506000134352.A"


def test_lots_that_look_alike_stay_apart():
    names = {lot_product("09506000134352", lot) for lot in ("A/1", "A_2F1", "A_1", "a/1", "A-1", "A.1")}
    assert len(names) == 6


@pytest.mark.parametrize(
    ("field", "value"),
    [("gtin", "12345"), ("gtin", "0950600013435X"), ("lot", ""), ("lot", "a b"), ("lot", "l" * 21)],
)
def test_what_no_carton_says_is_refused(field, value):
    with pytest.raises(ValueError, match=field):
        Bought.model_validate({**LOT, field: value})
