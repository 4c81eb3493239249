"""A verifier starts on a phone: nothing heavy is loaded, and it is there before a person notices."""

import subprocess
import sys
import time

import pytest

VERIFY = """
import sys
from datetime import UTC, datetime
from footprint.passport import TrustList, verify
text = open(sys.argv[1], "rb").read()
verified = verify(text, trust=TrustList.load(sys.argv[2]), at=datetime(2025, 7, 1, tzinfo=UTC))
heavy = {"numpy", "pandas", "scipy", "pint", "bw2calc", "bw_processing", "fastapi", "ssl", "asyncio"}
print(verified.claims.gross_kg_co2e, *sorted(heavy & sys.modules.keys()))
"""


@pytest.mark.e2e
def test_a_cold_process_verifies_quickly_and_lightly(passport, trust, tmp_path):
    (tmp_path / "passport.json").write_bytes(passport.json)
    (tmp_path / "trust.json").write_bytes(trust.to_json())
    command = [sys.executable, "-c", VERIFY, str(tmp_path / "passport.json"), str(tmp_path / "trust.json")]
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds.append(time.perf_counter() - started)
        assert done.stdout.split() == ["1.062300"], "something heavy was loaded"
    assert min(seconds) < 0.5
