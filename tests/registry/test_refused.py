"""What is refused, by the rule it breaks; and nothing is changed by it."""

import pytest
from pydantic import ValidationError

from footprint.errors import MalformedError, RegistryError
from footprint.registry import Energy, Ledger, OnProduct, Register, Retired, Units
from tests.registry.samples import (
    AT,
    GTIN,
    HEAT,
    LOT_A,
    LOT_B,
    TOLD,
    biochar,
    measure,
    record,
    registered,
    sell,
    stored_co2,
    take,
    told,
)

FOR_US = Retired(beneficiary="Sample Co-operative (sample data)")
SPREAD = "spread on the orchard, March"


def refuse(ledger: Ledger, act, rule: int, says: str) -> None:
    """It is refused, cites the rule, says what is the matter, and nothing has changed."""
    before = [(batch, ledger.spans(batch.id)) for batch in ledger.batches()], ledger.uses()
    with pytest.raises(RegistryError) as error:
        ledger.apply(act, 99)
    assert f"registry rule {rule}: " in error.value.problems[0].why
    assert says in str(error.value)
    assert all(problem.fix for problem in error.value.problems)
    assert ([(batch, ledger.spans(batch.id)) for batch in ledger.batches()], ledger.uses()) == before


@pytest.fixture
def lived():
    """A batch with a unit in every state: 0 on lot A, 100 sold, 200 retired, 300 disclosed, 400 free, 900 buffer."""
    ledger, batch = registered(biochar(1000, 100))
    for leaf, act in enumerate(
        (
            take(batch, 0, 100),
            sell(batch, 100, 200),
            take(batch, 200, 300, FOR_US),
            take(batch, 300, 400, TOLD),
        )
    ):
        ledger.apply(act, leaf + 1)
    return ledger, batch


@pytest.mark.parametrize(
    ("name", "first", "stop", "claim", "by", "rule", "says"),
    [
        (
            "another lot's",
            50,
            60,
            LOT_B,
            "co-op",
            1,
            f"50-60 are on product {GTIN}, lot 2025-06-A, by entry 1",
        ),
        (
            "another item's",
            50,
            60,
            OnProduct(gtin=GTIN, lot="2025-06-A", serial="7"),
            "co-op",
            1,
            "lot 2025-06-A",
        ),
        ("one unit too many", 99, 101, LOT_A, "co-op", 1, "100-101 are sold to trader, by entry 2"),
        ("sold, then on the seller's product", 100, 200, LOT_A, "co-op", 1, "sold to trader"),
        ("bought, then on the buyer's product", 100, 200, LOT_A, "trader", 3, "100-200 were sold to trader"),
        ("bought, then disclosed", 100, 200, TOLD, "trader", 3, "retire them, or sell them on"),
        ("retired, then on a product", 200, 300, LOT_A, "co-op", 1, "retired for Sample Co-operative"),
        (
            "retired for somebody else",
            200,
            300,
            Retired(beneficiary="Other"),
            "co-op",
            1,
            "retired for Sample",
        ),
        ("disclosed, then claimed", 300, 301, LOT_A, "co-op", 1, "disclosed on"),
        ("on a product, then retired", 0, 1, FOR_US, "co-op", 1, "on product"),
        ("the buffer", 899, 901, LOT_A, "co-op", 5, "900-901 are the buffer"),
        ("somebody else's", 400, 500, LOT_A, "stranger", 2, "400-500 are held by co-op"),
        ("somebody else's, claimed alike", 0, 100, LOT_A, "stranger", 1, "on product"),
        ("beyond the batch", 950, 1001, LOT_A, "co-op", 6, "ends at 1000"),
        ("energy of a kiln", 400, 500, HEAT, "co-op", 4, "biochar gave no energy"),
    ],
)
def test_units_that_cannot_be_claimed(lived, name, first, stop, claim, by, rule, says):
    ledger, batch = lived
    refuse(ledger, take(batch, first, stop, claim, by), rule, says)


@pytest.mark.parametrize(
    ("by", "to", "rule"), [("co-op", "other", 1), ("trader", "trader", 2), ("stranger", "x", 1)]
)
def test_units_that_cannot_be_sold(lived, by, to, rule):
    ledger, batch = lived
    refuse(ledger, sell(batch, 100, 150, to, by), rule, "")


def test_retired_then_sold(lived):
    ledger, batch = lived
    refuse(ledger, sell(batch, 250, 260), 1, "250-260 are retired for Sample Co-operative")


def test_removal_then_energy():
    ledger, batch = registered(stored_co2())
    ledger.apply(sell(batch, 0, 1000), 1)
    refuse(ledger, take(batch, 900, 1100, HEAT), 4, "900-1000 are sold to trader")


def test_every_holder_in_the_way_is_named_but_not_thousands():
    ledger, batch = registered()
    for unit in range(20):
        ledger.apply(sell(batch, unit, unit + 1, to=f"buyer-{unit}"), unit + 1)
    with pytest.raises(RegistryError) as error:
        ledger.apply(take(batch, 0, 1000), 99)
    assert [problem.what.split(",")[0] for problem in error.value.problems][:2] == [
        "0-1 are sold to buyer-0",
        "1-2 are sold to buyer-1",
    ]
    assert len(error.value.problems) == 8


def test_thousands_of_pieces_at_once():
    """They are handed on in parts, so that nobody else waits for long."""
    ledger, batch = registered(biochar(5000, 0, record("spread", "application", 4000)))
    for unit in range(1200):
        ledger.apply(sell(batch, unit, unit + 1), unit + 1)
    refuse(ledger, sell(batch, 0, 1200, "bakery", "trader"), 6, "name them in parts, 0-1000 first")
    assert ledger.apply(sell(batch, 0, 1000, "bakery", "trader"), 2000)
    assert ledger.apply(sell(batch, 1000, 1200, "bakery", "trader"), 2001)


