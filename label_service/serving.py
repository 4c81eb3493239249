"""Runs the service in this process until it is told to stop."""

import asyncio
import signal

from fastapi import FastAPI
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

HEADER_TIMEOUT_MS = 10_000  # a client that dribbles its headers is cut off
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(app: FastAPI, host: str, port: int) -> None:
    """Serves on one worker; SIGINT and SIGTERM let running requests finish first."""
    asyncio.run(_serve(app, host, port))


async def _serve(app: FastAPI, host: str, port: int) -> None:
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS),
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for stop in STOP_SIGNALS:
        loop.add_signal_handler(stop, server.stop)
    await server.serve()
