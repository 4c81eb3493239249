"""A co-op registers its biochar, keeps half and sells half over HTTP; nobody gets a unit twice, on either database."""

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import RegistryError
from footprint.passport import merkle
from footprint.registry import BatchTerms, Register, Take, replay
from footprint.result import Removal
from label_service.settings import new_api_key
from label_service.store import Shelf, registry
from label_service.store.registry_books import StoredBooks
from tests.registry.samples import biochar, record

GTIN = "09506000134352"
LOT = {"kind": "on_product", "gtin": GTIN, "lot": "2025-06-A"}
EXAMPLES = count()
CLAIMANT = Path(__file__).parent / "claimant.py"
BAKERY = {"kind": "retired", "beneficiary": "Sample Bakery (sample data)"}


def terms(name: str = "spread in March", **changes: Any) -> dict[str, Any]:
    """1,000 kg of CO2 in 400 kg of dry char."""
    return {**biochar(1000, 0, record(name, "application", 400)).model_dump(mode="json"), **changes}


def looked(measured_kg: int, **changes: Any) -> dict[str, Any]:
    """A second look."""
    report = {"proves": "laboratory", "sha256": "cd" * 32, "covers_kg": 10**9, "used_kg": 1}
    return {"measured_kg": measured_kg, "cause": "re-measured", "evidence": [report], **changes}


@dataclass
class Market:
    """A running service and the accounts at it."""

    house: Any
    client: TestClient
    keys: dict[str, str]

    def post(self, path: str, body: Any, by: str = "co-op", **headers: str) -> Any:
        return self.client.post(
            f"/v1/removals/batches{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.keys[by]}", **headers},
        )

    def register(self, **changes: Any) -> str:
        answer = self.post("", terms(**changes))
        assert answer.status_code == 201, answer.text
        return answer.json()["batch"]["id"]

    def claim(
        self, batch: str, first: int, stop: int, claim: Any = LOT, by: str = "co-op", **headers: str
    ) -> Any:
        return self.post(f"/{batch}/claims", {"first": first, "stop": stop, "claim": claim}, by, **headers)

    def get(self, path: str) -> Any:
        return self.client.get(f"/v1/removals/batches/{path}").json()

    @property
    def shelf(self) -> Shelf:
        return self.client.app.state.service.shelf


