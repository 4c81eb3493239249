"""The verbs `serve` and `label`, and a real server that is killed and stopped."""

import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2 as httpx
import pytest
import zxingcpp
from click.testing import CliRunner, Result

from footprint.cli import cli
from footprint.passport import Signer, TrustList, verify
from label_service.labels.raster import grey
from tests.service.server import Server

GTIN = "09506000134352"


@pytest.fixture
def passport_file(tmp_path, orchard):
    now = datetime.now(UTC)
    (tmp_path / "passport.json").write_bytes(orchard.passport(issued_at=now - timedelta(hours=1)).json)
    (tmp_path / "trust.json").write_bytes(
        TrustList.of(orchard.signer.trusted_as("Sample (sample)")).to_json()
    )
    return tmp_path / "passport.json"


def draw(passport_file: Path, *extra: str, out: str = "label.svg"):
    folder = passport_file.parent
    return invoke("label", passport_file, "--trust", folder / "trust.json", "--out", folder / out, *extra)


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_label_writes_an_svg(passport_file):
    result = draw(passport_file)
    assert result.exit_code == 0, result.output
    assert (passport_file.parent / "label.svg").read_text().startswith("<svg")


def test_label_writes_a_png_that_scans(passport_file):
    result = draw(passport_file, "--lang", "zh", "--mono", "--dpi", "600", out="label.png")
    assert result.exit_code == 0, result.output
    (code,) = zxingcpp.read_barcodes(grey((passport_file.parent / "label.png").read_bytes()))
    assert code.text.endswith(f"/01/{GTIN}/10/2025-06-A")


def test_label_of_a_tampered_passport_is_refused_without_a_traceback(passport_file):
    passport_file.write_bytes(passport_file.read_bytes().replace(b"Lychee", b"lychee", 1))
    result = draw(passport_file)
    assert result.exit_code == 1
    assert result.output.startswith("✗ ")
    assert "Traceback" not in result.output
    assert not (passport_file.parent / "label.svg").exists()


@pytest.mark.parametrize("out", ["label.pdf", "label"])
def test_label_in_another_format_is_wrong_use(passport_file, out):
    assert draw(passport_file, out=out).exit_code == 2


def test_label_into_a_missing_folder(passport_file):
    result = draw(passport_file, out="missing/label.svg")
    assert (result.exit_code, "cannot be written" in result.output) == (1, True)


def test_help_says_exit_codes():
    for verb in ("serve", "label"):
        text = invoke(verb, "--help").output
        assert "Exit codes" in text
        assert "footprint " in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "public_url"),
        (["--public-url", "http://example.org", "--trust", "t", "--key", "k"], "not an https origin"),
        (["--sample", "SAMPLE", "--database", "sqlite:////nowhere/at/all.db"], "mkdir -p /nowhere/at"),
        (["--sample", "SAMPLE", "--trust", "missing.json"], "missing.json"),
    ],
)
def test_serve_refuses_in_one_line_each(tmp_path, arguments, says):
    arguments = [argument.replace("SAMPLE", str(tmp_path / "sample")) for argument in arguments]
    result = invoke("serve", *arguments)
    assert result.exit_code == 1
    assert says in result.output
    assert "Traceback" not in result.output


def test_serve_refuses_a_key_that_others_can_read(tmp_path):
    assert invoke("serve", "--sample", tmp_path, "--trust", "missing.json").exit_code == 1
    (tmp_path / "service.key").chmod(0o644)
    result = invoke("serve", "--sample", tmp_path)
    assert (result.exit_code, "chmod 600" in result.output) == (1, True)


