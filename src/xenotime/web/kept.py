"""What is worked out from the shipped facts once, by a thread of its own, and kept: no page waits long.

A page asks and gets it, or gets nothing and says that it is being worked out; who asks again finds it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Lock
from typing import Any

from starlette.responses import HTMLResponse

from xenotime.report.markup import joined, tag
from xenotime.report.page import Content
from xenotime.web.frame import show

PATIENCE = 0.8  # seconds a page waits for what is being worked out
MOST = 24  # answers kept; the one not asked for longest goes
AGAIN = "1"  # seconds after which a page that shows nothing yet asks again

_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kept")
_FOUND: OrderedDict[str, Future[Any]] = OrderedDict()
_LOCK = Lock()


def ask(name: str, make: Callable[[], Any], wait: float | None = PATIENCE) -> Any | None:
    """What `make` returns, made once for `name`; None where it is not ready in `wait` seconds.

    wait : None waits as long as it takes.  Raises what `make` raises, and tries again the next time.
    """
    with _LOCK:
        if name not in _FOUND:
            _FOUND[name] = _WORKER.submit(make)
        _FOUND.move_to_end(name)
        found = _FOUND[name]
        while len(_FOUND) > MOST:
            _FOUND.popitem(last=False)
    try:
        return found.result(wait)
    except Exception as error:
        if isinstance(error, NotYet) and not found.done():
            return None
        with _LOCK:
            _FOUND.pop(name, None)
        raise


def being_made(what: str, at: str) -> HTMLResponse:
    """A page for what is not ready: it says so and asks again by itself, with no script."""
    body = joined(
        [
            tag("h1", what[:1].upper() + what[1:]),
            tag("p", "It is being worked out from the facts; this takes some seconds, once.", role="status"),
            tag("p", tag("progress"), " ", tag("span", "the page comes by itself")),
        ]
    )
    response = show(Content(what, body, ()), at=at, status=202)
    response.headers["refresh"] = AGAIN
    return response