def test_units_that_were_cancelled():
    ledger, batch = registered()
    ledger.apply(measure(batch, 900), 1)
    refuse(ledger, take(batch, 890, 910), 9, "900-910 were cancelled by entry 1")


@pytest.mark.parametrize(
    ("name", "evidence", "rule", "says"),
    [
        ("the same record", (record(SPREAD, "application", 400),), 7, "is the application of batch"),
        ("a part of it", (record(SPREAD, "application", 400, 1),), 7, "is the application of batch"),
        (
            "the record of another size",
            (record(SPREAD, "application", 4000, 400),),
            7,
            "was application of 400 kg",
        ),
        ("the record as another", (record(SPREAD, "laboratory", 400),), 7, "now laboratory"),
        (
            "one record twice",
            (record("n", "application", 9, 1), record("n", "application", 9, 1)),
            7,
            "named twice",
        ),
        ("more than it covers", (record("n", "application", 9, 10),), 7, "10 kg are too many"),
        ("no record of its own", (record("n", "laboratory", 4000),), 8, "allow 0 kg"),
        ("too little char", (record("n", "application", 272),), 8, "allow 997 kg"),
        ("weighed only", (record("n", "weighing", 400),), 8, "allow 0 kg"),
    ],
)
def test_batches_that_rest_on_nothing(name, evidence, rule, says):
    ledger, _ = registered()
    refuse(ledger, Register.of(biochar(999, 0, *evidence), "co-op", AT), rule, says)


def test_more_for_products_than_the_char_allows():
    refuse(Ledger(), Register.of(biochar(claimable_kg=1467), "co-op", AT), 8, "1467 kg of CO2 rest on")


def test_evidence_of_a_neighbour():
    ledger, _ = registered()
    refuse(ledger, Register.of(biochar(), "neighbour", AT), 7, "is the application of batch")


def test_a_laboratory_report_serves_all_the_char_it_covers_and_no_more():
    def terms(number: int, sample_kg: int):
        return biochar(
            900,
            0,
            record(f"spread {number}", "application", 300),
            record("laboratory", "laboratory", 1000, sample_kg),
        )

    ledger, _ = registered(terms(1, 600))
    ledger.apply(Register.of(terms(2, 400), "co-op", AT), 1)
    refuse(ledger, Register.of(terms(3, 1), "co-op", AT), 7, "0 kg of them unused")


def test_there_are_no_units_of_harvested_food_carbon():
    refuse(Ledger(), Register.of(biochar(kind="marine"), "co-op", AT), 8, "no units of marine")


def test_measurements_that_do_not_count():
    ledger, batch = registered()
    refuse(ledger, measure(batch, 900, by="trader"), 2, "was registered by co-op")
    refuse(ledger, measure(batch, 1467), 8, "application records that allow 1466 kg")
    refuse(ledger, measure(batch, 1100, 101), 5, "101 kg are set aside of 100 kg")
    refuse(ledger, measure(batch, 900, 1), 5, "of 0 kg")
    refuse(
        ledger, measure(batch, 900, 0, "co-op", "error", record(SPREAD, "application", 400, 1)), 7, "too many"
    )


@pytest.mark.parametrize("first_stop", [(5, 5), (9, 3), (-1, 5), (0, 10**13), (0.0, 5), ("0", 5), (True, 5)])
def test_ranges_that_are_none(first_stop):
    _, batch = registered()
    with pytest.raises(ValidationError):
        take(batch, *first_stop)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0-5",
        "{}",
        "{}:5",
        "{}:5-",
        "{}:-5-6",
        "{}:05-6",
        "{}:0-5 ",
        " {}:0-5",
        "{}:0-5,6-7",
        "{}:6-5",
        "{}:0-5.0",
        "{}:0-٥",
        "{}:0-9999999999999",
        "2025:0-5",
    ],
)
def test_texts_that_name_no_units(text):
    _, batch = registered()
    with pytest.raises(MalformedError):
        Units.parse(text.format(batch))
    with pytest.raises(MalformedError):
        Units.parse(f"{batch.upper()}:0-5")


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_kg": 0},
        {"amount_kg": -5},
        {"amount_kg": 1.5},
        {"buffer_kg": 1001},
        {"period_end": "2025-01-01"},
        {"evidence": ()},
        {"method": ""},
        {"kind": "avoided"},
        {"surprise": 1},
        {"claimable_kg": 999},
    ],
)
def test_terms_that_are_none(changes):
    with pytest.raises(ValidationError):
        biochar(**changes)


def test_claims_that_are_none():
    for spoilt in (
        lambda: OnProduct(gtin="09506000134353", lot="A"),
        lambda: OnProduct(gtin="9506000134352", lot="A"),
        lambda: OnProduct(gtin=GTIN, lot=""),
        lambda: Retired(beneficiary=""),
        lambda: Retired(beneficiary="line\nbreak"),
        lambda: Energy(carrier="heat", amount_kwh=0, certificate="x"),
    ):
        with pytest.raises(ValidationError):
            spoilt()


def test_a_batch_with_a_borrowed_name():
    with pytest.raises(ValidationError, match="made of its terms and its owner"):
        Register(at=AT, by="stranger", batch=biochar().id_for("co-op"), terms=biochar())


def test_nothing_half_done(lived):
    """A claim of which the last unit is taken leaves the first ones free."""
    ledger, batch = lived
    refuse(ledger, take(batch, 400, 901), 5, "buffer")
    assert (400, 900, "free", "co-op") in told(ledger, batch)
