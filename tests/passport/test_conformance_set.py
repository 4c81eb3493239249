"""The published set: every broken passport is refused with its named error, every good one verifies for ever."""

import json
import socket
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from footprint import errors
from footprint.log import watch
from footprint.passport import (
    NotRevoked,
    StatusLists,
    TrustList,
    UnsafeAnyIssuer,
    VerifiedBy,
    canonical,
    verify,
    verify_chain,
)
from footprint.passport.checkpoint import KnownLog
from footprint.passport.signed_note import NoteKey
from footprint.passport.witnessed import witness_key

HOME = Path(__file__).parents[1] / "vectors" / "passports"
INDEX = json.loads((HOME / "index.json").read_text())
CASES = {case["name"]: {**INDEX["usually"], **case} for case in INDEX["vectors"]}
BROKEN = [name for name, case in CASES.items() if case["expect"] != "pass"]
GOOD = [name for name, case in CASES.items() if case["expect"] == "pass"]
WATCHED = {case["name"]: case for case in INDEX["monitor"]}
POLICIES = {"NotRevoked": NotRevoked(), "VerifiedBy": VerifiedBy()}
LONGEST_MESSAGE = 3000


def answered(case):
    """What `verify` says, given what the index names."""
    if "others" in case:
        return chained(case).passport
    unsafe = case["trust"].startswith("unsafe")
    lists = [(HOME / name).read_bytes() for name in case.get("status", ())]
    proof = case.get("log_proof")
    return verify(
        (HOME / case["file"]).read_bytes(),
        trust=UnsafeAnyIssuer() if unsafe else TrustList.load(HOME / case["trust"]),
        at=datetime.fromisoformat(case["at"]),
        scanned=case.get("scanned"),
        status=StatusLists.of(*lists) if lists else None,
        log_proof=(HOME / proof).read_bytes() if proof else None,
        policy=POLICIES.get(case.get("policy")),
    )


def chained(case):
    """The same of a passport and the others given with it."""
    lists = [(HOME / name).read_bytes() for name in case.get("status", ())]
    return verify_chain(
        (HOME / case["file"]).read_bytes(),
        [canonical(other) for other in json.loads((HOME / case["others"]).read_bytes())],
        trust=TrustList.load(HOME / case["trust"]),
        at=datetime.fromisoformat(case["at"]),
        status=StatusLists.of(*lists) if lists else None,
    )


@dataclass(frozen=True)
class Shown:
    """The files of a log, as a case shows them."""

    files: dict[str, str]

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise errors.InputError.of(path, "is not there", "", "")
        return b64decode(self.files[path])


def watched(case):
    """What a monitor says of a log that shows itself once more."""
    seen = json.loads((HOME / case["file"]).read_text())
    demanded = () if seen["witness"] is None else (witness_key(seen["witness"]),)
    known = KnownLog(NoteKey.parse(seen["log_key"]), demanded=demanded)
    last = None if seen["last"] is None else seen["last"].encode()
    return watch(Shown(seen["files"]), known, last)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("verification opened a socket")

    for name in (
        "socket",
        "create_connection",
        "getaddrinfo",
        "gethostbyname",
        "create_server",
        "socketpair",
    ):
        monkeypatch.setattr(socket, name, refuse)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_passport_is_refused_with_its_error(name):
    case = CASES[name]
    with pytest.raises(errors.VerificationError) as refused:
        answered(case)
    assert type(refused.value).__name__ == case["expect"], str(refused.value)
    assert all(problem.where and problem.what for problem in refused.value.problems)
    said = str(refused.value)
    assert len(said) < LONGEST_MESSAGE
    assert said.isprintable() or not set(said) - set("\n") & set(map(chr, range(32)))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_passport_of_any_release_verifies(name):
    verified = answered(CASES[name])
    assert verified.gtin == "09506000134352"
    assert (verified.logged is not None) == name.endswith("_logged")


def test_a_chain_that_holds_is_walked_to_its_end():
    assert (chained(CASES["chain_of_two"]).steps, chained(CASES["chain_of_64_steps"]).steps) == (1, 64)
    assert [lot.product for lot in chained(CASES["chain_without_its_supplier"]).missing]


@pytest.mark.parametrize("name", WATCHED)
def test_a_monitor_answers_as_the_set_says(name):
    case = WATCHED[name]
    if case["expect"] == "pass":
        assert watched(case).checkpoint.size >= 5
        return
    with pytest.raises(errors.VerificationError) as refused:
        watched(case)
    assert type(refused.value).__name__ == case["expect"], str(refused.value)


def test_the_set_is_as_large_as_it_says_and_every_file_has_its_case():
    assert len(BROKEN) >= 100
    assert len(CASES) == len(INDEX["vectors"])
    named = {case["file"] for case in CASES.values()}
    beside = {"chain_dried.json", "chain_64.json"}  # genuine, and with what the case gives a chain that holds
    assert named - beside == {
        path.name for pattern in ("*_fail.*", "*_pass.*") for path in HOME.glob(pattern)
    }
    assert all(case["rule"] for case in CASES.values())


def test_every_kind_of_refusal_is_in_the_set():
    kinds = {kind.__name__ for kind in errors.VerificationError.__subclasses__()}
    assert set(Counter(CASES[name]["expect"] for name in BROKEN)) == kinds


def test_what_a_case_breaks_is_all_that_is_wrong_with_it():
    """The good passports pass beside the usual lists and proofs, so a case fails for its own reason."""
    assert {CASES[name]["file"] for name in GOOD} >= {
        "0.1.0_lot_pass.json",
        "0.1.0_item_pass.json",
        "0.1.0_revocable_pass.json",
        "0.1.0_vc_jwt_pass.jwt",
        "0.1.0_vc_sd_jwt_pass.jwt",
    }


def test_the_generator_writes_the_same_files_again(tmp_path):
    """The keys are seeded, and the good passports kept: no version of this software may change a published file."""
    script = HOME / "generator" / "generate.py"
    done = subprocess.run(
        [sys.executable, script, "--into", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {
        path.name: path.read_bytes()
        for path in HOME.iterdir()
        if path.is_file() and "_pass." not in path.name
    }
    del kept["README.md"]
    assert made.keys() == kept.keys()
    assert [name for name, body in made.items() if kept[name] != body] == []
