"""Keys, forms and trust from the command line: made, replaced, shown in part, fetched once and never while verifying."""

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"
FOOTPRINT = Path(sys.executable).parent / "footprint"
LOT = ("--gtin", "09506000134352", "--lot", "2025-06-A", "--resolver", "https://passport.example.org")


def run(folder, *arguments, code=0, **environment):
    done = subprocess.run(
        [FOOTPRINT, *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    run(folder, "assess", LYCHEE, "--gwp", "AR6-100", "--out", "footprint.json")
    return folder


def sign(folder, key, out, *more):
    return run(folder, "sign", "footprint.json", "--key", key, *LOT, "--out", out, *more)


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
@pytest.mark.parametrize("form", ["vc", "vc+jwt", "vc+sd-jwt"])
def test_every_sort_of_key_in_every_form(desk, kind, form):
    name = f"{kind}.{form}"
    run(desk, "keygen", f"{name}.key", "--kind", kind, "--name", "Sample", "--trust", f"{name}.json")
    sign(desk, f"{name}.key", f"{name}.passport", "--form", form)
    assert "✓ genuine" in run(desk, "verify", f"{name}.passport", "--trust", f"{name}.json")


def test_a_producer_shows_a_buyer_the_totals_and_one_stage(desk):
    run(desk, "keygen", "show.key", "--name", "Sample", "--trust", "show.json")
    sign(desk, "show.key", "show.sd-jwt", "--form", "vc+sd-jwt")
    listed = run(desk, "disclose", "show.sd-jwt", "--list")
    assert "stages.1" in listed
    assert "kiln" in listed
    run(desk, "disclose", "show.sd-jwt", "--show", "stages.1", "--out", "buyer.sd-jwt")
    verdict = run(desk, "verify", "buyer.sd-jwt", "--trust", "show.json")
    assert "✓ genuine" in verdict
    assert "the holder may have withheld" in verdict
    assert "is not told" in run(desk, "disclose", "show.sd-jwt", "--show", "wages", code=1)


def test_a_new_key_does_not_forget_the_logs_of_the_trust_list(desk):
    listed = {
        "issuers": [],
        "logs": [{"key": "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"}],
    }
    (desk / "kept.json").write_text(json.dumps(listed))
    run(desk, "keygen", "kept.key", "--name", "Sample", "--trust", "kept.json")
    assert json.loads((desk / "kept.json").read_text())["logs"] == listed["logs"]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def orchard_site(desk: Path) -> Iterator[tuple[str, Path, dict[str, str]]]:
    """The orchard's own web site, with TLS, on this machine: its did, its folder, and whom the reader's system trusts."""
    site = desk / "site"
    (site / ".well-known").mkdir(parents=True, exist_ok=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(desk))
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Quiet(*given, directory=str(site)))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield (
        f"did:web:localhost%3A{server.server_port}",
        site / ".well-known",
        {"SSL_CERT_FILE": str(desk / "site.pem")},
    )
    server.shutdown()
    server.server_close()


def certificate(folder):
    """A certificate for localhost that vouches for itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "site.pem").write_bytes(built.public_bytes(Encoding.PEM) + secret)
    return folder / "site.pem"


@pytest.mark.e2e
def test_a_year_of_an_orchards_keys(desk, orchard_site):
    """Made, fetched, rotated, stolen: what a reader believes after each, and when."""
    did, site, system = orchard_site
    add = ("trust", "add", did, "--name", "Sample Orchard", "--trust", "web.json", "--unsafe-local")
    for name in ("first", "second"):
        run(desk, "keygen", f"{name}.key")
    old, new = (
        ("--did", f"{did}#key-1", "--at", "2025-07-01T00:00:00Z"),
        ("--did", f"{did}#key-2", "--at", "2026-07-01T00:00:00Z"),
    )
    where = run(
        desk,
        "did",
        "make",
        did,
        "--key",
        "first.key",
        "--at",
        "2025-01-01T00:00:00Z",
        "--out",
        site / "did.json",
    )
    assert f"https://localhost:{did.rpartition('%3A')[2]}/.well-known/did.json" in where
    assert "key-1" in run(desk, *add, **system)
    sign(desk, "first.key", "old.json", *old)
    verify = ("verify", "old.json", "--trust", "web.json", "--at", "2026-06-30T00:00:00Z")
    assert "✓ genuine" in run(desk, *verify)

    run(
        desk,
        "did",
        "rotate",
        site / "did.json",
        "--key",
        "second.key",
        "--name",
        "key-2",
        "--at",
        "2026-01-01T00:00:00Z",
    )
    sign(desk, "second.key", "new.json", *new)
    newer = ("verify", "new.json", "--trust", "web.json", "--at", "2026-07-02T00:00:00Z")
    assert "not one of the issuer's keys" in run(desk, *newer, code=1), "nothing is fetched while verifying"
    run(desk, *add, **system)
    assert "✓ genuine" in run(desk, *newer)
    assert "✓ genuine" in run(desk, *verify)

    run(desk, "did", "compromised", site / "did.json", "key-1", "--at", "2026-08-01T00:00:00Z")
    run(desk, *add, **system)
    assert "not one of the issuer's keys" in run(desk, *verify, code=1)
    assert "✓ genuine" in run(desk, *newer)
    run(desk, "did", "compromised", site / "did.json", "key-2", "--at", "2026-08-01T00:00:00Z")
    assert "vouches for no key" in run(desk, *add, code=1, **system)
    assert json.loads((desk / "web.json").read_text())["issuers"] == []


@pytest.mark.e2e
def test_a_site_nobody_vouches_for_and_a_document_of_another(desk, orchard_site):
    did, site, system = orchard_site
    add = ("trust", "add", did, "--name", "Sample", "--trust", "none.json", "--unsafe-local")
    run(desk, "keygen", "elsewhere.key")
    run(
        desk,
        "did",
        "make",
        "did:web:elsewhere.example",
        "--key",
        "elsewhere.key",
        "--out",
        site / "elsewhere.json",
    )
    (site / "did.json").write_bytes((site / "elsewhere.json").read_bytes())
    assert "speaks for itself only" in run(desk, *add, code=1, **system)
    assert "cannot be reached" in run(desk, *add, code=1)
    assert not (desk / "none.json").exists()


@pytest.mark.parametrize(
    "did",
    [
        "did:web:localhost",
        "did:web:127.0.0.1",
        "did:web:169.254.169.254",
        "did:web:10.0.0.1%3A8443",
        "did:web:2130706433",
    ],
)
def test_a_document_inside_a_network_is_never_asked_for(desk, did):
    """Without --unsafe-local; the cloud's metadata address and numbers that mean this machine included."""
    said = run(desk, "trust", "add", did, "--name", "Sample", "--trust", "none.json", code=1)
    assert "leads inside" in said or "has no address" in said
    assert not (desk / "none.json").exists()


def test_a_document_is_never_overwritten(desk):
    run(desk, "keygen", "history.key")
    make = ("did", "make", "did:web:orchard.example", "--key", "history.key", "--out", "history.json")
    run(desk, *make)
    assert "history of the keys" in run(desk, *make, code=1)
    run(desk, "did", "retire", "history.json", "key-1")
    assert "expires" in (desk / "history.json").read_text()
