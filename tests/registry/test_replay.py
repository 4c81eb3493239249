"""A log that does not follow the rules proves it against itself."""

import pytest

from footprint.errors import LogError
from footprint.passport.log_proof import passport_entry
from footprint.registry import Register, entry, parse, replay
from footprint.registry.acts import HEADER
from tests.registry.samples import AT, LOT_B, biochar, registered, take

FIRST = entry(Register.of(biochar(), "co-op", AT))
BATCH = registered()[1]
CLAIM = entry(take(BATCH, 0, 10))


def test_entries_of_other_kinds_keep_their_places():
    other = passport_entry("ab" * 32)
    ledger = replay([other, FIRST, other, CLAIM])
    assert [span.leaf for span in ledger.spans(BATCH)] == [3, 1]
    assert parse(other) is None


@pytest.mark.parametrize(
    ("name", "entries", "says"),
    [
        (
            "claimed twice",
            (FIRST, CLAIM, entry(take(BATCH, 5, 6, LOT_B))),
            "entry 2.units — 5-6 are on product",
        ),
        ("claimed before it is registered", (CLAIM,), "entry 0.batch"),
        ("a claim swallowed", (FIRST, CLAIM, CLAIM), "entry 2 — says what was said before"),
        ("no JSON", (HEADER + b"{\n",), "not JSON"),
        ("an unknown act", (HEADER + b'{"act":"burn"}\n',), "burn"),
        ("written in another way", (FIRST.replace(b'{"act"', b'{ "act"'),), "canonical"),
        ("without its end", (FIRST[:-1],), "canonical|JSON"),
        (
            "a batch made smaller",
            (FIRST.replace(b'"amount_kg":1000', b'"amount_kg":999'),),
            "made of its terms",
        ),
    ],
)
def test_what_a_log_must_not_hold(name, entries, says):
    with pytest.raises(LogError, match=says):
        replay(entries)
