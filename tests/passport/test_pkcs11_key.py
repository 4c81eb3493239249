"""A key in a token, with SoftHSM as the token: it signs passports and cannot be taken out."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli.sign import sign
from footprint.errors import InputError
from footprint.passport import Signer, TrustList, pkcs11_key, verify
from footprint.passport.envelope import to_jwt
from footprint.passport.pkcs11_key import Pkcs11Key

LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
LIBRARY = next((path for path in LIBRARIES if Path(path).exists()), None)
pkcs11 = pytest.importorskip("pkcs11")
pytestmark = pytest.mark.skipif(
    LIBRARY is None or shutil.which("softhsm2-util") is None, reason="SoftHSM is not installed"
)

TODAY = datetime(2025, 7, 1, tzinfo=UTC)
CURVES = {"P-256": "secp256r1", "P-384": "secp384r1"}


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with one key pair of each sort."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        make = [
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "orchard",
            "--pin",
            "1234",
            "--so-pin",
            "5678",
        ]
        subprocess.run(make, check=True, capture_output=True)
        with pkcs11.lib(LIBRARY).get_token(token_label="orchard").open(rw=True, user_pin="1234") as session:
            for label, curve in {**CURVES, "secp256k1": "secp256k1"}.items():
                parameters = session.create_domain_parameters(
                    pkcs11.KeyType.EC,
                    {pkcs11.Attribute.EC_PARAMS: pkcs11.util.ec.encode_named_curve_parameters(curve)},
                    local=True,
                )
                parameters.generate_keypair(store=True, label=label)
            edwards = session.create_domain_parameters(
                pkcs11.KeyType.EC_EDWARDS,
                {pkcs11.Attribute.EC_PARAMS: pkcs11.util.ec.encode_edwards_curve_parameters("1.3.101.112")}
                if hasattr(pkcs11.util.ec, "encode_edwards_curve_parameters")
                else {pkcs11.Attribute.EC_PARAMS: bytes.fromhex("06032b6570")},
                local=True,
            )
            edwards.generate_keypair(
                mechanism=pkcs11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN, store=True, label="Ed25519"
            )
        yield {"library": LIBRARY, "token": "orchard", "pin": "1234"}


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_passport_signed_in_the_token_verifies(token, sample, terms, kind, tmp_path):
    with Pkcs11Key.open(**token, label=kind) as key:
        assert key.public_key.kind == kind
        signer = Signer(key, "did:web:orchard.example#2026")
        passport = signer.issue(sample, **terms)
        enveloped = to_jwt(passport, signer)
        with pytest.raises(InputError, match="stays there"):
            signer.save(tmp_path / "stolen.key", None)
    trust = TrustList.of(signer.trusted_as("Sample (sample data)"))
    assert verify(passport, trust=trust, at=TODAY).claims == verify(enveloped, trust=trust, at=TODAY).claims


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pin": "0000"}, "cannot be opened"),
        ({"token": "other"}, "cannot be opened"),
        ({"library": "no-such-library.so"}, "cannot be opened"),
        ({"label": "no such key"}, "no usable key"),
        ({"label": "secp256k1"}, "another sort"),
    ],
)
def test_what_cannot_sign_is_told_when_it_is_opened(token, changes, words):
    with pytest.raises(InputError, match=words) as refused:
        Pkcs11Key.open(**{**token, "label": "P-256", **changes})
    assert "1234" not in str(refused.value)


def test_the_secret_does_not_show(token):
    with Pkcs11Key.open(**token, label="P-256") as key:
        assert repr(key) == f"Pkcs11Key({key.public_key.multibase!r})"


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(InputError, match=r"agrifood-footprint\[pkcs11\]"):
        pkcs11_key.Pkcs11Key.open("x", token="t", pin="p", label="l")


@pytest.mark.parametrize("label", ["P-256", "Ed25519"])
def test_a_passport_is_signed_from_the_command_line_with_the_pin_alone(token, tmp_path, sample, label):
    (tmp_path / "footprint.json").write_text(sample.model_dump_json())
    asked = ["footprint.json", "--pkcs11", LIBRARY, "--token", "orchard", "--key-label", label]
    lot = ["--gtin", "09506000134352", "--lot", "2025-06-A", "--resolver", "https://passport.example.org"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        done = CliRunner().invoke(sign, [*asked, *lot, "--at", "2025-06-20T08:00:00Z"], input="1234\n")
        assert done.exit_code == 0, done.output
        assert "1234" not in done.output
        wrong = CliRunner().invoke(sign, [*asked, *lot, "--out", "other.json"], input="9999\n")
    assert isinstance(wrong.exception, InputError)
    assert not (tmp_path / "other.json").exists()
    with Pkcs11Key.open(LIBRARY, token="orchard", pin="1234", label=label) as key:
        trust = TrustList.of(Signer(key).trusted_as("Sample orchard (sample data)"))
    assert verify((tmp_path / "passport.json").read_bytes(), trust=trust, at=TODAY).lot == "2025-06-A"


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["--key", "a.key", "--pkcs11", "x.so"],
        ["--key", "a.key", "--token", "orchard"],
        ["--pkcs11", "x.so"],
        ["--pkcs11", "x.so", "--token", "orchard", "--key-label", "2026", "--password"],
    ],
)
def test_it_must_be_clear_which_key_signs(given):
    lot = ["--gtin", "09506000134352", "--lot", "A", "--resolver", "https://passport.example.org"]
    assert CliRunner().invoke(sign, ["footprint.json", *given, *lot]).exit_code == 2
