"""A co-op registers its biochar, keeps half on its fruit and sells half; the buyer retires it; somebody measures again."""

import pytest

from footprint.errors import RegistryError
from footprint.registry import (
    Ledger,
    Register,
    Retired,
    Rule,
    Units,
    UnknownBatchError,
    entry,
    holder_of,
    parse,
)
from tests.registry.samples import (
    AT,
    HEAT,
    LOT_A,
    biochar,
    measure,
    record,
    registered,
    sell,
    stored_co2,
    take,
    told,
)


def test_half_stays_on_the_fruit_and_half_is_sold_and_retired():
    ledger, batch = registered()
    ledger.apply(take(batch, 0, 500), 1)
    ledger.apply(sell(batch, 500, 1000), 2)
    ledger.apply(take(batch, 600, 1000, Retired(beneficiary="Sample Bakery (sample data)"), by="trader"), 3)
    assert told(ledger, batch) == [
        (0, 500, "on_product", "co-op"),
        (500, 600, "sold", "trader"),
        (600, 1000, "retired", "trader"),
    ]
    assert ledger.batch(batch).totals == {"on_product": 500, "sold": 100, "retired": 400}


def test_who_claims_a_unit_is_told_with_the_place_in_the_log():
    ledger, batch = registered()
    ledger.apply(take(batch, 10, 20), 7)
    assert holder_of(ledger, batch, 15).claim == LOT_A
    assert [holder_of(ledger, batch, unit).leaf for unit in (9, 10, 19, 20)] == [0, 7, 7, 0]
    with pytest.raises(UnknownBatchError, match="0 to 999"):
        holder_of(ledger, batch, 1000)


def test_the_same_batch_twice_is_one_batch():
    ledger, batch = registered()
    assert ledger.apply(Register.of(biochar(), "co-op", AT), 1) is False
    assert [found.id for found in ledger.batches()] == [batch]


def test_a_newer_passport_of_the_lot_says_its_claim_again():
    ledger, batch = registered()
    ledger.apply(take(batch, 0, 500), 1)
    assert ledger.apply(take(batch, 0, 300), 2) is False
    assert ledger.apply(take(batch, 400, 600), 3) is True
    assert told(ledger, batch)[0] == (0, 500, "on_product", "co-op")
    assert [(span.first, span.stop, span.leaf) for span in ledger.spans(batch)] == [
        (0, 500, 1),
        (500, 600, 3),
        (600, 1000, 0),
    ]


def test_energy_that_was_sold_as_negative_takes_its_units():
    ledger, batch = registered(stored_co2())
    ledger.apply(take(batch, 0, 2000, HEAT), 1)
    with pytest.raises(RegistryError, match=r"registry rule 4: .* exclude each other"):
        ledger.apply(sell(batch, 1500, 2500), 2)
    assert ledger.batch(batch).totals == {"energy": 2000, "free": 3000}


def test_less_than_was_thought_cancels_free_units_then_the_buffer_then_shows_a_shortfall():
    ledger, batch = registered(biochar(1000, 100))
    ledger.apply(take(batch, 0, 500), 1)
    ledger.apply(measure(batch, 800), 2)
    assert told(ledger, batch)[1:] == [
        (500, 700, "free", "co-op"),
        (700, 900, "cancelled", "co-op"),
        (900, 1000, "buffer", "co-op"),
    ]
    ledger.apply(measure(batch, 550, cause="fire"), 3)
    assert ledger.batch(batch).totals == {"on_product": 500, "buffer": 50, "cancelled": 450}
    ledger.apply(measure(batch, 400, cause="ploughed"), 4)
    found = ledger.batch(batch)
    assert (found.shortfall_kg, found.measured_kg) == (100, 400)
    assert found.totals == {"on_product": 500, "cancelled": 500}


def test_more_than_was_thought_makes_good_the_shortfall_and_adds_at_the_end():
    ledger, batch = registered(biochar(1000, 100))
    ledger.apply(take(batch, 0, 900), 1)
    ledger.apply(measure(batch, 700), 2)
    assert ledger.batch(batch).shortfall_kg == 200
    ledger.apply(measure(batch, 1050, 50), 3)
    found = ledger.batch(batch)
    assert (found.shortfall_kg, found.end_kg) == (0, 1150)
    assert told(ledger, batch)[-2:] == [(1000, 1100, "free", "co-op"), (1100, 1150, "buffer", "co-op")]


def test_what_was_measured_again_and_found_the_same_is_history_too():
    ledger, batch = registered()
    assert ledger.apply(measure(batch, 1000), 1) is True
    assert told(ledger, batch) == [(0, 1000, "free", "co-op")]


def test_every_unit_of_a_batch_can_be_sold_one_by_one():
    ledger, batch = registered()
    for unit in range(1000):
        ledger.apply(sell(batch, unit, unit + 1, to=f"buyer-{unit}"), unit + 1)
    assert ledger.batch(batch).totals == {"sold": 1000}
    assert holder_of(ledger, batch, 731).holder == "buyer-731"


def test_units_are_written_in_one_way():
    _, batch = registered()
    assert str(Units.parse(f"{batch}:0-500")) == f"{batch}:0-500"


def test_an_act_comes_back_from_its_entry():
    _, batch = registered()
    for act in (
        Register.of(biochar(), "co-op", AT),
        take(batch, 0, 5),
        sell(batch, 0, 5),
        measure(batch, 900, 0, "co-op", "leaked", record("survey", "incident", 50)),
    ):
        assert parse(entry(act)) == act
        assert entry(act).startswith(b"agrifood-footprint removal act v1\n{")


def test_every_rule_has_its_line_on_the_page(pytestconfig):
    page = (pytestconfig.rootpath / "docs" / "explanation" / "registry.md").read_text(encoding="utf-8")
    assert [rule.number for rule in Rule] == list(range(1, len(Rule) + 1))
    for rule in Rule:
        assert f"| {rule.number} | {rule.text} |" in page


def test_an_empty_registry_knows_nothing():
    with pytest.raises(UnknownBatchError, match="not registered"):
        Ledger().apply(take(registered()[1], 0, 1), 0)
