"""Chromium over a pipe: just enough of its debugging protocol to look at a page as a reader would.

No driver has to be installed: `--remote-debugging-pipe` speaks NUL-separated JSON on file descriptors 3 and 4.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30.0  # seconds that one answer may take on a busy machine


def find() -> str | None:
    """The browser's path, if one is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """One page of a running browser, with what it asked for and what it complained of."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command; gives its result."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        wanted = self._number
        answer = self._wait(lambda told: told.get("id") == wanted)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def open(
        self, place: Path | str, *, width: int, height: int = 900, dark: bool = False, script: bool = True
    ) -> None:
        """Show a file or an address in a window of this size, in CSS pixels, and wait until it is loaded."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call("Page.navigate", url=place if isinstance(place, str) else place.resolve().as_uri())
        self._wait(lambda told: told.get("method") == "Page.loadEventFired")

    def ask(self, expression: str) -> Any:  # whatever the page answers
        """The value of a JavaScript expression in the page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def until(self, expression: str) -> Any:  # whatever the page answers
        """The value of an expression as soon as it is true of the page; pages may be left meanwhile."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            with suppress(RuntimeError):  # between two pages there is nobody to ask
                if found := self.ask(expression):
                    return found
            time.sleep(0.02)
        raise TimeoutError(f"the page never had {expression}; it is at {self.ask('location.href')}")

    def press(self, key: str, code: str = "", number: int = 0, text: str | None = None) -> None:
        """A key, pressed and let go as by a hand."""
        known = {
            "key": key,
            "code": code or f"Key{key.upper()}",
            "windowsVirtualKeyCode": number or ord(key[0].upper()),
        }
        said = {"text": text} if text else {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **known, **said)
        self.call("Input.dispatchKeyEvent", type="keyUp", **known)

    def drop(self, files: list[Path], selector: str) -> None:
        """Files, dragged from outside onto an element and let go."""
        middle = f"(r => [r.x + r.width / 2, r.y + 12])(document.querySelector({selector!r}).getBoundingClientRect())"
        x, y = self.ask(middle)
        data = {"items": [], "files": [str(file.resolve()) for file in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.call("Input.dispatchDragEvent", type=kind, x=x, y=y, data=data)

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """A screenshot, of the whole page or of the window."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(data))

    def pdf(self, path: Path) -> None:
        """The page as it would be printed on A4."""
        data = self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, preferCSSPageSize=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def _wait(self, wanted: Any) -> dict[str, Any]:  # a predicate over messages
        until = time.monotonic() + PATIENCE
        while True:
            while b"\0" in self._buffer:
                line, self._buffer = self._buffer.split(b"\0", 1)
                told = json.loads(line)
                self._note(told)
                if wanted(told):
                    return told
            ready, _, _ = select.select([self._back], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError("the browser gave no answer")
            block = os.read(self._back, 1 << 20)
            if not block:
                raise RuntimeError("the browser has ended")
            self._buffer += block

    def _note(self, told: dict[str, Any]) -> None:
        parameters = told.get("params", {})
        match told.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(parameters["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if parameters["type"] in {"error", "warning", "assert"}:
                self.complaints.append(json.dumps(parameters["args"]))
            case "Log.entryAdded":
                self.complaints.append(parameters["entry"]["text"])


@contextmanager
def page(profile: Path) -> Iterator[Page]:
    """A page of a browser of our own, that ends with the block."""
    browser = find()
    if browser is None:
        raise FileNotFoundError("no Chromium is installed")
    to_read, to = os.pipe()
    back, back_write = os.pipe()
    # The browser must find the pipes on 3 and 4 exactly; a small program moves them there and becomes the browser.
    move = (
        "import fcntl, os, sys; ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 20) for end in sys.argv[1:3]]; "
        "os.dup2(ends[0], 3); os.dup2(ends[1], 4); os.execv(sys.argv[3], sys.argv[3:])"
    )
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
               "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}"]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", move, str(to_read), str(back_write), browser, *options],
        pass_fds=(to_read, back_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(back_write)
    try:
        yield Page(to, back)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        os.close(to)
        os.close(back)
