"""`footprint serve --sample` as a process of its own, for tests that kill, stop or look at it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import httpx2 as httpx
import pytest


class Server:
    """The server and its log; ready when the `with` block begins."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.settings = folder, settings
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.log = (self.folder / "server.log").open("w+")
        program = "from label_service.cli import serve; serve()"
        command = [
            sys.executable,
            "-c",
            program,
            "--sample",
            str(self.folder / "sample"),
            "--port",
            str(self.port),
        ]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTPRINT_")}
        environment |= {f"FOOTPRINT_{name.upper()}": value for name, value in self.settings.items()}
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, env=environment)
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)
        self.log.close()

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=20)

    @property
    def output(self) -> str:
        return (self.folder / "server.log").read_text()

    @property
    def auth(self) -> dict[str, str]:
        return {"Authorization": "Bearer " + re.findall(r"afk_[A-Za-z0-9_-]{43}", self.output)[-1]}

    def _wait(self) -> None:
        for _ in range(200):
            assert self.process.poll() is None, self.output
            try:
                if httpx.get(self.url + "/ready").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail(f"not ready in time: {self.output}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
