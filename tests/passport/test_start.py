"""A verifier starts on a phone: nothing is loaded that one passport can be verified without."""

import os
import subprocess
import sys

import pytest

LIBRARY = """
import sys
from datetime import UTC, datetime
from footprint.passport import TrustList, verify
text = open(sys.argv[1], "rb").read()
verified = verify(text, trust=TrustList.load(sys.argv[2]), at=datetime(2025, 7, 1, tzinfo=UTC))
assert str(verified.claims.gross_kg_co2e) == "1.062300"
print(*sys.modules)
"""
COMMAND = """
import atexit, sys
atexit.register(lambda: print(*sys.modules))
from footprint.cli import main
sys.argv = ["footprint", "verify", sys.argv[1], "--trust", sys.argv[2], "--at", "2025-07-01T00:00:00Z"]
main()
"""
HEAVY = {
    "numpy",
    "pandas",
    "scipy",
    "pint",
    "bw2calc",
    "bw_processing",
    "cbor2",
    "fastapi",
    "jinja2",
    "ssl",
    "asyncio",
}
FOR_OTHERS = {
    f"footprint.passport.{room}"
    for room in (
        *("chain", "offline_code", "pinned", "policy", "witnessed"),
        *("key_file", "signer", "signing_key"),
        "status",
        "ecdsa",
        *("checkpoint", "log_proof", "merkle", "signed_note"),
    )
}
"""What walks chains and asks for more than a genuine passport; what signs; status lists; logs."""


@pytest.fixture
def files(passport, trust, tmp_path):
    (tmp_path / "passport.json").write_bytes(passport.json)
    (tmp_path / "trust.json").write_bytes(trust.to_json())
    return [str(tmp_path / "passport.json"), str(tmp_path / "trust.json")]


def loaded_by(program, files, **environment):
    command, variables = [sys.executable, "-c", program, *files], {**os.environ, **environment}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=variables).stdout.split()


@pytest.mark.e2e
@pytest.mark.parametrize("program", [LIBRARY, COMMAND], ids=["as a library", "footprint verify"])
def test_verifying_loads_nothing_that_it_does_not_need(program, files):
    loaded = loaded_by(program, files)
    assert "footprint.passport.verification" in loaded
    assert sorted((HEAVY | FOR_OTHERS) & set(loaded)) == []


@pytest.mark.e2e
@pytest.mark.parametrize(("wanted", "there"), [({}, False), ({"PYDANTIC_DISABLE_PLUGINS": "none"}, True)])
def test_what_else_is_installed_has_no_say_in_a_verdict_unless_it_is_asked_in(wanted, there, files, tmp_path):
    about = tmp_path / "guest-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: guest\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pydantic]\nguest = guest:plugin\n")
    (tmp_path / "guest.py").write_text(
        "class plugin:\n    new_schema_validator = lambda *_, **__: (None, None, None)\n"
    )
    assert ("guest" in loaded_by(COMMAND, files, PYTHONPATH=str(tmp_path), **wanted)) is there


def test_every_name_of_the_room_is_there_when_it_is_asked_for():
    import footprint.passport as room

    assert [name for name in room.__all__ if not hasattr(room, name)] == []
    assert callable(room.canonical), "not the module of that name"
    with pytest.raises(AttributeError, match="unheard_of"):
        room.unheard_of  # noqa: B018 - asking is the test
