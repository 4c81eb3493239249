"""A dock that has pinned its supplier's key, and one that asks for witnesses: on the command line and in code."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli.verify import verify as command
from footprint.errors import LogError, UntrustedError
from footprint.passport import LogProof, PinnedKey, Signer, StatusLists, TrustList, verify
from footprint.passport.signed_note import WITNESS, NoteKey, cosign

SET = Path(__file__).parents[1] / "vectors" / "passports"
LOT, REVOCABLE = SET / "0.1.0_lot_pass.json", SET / "0.1.0_revocable_pass.json"
AT = datetime(2025, 7, 1, tzinfo=UTC)
ISSUER, STRANGER = Signer.from_seed(bytes(range(32))), Signer.from_seed(b"\x07" * 32)
WATCHER = Signer.from_seed(b"\x0a" * 32)
WATCHER_KEY = NoteKey("witness.example.org", WATCHER.ed25519_key, WITNESS)


def run(*given: str | Path):
    return CliRunner().invoke(command, [str(LOT), "--at", "2025-07-01T00:00:00Z", *map(str, given)])


@pytest.mark.parametrize("text", [ISSUER.issuer, ISSUER.public_key_multibase])
def test_a_pinned_key_is_enough(text):
    done = run("--pin", text)
    assert done.exit_code == 0, done.output
    assert "the key you pinned" in done.output


def test_another_key_than_the_pinned_one_is_refused():
    assert isinstance(run("--pin", STRANGER.issuer).exception, UntrustedError)
    with pytest.raises(UntrustedError, match="not the key you pinned"):
        verify(LOT.read_bytes(), trust=PinnedKey(STRANGER.public_key), at=AT)


def test_with_a_trust_list_both_must_hold():
    assert "Sample Lychee Co-operative" in run("--trust", SET / "trust.json", "--pin", ISSUER.issuer).output
    for listed, pinned in (("trust.json", STRANGER), ("trust_nobody.json", ISSUER)):
        refused = run("--trust", SET / listed, "--pin", pinned.issuer)
        assert isinstance(refused.exception, UntrustedError)


def test_a_domain_is_pinned_by_its_key_and_only_under_its_own_name(sample, terms):
    signer = Signer.from_seed(b"\x31" * 32, "did:web:orchard.example#key-2")
    passport = signer.issue(sample, **terms)
    pinned = PinnedKey.parse(signer.public_key_multibase)
    assert verify(passport, trust=pinned, at=AT).issuer == "did:web:orchard.example"
    with pytest.raises(UntrustedError):
        pinned.holder("did:web:orchard.example", "did:web:elsewhere.example#key-2")


def test_the_status_list_of_a_pinned_passport_is_by_the_same_key():
    lists = StatusLists.of(
        *((SET / f"status_{name}.json").read_bytes() for name in ("revocation", "suspension"))
    )
    found = verify(REVOCABLE.read_bytes(), trust=PinnedKey(ISSUER.public_key), at=AT, status=lists)
    assert {check.purpose for check in found.looked_up} == {"revocation", "suspension"}
    with pytest.raises(UntrustedError):
        PinnedKey(ISSUER.public_key).keeper(ISSUER.issuer, STRANGER.issuer, STRANGER.verification_method)


def test_somebody_must_be_believed():
    assert run().exit_code == 2


def test_a_text_that_is_no_key():
    assert isinstance(run("--pin", "did:web:orchard.example").exception, UntrustedError)


@pytest.fixture
def witnessed(tmp_path: Path) -> Path:
    """The sample's log proof, with a witness's line under its head."""
    proof = LogProof.parse((SET / "log_good.tlog-proof").read_bytes())
    line = cosign(proof.checkpoint.text, WATCHER_KEY, WATCHER.sign_bytes, 1_751_328_000)
    path = tmp_path / "passport.json.tlog-proof"
    path.write_text(str(LogProof(proof.index, proof.path, proof.checkpoint.and_signatures([line]))))
    return path


def test_a_witness_the_reader_names_must_have_cosigned(witnessed):
    asked = ["--trust", SET / "trust_log.json", "--witness", str(WATCHER_KEY)]
    assert run(*asked, "--log-proof", witnessed).exit_code == 0
    without = run(*asked, "--log-proof", SET / "log_good.tlog-proof")
    assert isinstance(without.exception, LogError)
    assert "not signed by witness.example.org" in str(without.exception)
    pinned = run(*asked, "--pin", ISSUER.issuer, "--log-proof", SET / "log_good.tlog-proof")
    assert isinstance(pinned.exception, LogError)


def test_a_witness_without_a_proof_is_a_mistake():
    assert run("--trust", SET / "trust_log.json", "--witness", str(WATCHER_KEY)).exit_code == 2


def test_a_logs_key_is_no_witness(witnessed):
    key = TrustList.load(SET / "trust_log.json").logs[0].key
    refused = run("--trust", SET / "trust_log.json", "--witness", key, "--log-proof", witnessed)
    assert "another sort" in str(refused.exception)
