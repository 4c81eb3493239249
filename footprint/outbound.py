"""Asking another machine: a separate, explicit act, never part of verifying. Safe against being sent elsewhere.

The name is resolved once, every address it has must be a public one, and the connection goes to the address that was
looked at. No redirects, no proxies, no credentials in addresses; bounded in time and size.
"""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from footprint.errors import InputError, Problem
from footprint.passport.wording import shown

TIMEOUT_S = 10.0
_CHUNK = 64 * 1024
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Outbound:
    """How far one may ask: public addresses over https; with `unsafe_local` this machine too, also over http."""

    unsafe_local: bool = False
    timeout_s: float = TIMEOUT_S

    def get(self, url: str, max_bytes: int) -> bytes:
        """The body at an address; raises `InputError` for anything but 200."""
        reply = self.ask("GET", url, max_bytes=max_bytes)
        if reply.status != 200:
            raise _refused(url, f"answers {reply.status}", "redirects are not followed", "check the address")
        return reply.body

    def ask(
        self,
        method: str,
        url: str,
        *,
        max_bytes: int,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request, one reply; raises `InputError` when it may not or cannot be asked."""
        parts = self._checked(url)
        deadline = monotonic() + self.timeout_s
        connection = _Pinned(parts, self._address(url, parts), self.timeout_s)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(
                method, target or "/", body, {"Accept-Encoding": "identity", **(headers or {})}
            )
            response = connection.getresponse()
            content = b""
            while chunk := response.read(min(_CHUNK, max_bytes + 1 - len(content))):
                content += chunk
                if len(content) > max_bytes or monotonic() > deadline:
                    why = f"the limits are {max_bytes} bytes and {self.timeout_s:g} seconds"
                    raise _refused(url, "sends too much, or too slowly", why, "ask its operator")
            return Reply(response.status, content)
        except (OSError, HTTPException) as error:
            raise _refused(
                url, "cannot be reached", str(error) or type(error).__name__, "try again later"
            ) from error
        finally:
            connection.close()

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            usable = parts.port is None or parts.port > 0
        except ValueError as error:
            raise _refused(url, "is no web address", str(error), "write https://…") from error
        schemes = ("https", "http") if self.unsafe_local else ("https",)
        plain = url.isascii() and url.isprintable() and " " not in url
        if (
            not (usable and plain and parts.scheme in schemes and parts.hostname)
            or parts.username is not None
        ):
            why = "https, a host name, and no password in it"
            raise _refused(
                url, "cannot be asked", why, "write https://… (--unsafe-local: http on this machine)"
            )
        return parts

    def _address(self, url: str, parts: SplitResult) -> str:
        """One address of the host, after all of them were looked at."""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _refused(url, "has no address", str(error), "check the host name") from error
        addresses = [str(entry[4][0]) for entry in found]
        for address in addresses:
            if not self._allowed(address, parts.scheme):
                why = f"{address} is not a public address, and what is inside a network is nobody's to ask"
                raise _refused(url, "leads inside", why, "--unsafe-local allows this machine, for trying out")
        return addresses[0]

    def _allowed(self, text: str, scheme: str) -> bool:
        address = _meant(ip_address(text.partition("%")[0]))
        if self.unsafe_local and address.is_loopback:
            return True
        return scheme == "https" and address.is_global and not address.is_multicast


class _Pinned(HTTPConnection):
    """A connection to an address that was checked, under the name it was checked for."""

    def __init__(self, parts: SplitResult, address: str, timeout_s: float) -> None:
        self._secure = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if self._secure else 80), timeout=timeout_s)
        self._address = address

    def connect(self) -> None:
        """TLS with the host's name, to the pinned address."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        if not self._secure:
            self.sock = plain
            return
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one: the way round a filter that looks at the outside only."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address


def _refused(url: str, what: str, why: str, fix: str) -> InputError:
    return InputError(Problem(shown(url), what, why, fix))
