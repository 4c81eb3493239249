"""Acts in any order: no unit is claimed twice, none is lost or made, and the log alone gives the same registry."""

from bisect import bisect_right

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from footprint.errors import RegistryError
from footprint.registry import Ledger, Register, Retired, entry, replay
from footprint.registry.batch import CLAIMED
from footprint.registry.spans import Spans
from tests.registry.samples import (
    AT,
    HEAT,
    LOT_A,
    LOT_B,
    TOLD,
    biochar,
    measure,
    record,
    sell,
    stored_co2,
    take,
)

ACCOUNTS = st.sampled_from(("co-op", "trader", "bakery"))
CLAIMS = st.sampled_from((LOT_A, LOT_B, TOLD, HEAT, Retired(beneficiary="Sample")))


class Registry(RuleBasedStateMachine):
    """A registry of two batches; beside it, for every unit, a plain list of what the log said of it."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.log: list[bytes] = []
        self.claims: dict[tuple[str, int], list[str]] = {}
        self.looks = 0

    @initialize(buffer_kg=st.integers(0, 30))
    def register(self, buffer_kg):
        both = biochar(60, buffer_kg, record("spread", "application", 60)), stored_co2(40)
        acts = [Register.of(terms, "co-op", AT) for terms in both]
        for act in acts:
            self.do(act)
        self.batches = [act.batch for act in acts]

    def do(self, act) -> bool:
        try:
            changed = self.ledger.apply(act, len(self.log))
        except RegistryError:
            return False
        if changed:
            self.log.append(entry(act))
        return changed

    @rule(which=st.integers(0, 1), first=st.integers(0, 90), kg=st.integers(1, 40), claim=CLAIMS, by=ACCOUNTS)
    def claim(self, which, first, kg, claim, by):
        batch = self.batches[which]
        if self.do(take(batch, first, first + kg, claim, by)):
            for unit in range(first, first + kg):
                said = self.claims.setdefault((batch, unit), [])
                if not said or said[-1] != str(claim):
                    said.append(str(claim))

    @rule(which=st.integers(0, 1), first=st.integers(0, 90), kg=st.integers(1, 40), to=ACCOUNTS, by=ACCOUNTS)
    def hand_on(self, which, first, kg, to, by):
        self.do(sell(self.batches[which], first, first + kg, to, by))

    @rule(which=st.integers(0, 1), kg=st.integers(0, 120), buffer_kg=st.integers(0, 20), by=ACCOUNTS)
    def look_again(self, which, kg, buffer_kg, by):
        self.looks += 1
        report = record(f"report {self.looks}", "verification", 1000, 1)
        self.do(measure(self.batches[which], kg, buffer_kg, by, "re-measured", report))

    @invariant()
    def no_unit_was_claimed_twice(self):
        assert all(len(said) <= 1 for said in self.claims.values())

    @invariant()
    def no_unit_is_lost_or_made(self):
        for batch in self.ledger.batches():
            spans = self.ledger.spans(batch.id)
            assert [span.first for span in spans] == [0, *(span.stop for span in spans)][: len(spans)]
            assert spans[-1].stop == batch.end_kg == sum(span.kg for span in spans)
            assert all(span.kg > 0 for span in spans)
            for status in ("free", "buffer", "cancelled", *CLAIMED):
                assert batch.total(status) == sum(span.kg for span in spans if span.status == status)

    @invariant()
    def what_is_there_is_what_was_measured(self):
        for batch in self.ledger.batches():
            assert batch.end_kg - batch.total("cancelled") == batch.measured_kg + batch.shortfall_kg
            assert not batch.shortfall_kg or not batch.total("free", "buffer")

    @invariant()
    def the_log_tells_the_same(self):
        again = replay(self.log)
        assert again.batches() == self.ledger.batches()
        assert again.uses() == self.ledger.uses()
        assert [again.spans(b.id) for b in again.batches()] == [
            self.ledger.spans(b.id) for b in self.ledger.batches()
        ]


TestRegistry = Registry.TestCase
TestRegistry.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_blocks_split_and_nothing_is_misplaced():
    """Ten thousand one-unit claims from both ends: windows agree with a plain sorted list."""
    from footprint.registry import Span

    spans, units = Spans(), list(range(0, 20_000, 2))
    for place in (*units[::2], *reversed(units[1::2])):
        spans.add(Span(place, place + 2, "free", "co-op", None, 0))
    assert [span.first for span in spans] == units
    for first, stop in ((0, 1), (777, 1778), (1023, 1024), (19_999, 20_000), (0, 20_000)):
        wanted = units[bisect_right(units, first) - 1 : bisect_right(units, stop - 1)]
        assert [span.first for span in spans.window(first, stop, 20_000)] == wanted
