"""A workbench that really runs, in a process of its own, and a visitor who notes what the browser says."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"desk": (1280, 900), "phone": (390, 800)}
PATIENCE = 120.0  # seconds a busy machine may need for what a quiet one does in ten


@dataclass(slots=True)
class Server:
    """A running workbench."""

    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it as a power cut does."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(store: Path, *options: str) -> Iterator[Server]:
    """Start a workbench on a free port of this machine; ended on the way out."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "xenotime",
        "serve",
        "--port",
        str(port),
        "--store",
        str(store),
        *options,
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait(server: Server) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{server.url}/health", timeout=5).close()  # noqa: S310 - our own server
            return
        except (urllib.error.URLError, ConnectionError):
            assert server.process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server never answered"
            time.sleep(0.1)


@dataclass(slots=True)
class Visit:
    """A browser at a workbench.

    asked : addresses it asked for;  said : messages of the console and errors of scripts
    """

    page: Page
    url: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the workbench."""
        self.page.goto(self.url + path)

    def json(self, path: str) -> Any:
        """What the workbench answers this visitor, as JSON."""
        answer = self.page.request.get(self.url + path, headers={"accept": "application/json"})
        assert answer.ok, answer.status
        return json.loads(answer.text())

    def document(self) -> dict[str, Any]:
        """The document of the job whose page is open."""
        name = self.page.url.partition("/jobs/")[2].partition("?")[0]
        return dict(self.json(f"/api/jobs/{name}/document.json"))

    def answered(self) -> None:
        """Wait until the job whose page is open has its whole answer, drawn."""
        self.page.wait_for_selector("main:not(:has(#running)) .tools", timeout=1000 * PATIENCE)
        if self.page.locator(".plot[data-figure]").count():
            self.page.wait_for_selector("html[data-ready=yes]", timeout=1000 * PATIENCE)

    def another(self) -> Visit:
        """Somebody else at the same workbench: the same browser with a profile of its own."""
        browser = self.page.context.browser
        assert browser is not None
        return _visit(browser, self.url, "desk")

    def fits(self) -> bool:
        """Whether the page is no wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    def outside(self) -> list[str]:
        """Requests that left this machine."""
        return [url for url in self.asked if not url.startswith((self.url, "data:", "blob:"))]


@contextmanager
def visiting(chromium: str, server: Server, size: str = "desk") -> Iterator[Visit]:
    """A browser with a profile of its own."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield _visit(browser, server.url, size)
        browser.close()


def _visit(browser: Browser, url: str, size: str) -> Visit:
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(1000 * PATIENCE)
    visit = Visit(page, url)
    page.on("request", lambda request: visit.asked.append(request.url))
    page.on("console", lambda message: visit.said.append(message.text))
    page.on("pageerror", lambda error: visit.said.append(str(error)))
    return visit