@pytest.mark.e2e
def test_the_whole_path_over_http(tmp_path, orchard):
    """Sign, hand in, scan the label, open the page, verify what comes back, refuse 50 MB, stop."""
    with Server(tmp_path) as server:
        producer = type(orchard)(Signer.open(tmp_path / "sample" / "producer.key"))
        now = datetime.now(UTC)
        passport = producer.passport("A-1", resolver=server.url, issued_at=now - timedelta(minutes=5))
        answer = httpx.post(server.url + "/v1/passports", content=passport.json, headers=server.auth)
        assert answer.status_code == 201, answer.text
        (code,) = zxingcpp.read_barcodes(grey(httpx.get(answer.json()["url"] + "/label.png").content))
        assert code.text == answer.json()["url"]
        page = httpx.get(code.text)
        assert (page.status_code, "1.09" in page.text) == (200, True)
        body = httpx.get(code.text, headers={"Accept": "application/vc"}).content
        trust = TrustList.load(tmp_path / "sample" / "trust.json")
        assert verify(body, trust=trust, at=datetime.now(UTC), scanned=code.text).lot == "A-1"
        huge = httpx.post(
            server.url + "/v1/passports", content=b"x" * 50_000_000, headers=server.auth, timeout=20
        )
        assert huge.status_code == 413
        chunked = httpx.post(
            server.url + "/v1/passports", content=(b"x" * 65536 for _ in range(800)), headers=server.auth
        )
        assert chunked.status_code == 413
        encoded = httpx.get(f"{server.url}/01/{GTIN}/10/A%2F1")
        assert "lot A/1" in encoded.json()["problems"][0]["what"]
        assert server.stop(signal.SIGTERM) == 0
        assert server.output.rstrip().endswith("Stopped.")
        assert "Traceback" not in server.output


@pytest.mark.e2e
def test_what_was_acknowledged_survives_kill_9(tmp_path, orchard):
    """Killed between two posts, started again: everything acknowledged is there, and the log goes on without a gap."""
    acknowledged = {}
    for round_ in range(3):
        with Server(tmp_path) as server:
            producer = type(orchard)(Signer.open(tmp_path / "sample" / "producer.key"))
            for number in range(2):
                passport = producer.passport(
                    f"R{round_}-{number}",
                    resolver=server.url,
                    issued_at=datetime.now(UTC) - timedelta(minutes=5),
                )
                answer = httpx.post(
                    server.url + "/v1/passports", content=passport.json, headers=server.auth
                ).json()
                acknowledged[answer["id"].removeprefix("urn:uuid:")] = (
                    passport.json,
                    answer["log"]["leaf_index"],
                )
            server.stop(signal.SIGKILL)
    with Server(tmp_path) as server:
        for passport_id, (body, _) in acknowledged.items():
            assert httpx.get(f"{server.url}/v1/passports/{passport_id}").content == body
    assert sorted(index for _, index in acknowledged.values()) == list(range(6))


@pytest.mark.e2e
def test_a_port_that_is_taken_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [
            sys.executable,
            "-c",
            "from footprint.cli import main; main()",
            "serve",
            "--sample",
            str(tmp_path),
        ]
        result = subprocess.run(
            [*command, "--port", str(taken.getsockname()[1])],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert result.returncode == 1
    assert "choose another port" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.e2e
def test_a_running_request_is_finished_before_stopping(tmp_path, orchard):
    """SIGTERM while a post is being read: it is answered, and stored."""
    with Server(tmp_path) as server:
        producer = type(orchard)(Signer.open(tmp_path / "sample" / "producer.key"))
        passport = producer.passport(resolver=server.url, issued_at=datetime.now(UTC) - timedelta(minutes=5))
        request = f"POST /v1/passports HTTP/1.1\r\nHost: x\r\nAuthorization: {server.auth['Authorization']}\r\nContent-Length: {len(passport.json)}\r\nExpect: 100-continue\r\n\r\n"
        with socket.create_connection(("127.0.0.1", server.port)) as wire:
            wire.settimeout(20)
            wire.sendall(request.encode())
            assert wire.recv(65536).startswith(b"HTTP/1.1 100"), "the service reads what is posted"
            server.process.send_signal(signal.SIGTERM)
            wire.sendall(passport.json)
            answer = wire.recv(65536)
        assert answer.startswith(b"HTTP/1.1 201"), answer
        assert server.process.wait(timeout=20) == 0