def replayed_is_stored(shelf: Shelf) -> None:
    """The log alone gives the tables, row for row."""
    size = shelf.log_size()
    entries = [entry for at in range(0, size, 256) for entry in shelf.entries(at // 256, 256)][:size]
    ledger = replay(entries)
    for batch in ledger.batches():
        stored = shelf.read(lambda c, of=batch.id: StoredBooks(c).batch(of))
        spans = shelf.read(lambda c, of=batch: StoredBooks(c).window(of.id, 0, of.end_kg, of.end_kg))
        assert (stored, tuple(spans)) == (batch, ledger.spans(batch.id))
    for use in ledger.uses():
        assert shelf.read(lambda c, of=use: StoredBooks(c).evidence(of.sha256)) == use


@pytest.fixture
def accounts(sqlite_house):
    made = {name: new_api_key() for name in ("trader", "bakery")}
    hashes = {**sqlite_house.settings.api_key_hashes, **{name: digest for name, (_, digest) in made.items()}}
    return hashes, {"co-op": sqlite_house.api_key, **{name: key for name, (key, _) in made.items()}}


def opened(house, accounts):
    hashes, keys = accounts
    house = house.changed(api_key_hashes=hashes)
    with house.open() as client:
        yield Market(house, client, keys)


@pytest.fixture
def market(sqlite_house, accounts):
    yield from opened(sqlite_house, accounts)


@pytest.fixture
def any_market(either, accounts):
    """The market on each database."""
    yield from opened(either, accounts)


def test_half_is_kept_and_half_is_sold_and_retired(any_market):
    batch = any_market.register()
    any_market.claim(batch, 0, 500)
    sold = any_market.claim(batch, 500, 1000, {"kind": "sold", "to": "trader"})
    assert (sold.status_code, sold.headers["Location"]) == (201, f"/v1/removals/batches/{batch}")
    assert sold.json()["batch"]["totals"] == {"on_product": 500, "sold": 500}
    assert any_market.claim(batch, 600, 1000, BAKERY, by="trader").status_code == 201
    assert [
        (span["units"].partition(":")[2], span["status"], span["holder"])
        for span in any_market.get(f"{batch}/units")
    ] == [
        ("0-500", "on_product", "co-op"),
        ("500-600", "sold", "trader"),
        ("600-1000", "retired", "trader"),
    ]
    assert any_market.get(f"{batch}/units/731") == {
        "units": f"{batch}:600-1000",
        "status": "retired",
        "holder": "trader",
        "claim": BAKERY,
        "leaf_index": 3,
    }
    assert [one["act"]["act"] for one in any_market.get(f"{batch}/acts")] == [
        "register",
        "claim",
        "claim",
        "claim",
    ]
    assert [one["leaf_index"] for one in any_market.get(f"{batch}/acts?after=1&limit=1")] == [2]
    assert any_market.get(f"{batch}/units?from=550&limit=1")[0]["units"] == f"{batch}:500-600"
    replayed_is_stored(any_market.shelf)


def test_the_answer_proves_its_place_in_the_log(market):
    batch = market.register()
    proof = market.claim(batch, 0, 500).json()["log"]
    (entry,) = market.shelf.entries(0, 256)[proof["leaf_index"] :]
    assert entry.startswith(b"agrifood-footprint removal act v1\n")
    merkle.verify_inclusion(
        merkle.leaf_hash(entry),
        proof["leaf_index"],
        proof["tree_size"],
        [bytes.fromhex(step) for step in proof["path"]],
        bytes.fromhex(proof["root"]),
    )


@pytest.mark.parametrize(
    ("first", "stop", "claim", "by", "rule"),
    [
        (499, 501, LOT | {"lot": "2025-06-B"}, "co-op", 1),
        (500, 600, LOT, "co-op", 1),
        (500, 600, LOT, "trader", 3),
        (500, 600, {"kind": "sold", "to": "bakery"}, "co-op", 1),
        (0, 1001, LOT, "co-op", 6),
        (900, 950, LOT, "bakery", 2),
        (950, 1000, LOT, "co-op", 5),
        (900, 950, {"kind": "energy", "carrier": "heat", "amount_kwh": 9, "certificate": "x"}, "co-op", 4),
    ],
)
def test_a_claim_against_the_rules_is_a_conflict_that_cites_the_rule(market, first, stop, claim, by, rule):
    batch = market.register(buffer_kg=50)
    market.claim(batch, 0, 500)
    market.claim(batch, 500, 900, {"kind": "sold", "to": "trader"})
    size = market.shelf.log_size()
    answer = market.claim(batch, first, stop, claim, by)
    assert answer.status_code == 409, answer.text
    assert answer.json()["type"].endswith("/conflict-removal")
    assert answer.json()["problems"][0]["why"].startswith(f"registry rule {rule}: ")
    assert market.shelf.log_size() == size


def test_evidence_is_used_once_also_by_another_account(any_market):
    any_market.register()
    answer = any_market.post("", terms(amount_kg=999), by="trader")
    assert (answer.status_code, "registry rule 7" in answer.text) == (409, True)


def test_measured_again_the_history_stays(any_market):
    batch = any_market.register()
    any_market.claim(batch, 0, 800)
    answer = any_market.post(f"/{batch}/measurements", looked(700, cause="fire"))
    assert answer.status_code == 201
    assert answer.json()["batch"]["shortfall_kg"] == 100
    assert any_market.get(batch)["totals"] == {"on_product": 800, "cancelled": 200}
    assert any_market.post(f"/{batch}/measurements", looked(1400), by="trader").status_code == 409
    assert (
        any_market.post(f"/{batch}/measurements", looked(1400, buffer_kg=100)).json()["batch"]["end_kg"]
        == 1600
    )
    assert [one["act"].get("measured_kg") for one in any_market.get(f"{batch}/acts")] == [
        None,
        None,
        700,
        1400,
    ]
    replayed_is_stored(any_market.shelf)


def test_a_measurement_takes_many_small_free_spans_back(any_market):
    """More than a page of them, so that the pages of the database are walked."""
    batch = any_market.register()
    shelf = any_market.shelf

    def every_other(connection):
        for unit in range(0, 700, 2):
            claim = LOT | {"lot": f"L{unit}"}
            at = "2025-07-01T08:00:00Z"
            registry.done(
                connection, Take(at=at, by="co-op", batch=batch, first=unit, stop=unit + 1, claim=claim)
            )

    shelf.write(every_other)
    answer = any_market.post(f"/{batch}/measurements", looked(360)).json()["batch"]
    assert answer["totals"] == {"on_product": 350, "free": 10, "cancelled": 640}
    replayed_is_stored(shelf)


def test_the_same_request_again_is_the_same_answer(any_market):
    batch = any_market.register()
    again = any_market.post("", terms())
    assert (again.status_code, again.json()["log"]["leaf_index"]) == (200, 0)
    key = {"Idempotency-Key": "sale-7"}
    sold = {"kind": "sold", "to": "trader"}
    first, second = (any_market.claim(batch, 0, 500, sold, **key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    other = any_market.claim(batch, 500, 600, sold, **key)
    assert (other.status_code, other.json()["type"].rpartition("/")[2]) == (422, "idempotency-key-reused")
    assert any_market.claim(batch, 0, 500, sold).status_code == 409  # without the key it is a second sale
    assert any_market.claim(batch, 600, 700, LOT).status_code == 201
    assert any_market.claim(batch, 650, 660, LOT).status_code == 200  # a lot may say its own claim again
    assert any_market.shelf.log_size() == 3


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"first": 5, "stop": 5, "claim": LOT}, "first < stop"),
        ({"first": 9, "stop": 3, "claim": LOT}, "first < stop"),
        ({"first": -1, "stop": 3, "claim": LOT}, "greater than or equal to 0"),
        ({"first": 0.5, "stop": 3, "claim": LOT}, "integer"),
        ({"first": "0", "stop": 3, "claim": LOT}, "integer"),
        ({"first": 0, "stop": 3}, "claim"),
        ({"first": 0, "stop": 3, "claim": LOT, "surprise": 1}, "surprise"),
        ({"first": 0, "stop": 3, "claim": {"kind": "burnt"}}, "burnt"),
        ({"first": 0, "stop": 3, "claim": {**LOT, "gtin": "09506000134353"}}, "check digit"),
        ({"first": 0, "stop": 3, "claim": {"kind": "sold", "to": "nobody"}}, "has no account here"),
        ({"first": 0, "stop": 3, "claim": {"kind": "retired", "beneficiary": "a\nb"}}, "pattern"),
        ([], "text"),
    ],
)
def test_claims_that_are_not_understood(market, body, says):
    answer = market.post(f"/{market.register()}/claims", body)
    assert answer.status_code == 422, answer.text
    assert says in json.dumps(answer.json()["problems"])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"method": "crcf-2026", "horizon_years": 200, "permanence_class": "200"}, "is not verified"),
        ({"method": "woolf-9999"}, "is no method card for biochar"),
        ({"method": "beccs-mass-balance"}, "is no method card for biochar"),
        ({"horizon_years": 1000, "permanence_class": "1000"}, "looks 100 years ahead"),
        ({"period_end": "2025-13-45"}, "month must be in 1..12"),
    ],
)
def test_a_removal_by_no_method_that_holds_is_not_registered(market, changes, says):
    answer = market.post("", biochar().model_dump(mode="json") | changes)
    assert answer.status_code == 422, answer.text
    assert says in json.dumps(answer.json()["problems"])


