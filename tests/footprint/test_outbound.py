"""Asking another machine cannot be turned against the network one is in."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from footprint.errors import InputError
from footprint.outbound import Outbound


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
            self.end_headers()
            return
        body = b"x" * 5000 if self.path == "/large" else b"hello"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.end_headers()
        self.wfile.write(body + self.headers["Authorization"].encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_this_machine_only_when_it_is_said_out_loud(address):
    assert Outbound(unsafe_local=True).get(f"{address}/", 100) == b"hello"
    with pytest.raises(InputError, match="cannot be asked"):
        Outbound().get(f"{address}/", 100)


def test_a_request_with_a_body(address):
    reply = Outbound(unsafe_local=True).ask(
        "POST", f"{address}/", max_bytes=100, body=b"body ", headers={"Authorization": "Bearer sample"}
    )
    assert (reply.status, reply.body) == (201, b"body Bearer sample")


def test_too_much(address):
    with pytest.raises(InputError, match="sends too much"):
        Outbound(unsafe_local=True).get(f"{address}/large", 4999)
    assert len(Outbound(unsafe_local=True).get(f"{address}/large", 5000)) == 5000


def test_a_redirect_is_not_followed(address):
    with pytest.raises(InputError, match="redirects are not followed"):
        Outbound(unsafe_local=True).get(f"{address}/elsewhere", 100)


INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - refused, not bound
    "224.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:10.0.0.1",
    "2002:a00:1::",
    "64:ff9b::a00:1",
]


@pytest.mark.parametrize("inside", INSIDE)
def test_a_public_name_that_leads_inside_is_refused(monkeypatch, inside):
    """One inside address among public ones is enough: a name must not be able to choose."""
    found = [(0, 0, 0, "", (text, 443)) for text in ("93.184.215.14", inside)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it connected"))
    with pytest.raises(InputError, match="leads inside"):
        Outbound().get("https://log.example.org/checkpoint", 100)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """The name is resolved once; a second answer could be another."""
    asked, connected = [], []

    def resolve(host, *_, **__):
        asked.append(host)
        return [(0, 0, 0, "", ("93.184.215.14", 443))]

    def connect(address, _timeout):
        connected.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(InputError, match="cannot be reached"):
        Outbound().get("https://log.example.org/checkpoint", 100)
    assert (asked, connected) == (["log.example.org"], [("93.184.215.14", 443)])


@pytest.mark.parametrize(
    "url",
    [
        "http://log.example.org/",
        "ftp://log.example.org/",
        "file:///etc/passwd",
        "https://user:secret@log.example.org/",
        "https://",
        "https://log.example.org:99999/",
        "https://log.example.org/a b",
        "https://log.example.org/\r\nX: y",
        "https://[::1/",
        "https://пример.example/",
        "nonsense",
    ],
)
def test_what_is_no_address(monkeypatch, url):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("it looked the name up"))
    with pytest.raises(InputError):
        Outbound().get(url, 100)
