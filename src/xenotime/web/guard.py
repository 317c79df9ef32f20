"""What every request must pass: whose address it names, where it comes from, how much it brings."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xenotime.web.settings import Limits, Settings, is_loopback

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")
Answer = Callable[[int, str, str], Any]  # status, what is wrong, what to do -> a response to send


class TooMuch(Exception):
    """More bytes than may be brought."""


class Guard:
    """Refuses what must not come in and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, settings: Settings, answer: Answer) -> None:
        self.app, self.settings, self.answer = app, settings, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        begun = False
        allowed = allowed_bytes(scope, headers, self.settings.limits)
        count = Count(receive, allowed)

        async def sending(message: Message) -> None:
            nonlocal begun
            if count.over and not begun:  # whatever the page makes of half a body is not the answer
                return
            if message["type"] == "http.response.start":
                begun = True
                _put_headers(message)
            await send(message)

        why = refusal(scope, headers, self.settings) or bad_length(headers, allowed)
        if why is not None:
            await self.answer(*why)(scope, receive, sending)
            return
        try:
            await self.app(scope, count.receive, sending)
        except Exception:
            if not count.over or begun:
                raise
        if count.over and not begun:
            count.over = False
            await self.answer(*too_much(allowed))(scope, receive, sending)


@dataclass(slots=True)
class Count:
    """Counts what comes, because a length that is told may be a lie and a chunked body tells none."""

    source: Receive
    allowed: int
    seen: int = 0
    over: bool = False

    async def receive(self) -> Message:
        """The next part of the body; raises TooMuch after more than is allowed."""
        message = await self.source()
        if message["type"] == "http.request":
            self.seen += len(message.get("body", b""))
            if self.seen > self.allowed:
                self.over = True
                raise TooMuch
        return message


def bad_length(headers: Mapping[str, str], allowed: int) -> tuple[int, str, str] | None:
    """Why a body is refused unread; None where it is not."""
    told = headers.get("content-length", "0")
    if not told.isdecimal():
        return 400, "a length that is no number", "send it again"
    return too_much(allowed) if int(told) > allowed else None


def too_much(allowed: int) -> tuple[int, str, str]:
    """How a body that is too large is answered."""
    return 413, f"more than {allowed // 1024:,} KiB", "send less, or use the command line"


def refusal(
    scope: Mapping[str, Any], headers: Mapping[str, str], settings: Settings
) -> tuple[int, str, str] | None:
    """Why a request may not come in: status, what is wrong, what to do; None where it may.

    A page of another site can make this browser ask us.  On loopback such a request names another host
    (rebinding); a form or script of another site names its origin.
    """
    host = headers.get("host", "")
    if is_loopback(settings.host) and not settings.token and not is_loopback(_host_of(host)):
        return 421, f"a request for {host or 'no host'}", f"open it under 127.0.0.1:{settings.port}"
    if scope["method"] not in SAFE:
        origin = headers.get("origin", "")
        if origin and origin != "null" and urlsplit(origin).netloc != host:
            return 403, f"a form or script of {origin}", "use the pages of this workbench"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "a form or script of another site", "use the pages of this workbench"
    return None


def allowed_bytes(scope: Mapping[str, Any], headers: Mapping[str, str], limits: Limits) -> int:
    """Bytes a request may bring: forms with files more than others."""
    return limits.bill if headers.get("content-type", "").startswith("multipart/form-data") else limits.text


def _host_of(host: str) -> str:
    with contextlib.suppress(ValueError):
        return urlsplit(f"//{host}").hostname or ""
    return ""


def _put_headers(message: MutableMapping[str, Any]) -> None:
    there = {name.lower() for name, _ in message["headers"]}
    extra = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in there]
    if b"cache-control" not in there:
        extra.append((b"cache-control", b"no-store"))
    message["headers"] = [*message["headers"], *extra]