@pytest.mark.parametrize(
    "raw",
    [b'{"first":0,"stop":3,"stop":1000,"claim":{}}', b'{"first":0,"stop":1e400}', b"{", b"", b"\xff"],
)
def test_json_with_two_meanings(market, raw):
    batch = market.register()
    headers = {"Authorization": f"Bearer {market.keys['co-op']}", "Content-Type": "application/json"}
    answer = market.client.post(f"/v1/removals/batches/{batch}/claims", content=raw, headers=headers)
    assert answer.status_code == (400 if raw == b"\xff" else 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_batches_that_are_not_there(market):
    unknown = "00000000-0000-8000-8000-000000000000"
    for path in (unknown, f"{unknown}/units", f"{unknown}/units/5", f"{unknown}/acts"):
        assert market.client.get(f"/v1/removals/batches/{path}").status_code == 404
    assert market.claim(unknown, 0, 5).status_code == 404
    assert market.client.get("/v1/removals/batches/not-a-batch").status_code == 422
    assert market.client.get(f"/v1/removals/batches/{market.register()}/units/1000").status_code == 404


@pytest.mark.parametrize("path", ["", "/{}/claims", "/{}/measurements"])
def test_nobody_writes_without_a_key(market, path):
    batch = market.register()
    market.keys["stranger"] = "afk_" + "A" * 43
    assert market.post(path.format(batch), {}, by="stranger").status_code == 401


def with_units(footprint_of, units: str | None, **changes: Any):
    """The sample footprint, its removal resting on units."""
    removal = {**footprint_of().removals[0].model_dump(mode="json"), "units": units, **changes}
    return footprint_of(removals=[Removal.model_validate(removal).model_dump(mode="json")])


@pytest.fixture
def hand_in(market, orchard, lychee):
    """Signs a passport of 5,000 kg that names units, and hands it in; it claims 0.09132 kg per kg: 457 kg."""

    def post(lot: str, units: str, **changes: Any) -> Any:
        given = {name: changes.pop(name) for name in ("serial", "by") if name in changes}
        by = given.pop("by", "co-op")
        footprint = with_units(lychee, units, **changes)
        passport = orchard.passport(lot, footprint=footprint, lot_quantity=Decimal(5000), **given)
        headers = {"Authorization": f"Bearer {market.keys[by]}"}
        return market.client.post("/v1/passports", content=passport.json, headers=headers)

    return post


def test_a_passport_claims_the_units_it_names(market, hand_in):
    batch = market.register()
    assert hand_in("2025-06-A", f"{batch}:0-457").status_code == 201
    assert market.get(f"{batch}/units/0")["claim"] == {**LOT, "serial": None}
    second = hand_in("2025-06-B", f"{batch}:456-913")
    assert second.status_code == 409
    assert f"456-457 are on product {GTIN}, lot 2025-06-A" in second.text
    assert market.client.get(f"/01/{GTIN}/10/2025-06-B").status_code == 404  # nothing was stored
    assert hand_in("2025-06-B", f"{batch}:457-914").status_code == 201
    replayed_is_stored(market.shelf)


def test_a_newer_passport_of_the_lot_restates_its_claim(market, hand_in):
    batch = market.register()
    hand_in("2025-06-A", f"{batch}:0-457")
    size = market.shelf.log_size()
    assert (
        hand_in("2025-06-A", f"{batch}:0-457", checked_by="Sample Verifier (sample data)").status_code == 201
    )
    assert market.shelf.log_size() == size + 1  # the passport, and no second claim
    assert hand_in("2025-06-A", f"{batch}:0-457", serial="7").status_code == 409


def test_the_same_passport_again(any_market, orchard, lychee):
    batch = any_market.register()
    footprint = with_units(lychee, f"{batch}:0-500")
    passport = orchard.passport(footprint=footprint, lot_quantity=Decimal(5000))
    assert [any_market.house.post(any_market.client, passport).status_code for _ in range(2)] == [201, 200]
    assert any_market.shelf.log_size() == 3


@pytest.mark.parametrize(
    ("units", "changes", "status", "says"),
    [
        ("{}:500-957", {}, 409, "500-957 are sold to trader"),
        ("{}:500-957", {"by": "trader"}, 409, "registry rule 3"),
        ("{}:0-457", {"by": "bakery"}, 409, "held by co-op"),
        ("{}:0-457", {"status": "sold"}, 409, "says sold; 0-457 are free"),
        ("{}:0-457", {"kind": "soil"}, 409, "is soil; batch"),
        ("{}:0-457", {"method": "puro-2025"}, 409, "is puro-2025; batch"),
        ("{}:0-457", {"horizon_years": 1000}, 409, "is 1000; batch"),
        ("{}:600-1057", {}, 409, "ends at 1000"),
        ("{}:600-1057", {"status": "sold"}, 409, "ends at 1000"),
        ("00000000-0000-8000-8000-000000000000:0-457", {}, 404, "not registered"),
        ("{}:0-456", {}, 409, "are 456 for 456.6 kg"),
        ("{}:0-0457", {}, 422, "names no units"),
        ("half of it", {}, 422, "names no units"),
    ],
)
def test_units_a_passport_cannot_name(market, hand_in, units, changes, status, says):
    batch = market.register()
    market.claim(batch, 500, 1000, {"kind": "sold", "to": "trader"})
    size = market.shelf.log_size()
    answer = hand_in("2025-06-A", units.format(batch), **changes)
    assert answer.status_code == status, answer.text
    assert says in answer.text
    assert market.shelf.log_size() == size


def test_a_passport_tells_what_was_sold_and_claims_nothing(market, hand_in):
    batch = market.register()
    market.claim(batch, 500, 1000, {"kind": "sold", "to": "trader"})
    assert hand_in("2025-06-A", f"{batch}:500-1000", status="sold").status_code == 201
    assert market.get(f"{batch}/units/500")["holder"] == "trader"
    assert hand_in("2025-06-B", f"{batch}:500-1000", status="retired").status_code == 409
    market.claim(batch, 500, 1000, BAKERY, by="trader")
    assert hand_in("2025-06-B", f"{batch}:500-1000", status="retired").status_code == 201


def test_what_is_disclosed_cannot_be_sold_later(market, hand_in):
    batch = market.register()
    assert hand_in("2025-06-A", f"{batch}:0-457", status="disclosed").status_code == 201
    assert market.claim(batch, 0, 457, {"kind": "sold", "to": "trader"}).status_code == 409


def test_units_without_the_size_of_the_lot(market, orchard, lychee):
    batch = market.register()
    answer = market.house.post(
        market.client, orchard.passport(footprint=with_units(lychee, f"{batch}:0-457"))
    )
    assert (answer.status_code, "--lot-quantity" in answer.text) == (422, True)


def test_a_unit_is_net_and_a_product_claims_what_its_gross_has_not_lowered(market, hand_in):
    """ADR 35: of 1,000 kg that products may claim, 700 are left as units; 457 kg on a lot take 320 of them."""
    batch = market.register(amount_kg=700, claimable_kg=1000)
    assert hand_in("2025-06-A", f"{batch}:0-319").status_code == 409
    assert hand_in("2025-06-A", f"{batch}:0-320").status_code == 201
    assert market.claim(batch, 320, 700, {"kind": "sold", "to": "trader"}).status_code == 201
    assert hand_in("2025-06-B", f"{batch}:380-700").status_code == 409


def test_a_passport_that_names_a_unit_twice(market, orchard, lychee):
    batch = market.register()
    kept, told = (
        with_units(lychee, f"{batch}:{units}", status=status).removals[0].model_dump(mode="json")
        for units, status in (("0-457", "on_product"), ("456-1000", "disclosed"))
    )
    passport = orchard.passport(footprint=lychee(removals=[kept, told]), lot_quantity=Decimal(5000))
    answer = market.house.post(market.client, passport)
    assert (answer.status_code, f"unit 456 of {batch} is in two entries" in answer.text) == (422, True)


def test_a_passport_without_units_is_stored_as_ever(market, orchard):
    assert market.house.post(market.client, orchard.passport()).status_code == 201


def test_many_at_once_and_each_unit_goes_to_one(any_market):
    """Eight clients claim overlapping ranges at the same moment, for lots of their own: one of them wins each unit."""
    batch, barrier, random = any_market.register(), Barrier(8), Random(6)  # noqa: S311 - which ranges, not a secret
    wanted = [
        (number, first := random.randrange(900), first + random.randrange(1, 100)) for number in range(64)
    ]

    def claim(worker: int) -> list[tuple[int, int, int]]:
        barrier.wait()
        return [
            one
            for one in wanted[worker::8]
            if any_market.claim(batch, one[1], one[2], LOT | {"lot": f"L{one[0]}"}).status_code == 201
        ]

    with ThreadPoolExecutor(8) as pool:
        won = [one for found in pool.map(claim, range(8)) for one in found]
    units = [unit for _, first, stop in won for unit in range(first, stop)]
    assert won
    assert len(units) == len(set(units))
    spans = any_market.get(f"{batch}/units?limit=1000")
    held = {span["claim"]["lot"]: span["units"] for span in spans if span["claim"]}
    assert held == {f"L{number}": f"{batch}:{first}-{stop}" for number, first, stop in won}
    replayed_is_stored(any_market.shelf)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    shelf = Shelf.open(f"sqlite:///{tmp_path_factory.mktemp('registry') / 'r.db'}")
    yield shelf
    shelf.close()


@settings(max_examples=15, deadline=None)
@given(ranges=st.lists(st.tuples(st.integers(0, 99), st.integers(1, 60)), min_size=2, max_size=16))
def test_whatever_is_claimed_at_once_the_log_is_an_order_that_gives_the_tables(shelf, ranges):
    """Any ranges of a hundred units, by four threads, each for a lot of its own."""
    at = "2025-07-01T08:00:00Z"
    new = BatchTerms.model_validate(terms(f"example {next(EXAMPLES)}", amount_kg=100))
    batch = Register.of(new, "co-op", at)
    shelf.write(lambda connection: registry.done(connection, batch))

    def claim(numbered: tuple[int, tuple[int, int]]) -> list[int]:
        number, (first, kg) = numbered
        lot = LOT | {"lot": f"L{number}"}
        act = Take(at=at, by="co-op", batch=batch.batch, first=first, stop=first + kg, claim=lot)
        try:
            shelf.write(lambda connection: registry.done(connection, act))
        except RegistryError:
            return []
        return list(range(first, first + kg))

    with ThreadPoolExecutor(4) as pool:
        won = [unit for units in pool.map(claim, enumerate(ranges)) for unit in units]
    assert len(won) == len(set(won))
    assert won or all(first + kg > 100 for first, kg in ranges)
    assert shelf.read(lambda c: StoredBooks(c).batch(batch.batch)).total("on_product") == len(won)
    replayed_is_stored(shelf)


def test_processes_beside_each_other_and_each_unit_goes_to_one(either):
    """Four processes on one database, each with claims on random ranges for lots of its own."""
    url, at = either.settings.database_url, "2025-07-01T08:00:00Z"
    shelf = Shelf.open(url)
    act = Register.of(BatchTerms.model_validate(terms()), "co-op", at)
    shelf.write(lambda connection: registry.done(connection, act))
    claimants = [
        subprocess.Popen(
            [sys.executable, CLAIMANT, url, act.batch, str(seed)], stdout=subprocess.PIPE, text=True
        )
        for seed in range(4)
    ]
    won = [
        tuple(map(int, line.split()))
        for one in claimants
        for line in one.communicate(timeout=120)[0].splitlines()
    ]
    assert [one.returncode for one in claimants] == [0] * 4
    units = [unit for first, stop in won for unit in range(first, stop)]
    assert len(units) == len(set(units)) > 400
    assert shelf.read(lambda c: StoredBooks(c).batch(act.batch)).total("on_product") == len(units)
    replayed_is_stored(shelf)
    shelf.close()


@pytest.mark.parametrize(
    "table",
    ["removal_batches", "removal_acts", "removal_spans", "removal_evidence", "removal_keys", "log_leaves"],
)
def test_a_write_that_fails_anywhere_leaves_nothing_and_can_be_repeated(market, table):
    file = market.house.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(file) as database:
        broken = (
            f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken disk'); END"
        )
        database.execute(broken)
    key = {"Idempotency-Key": "batch-1"}
    assert market.post("", terms(), **key).status_code == 503
    assert market.shelf.log_size() == 0
    with sqlite3.connect(file) as database:
        counted = [
            database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in ("removal_batches", "removal_spans", "removal_evidence", "removal_keys")
        ]
        database.execute("DROP TRIGGER broken")
    database.close()
    assert counted == [0, 0, 0, 0]
    assert market.post("", terms(), **key).status_code == 201
    assert market.post("", terms(), **key).status_code == 200


def test_the_same_range_at_once_has_one_winner(any_market):
    batch, barrier = any_market.register(), Barrier(8)

    def sell(worker: int) -> int:
        barrier.wait()
        return any_market.claim(batch, 0, 1000, LOT | {"lot": f"L{worker}"}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(sell, range(8))) == [201] + [409] * 7
