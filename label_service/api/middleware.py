"""Around every request: an id, a size limit, protective headers, and an answer when all else fails."""

import logging
import re
from random import Random

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from label_service.api import problems

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
LOT_PREFIX = "/01/"
_NAMES = Random()  # noqa: S311 - names lines of the log, opens nothing; asking the system each time hands over the GIL
logger = logging.getLogger(__name__)


class Envelope:
    """Gives each request an id and each response its headers; turns what nobody caught into a plain 500."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            **({"Strict-Transport-Security": "max-age=31536000"} if https else {}),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        scope["request_id"] = given if REQUEST_ID.fullmatch(given) else f"{_NAMES.getrandbits(128):032x}"
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._add_headers(message, scope["request_id"])
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:  # the edge: whatever it is, the client gets an answer and no internals
            logger.exception("request %s failed", scope["request_id"])
            if not started:
                await problems.answer(Request(scope), problems.internal())(scope, receive, send_with_headers)

    def _add_headers(self, message: Message, request_id: str) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        headers["X-Request-ID"] = request_id


class DeclaredSize:
    """Refuses a body that declares itself too large before a byte of it is read."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        declared = Headers(scope=scope).get("content-length", "0") if scope["type"] == "http" else "0"
        if declared.isdecimal() and len(declared) < 20 and int(declared) <= self.limit:
            await self.app(scope, receive, send)
            return
        await problems.answer(Request(scope), problems.too_large(self.limit))(scope, receive, send)


class RawLotPath:
    """Routes lots by the path as it was sent: `A%2F1` is one lot, not two segments."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] == "http" and scope["path"].startswith(LOT_PREFIX) and scope.get("raw_path"):
            scope["path"] = scope["raw_path"].decode("latin-1")
        await self.app(scope, receive, send)
