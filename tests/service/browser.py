"""Chromium without a window, spoken to over the DevTools protocol through two pipes: no port, no driver."""

import itertools
import json
import os
import select
import shutil
import subprocess
import time
from base64 import b64decode
from pathlib import Path
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--remote-debugging-pipe",
    "--hide-scrollbars",
)
PATIENCE_S = 20


class Browser:
    """One browser with a profile of its own."""

    def __init__(self, profile: Path, *flags: str) -> None:
        down, self._down = os.pipe()
        self._up, up = os.pipe()
        for end in (down, up):
            os.set_inheritable(end, True)  # noqa: FBT003 - the function takes no keywords
        # the protocol wants to be read from 3 and written to 4
        shell = f'exec "$@" 3<&{down} 4>&{up}'
        command = ["bash", "-c", shell, "sh", str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", *flags]
        self._process = subprocess.Popen(
            command, pass_fds=(down, up), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(down)
        os.close(up)
        self._ids, self._rest = itertools.count(1), b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=PATIENCE_S)
        os.close(self._down)
        os.close(self._up)

    def call(self, method: str, session: str | None = None, **given: Any) -> dict[str, Any]:
        """One command and its answer; events in between are passed over."""
        number = next(self._ids)
        message = {"id": number, "method": method, "params": given}
        if session:
            message["sessionId"] = session
        os.write(self._down, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, url: str, width: int = 360, before: str = "") -> "Page":
        """A phone that was never here: nothing kept; the script `before` runs ahead of the page's own."""
        memory = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=memory)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        page.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=740, deviceScaleFactor=2, mobile=True
        )
        page.call("Page.enable")
        page.call("Page.addScriptToEvaluateOnNewDocument", source=before)
        page.go(url)
        return page

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select.select([self._up], [], [], PATIENCE_S)[0], "the browser does not answer"
            read = os.read(self._up, 1 << 20)
            assert read, "the browser has gone"
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)


class Page:
    """A tab."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **given)

    def go(self, url: str) -> None:
        """Opens an address and waits until the page says it is ready."""
        self.call("Page.navigate", url=url)
        self.until("location.href !== 'about:blank' && document.documentElement?.dataset.ready === 'yes'")

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression, promises waited for."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, script: str) -> None:
        """Waits for an expression to be true."""
        end = time.monotonic() + PATIENCE_S
        while not self.run(script):
            assert time.monotonic() < end, f"never true: {script}; page: {self.text}"
            time.sleep(0.02)

    def type(self, field: str, text: str) -> None:
        """Types over what is in a field and presses Enter, as a person or a hand scanner does."""
        self.run(f"document.getElementById({json.dumps(field)}).select()")
        self.call("Input.insertText", text=text)
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key="Enter",
                code="Enter",
                text="\r",
                windowsVirtualKeyCode=13,
            )

    def choose(self, field: str, path: Path) -> None:
        """Chooses a file."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=f"#{field}")["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])

    @property
    def text(self) -> str:
        """What a person sees."""
        return self.run("document.body.innerText")

    def picture(self, path: Path) -> None:
        """A screenshot of the whole page."""
        answer = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(b64decode(answer["data"]))
