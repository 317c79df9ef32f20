"""The application: pages and jobs behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from threading import Thread
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from xenotime.errors import InputProblems, XenotimeError
from xenotime.report.markup import joined, tag
from xenotime.report.page import Content
from xenotime.web import frame
from xenotime.web.answers import ahead
from xenotime.web.desk import Desk, Faults, told
from xenotime.web.guard import Guard
from xenotime.web.jobs import Json, Shelf
from xenotime.web.pages import ROUTERS, make_ready
from xenotime.web.people import knows, let_in, remember, same, visitor_of
from xenotime.web.scheduler import Scheduler
from xenotime.web.settings import Settings

OPEN_DOOR = ("/enter", "/static", "/health")  # what is shown to who has not shown the token
Next = Callable[[Request], Awaitable[Response]]


def make_app(settings: Settings) -> FastAPI:
    """A workbench; its workers start with it and end with it."""
    shelf = Shelf(settings.store / "visitors")
    desk = Desk(settings, shelf, Scheduler(settings, shelf))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        shelf.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        desk.scheduler.start()
        if settings.warm:
            ahead()
            Thread(target=make_ready, daemon=True).start()
        yield
        desk.scheduler.stop()

    app = FastAPI(
        title="xenotime workbench",
        docs_url=None,  # its pages would load scripts from another machine
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        responses={422: {"model": Faults, "description": "every fault of what was sent"}},
    )
    app.state.desk = desk
    for router in ROUTERS:
        app.include_router(router)
    app.middleware("http")(_visits(settings))
    app.add_middleware(Guard, settings=settings, answer=_refused)
    app.add_exception_handler(StarletteHTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(InputProblems, _problems)
    app.add_exception_handler(Exception, _fault)
    return app


def _visits(settings: Settings) -> Callable[[Request, Next], Awaitable[Response]]:
    """Who comes in, and with what cookie he leaves."""

    async def visits(request: Request, forward: Next) -> Response:
        request.state.visitor, is_new = visitor_of(request)
        asked = request.query_params.get("token", "")
        if settings.token and asked and same(asked, settings.token) and request.method == "GET":
            response: Response = RedirectResponse(request.url.path, 303)  # so that no history keeps it
            let_in(response, settings.token)
        elif settings.token and not _is_open(request.url.path) and not knows(request, settings.token):
            response = _ask_token(request)
        else:
            response = await forward(request)
        if is_new and not _is_open(request.url.path):
            remember(response, request.state.visitor)
        return response

    return visits


def _is_open(path: str) -> bool:
    return any(path == door or path.startswith(f"{door}/") for door in OPEN_DOOR)


def _ask_token(request: Request) -> Response:
    if _wants_json(request):
        return JSONResponse({"detail": "a token is needed: send it as Authorization: Bearer"}, 401)
    return RedirectResponse(f"/enter?to={quote(request.url.path)}", 303)


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", "")


def _refused(status: int, what: str, remedy: str) -> Response:
    return frame.oops(status, what, remedy)


def _error(request: Request, status: int, what: str, remedy: str) -> Response:
    if _wants_json(request):
        return JSONResponse({"detail": what}, status)
    return frame.oops(status, what, remedy)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)  # noqa: S101 - registered for it alone
    remedy = {
        404: "it may have been deleted, or belong to another visitor",
        405: "go back and use the page's own buttons",
        429: "see under Jobs what is waiting",
    }
    response = _error(request, error.status_code, str(error.detail), remedy.get(error.status_code, "go back"))
    response.headers.update(error.headers or {})
    return response


async def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
    faults: list[Json] = [
        {
            "code": "bad-value",
            "file": "request",
            "row": None,
            "column": ".".join(str(part) for part in fault["loc"]),
            "found": repr(fault.get("input"))[:80],
            "expected": str(fault["msg"]),
            "remedy": "correct the value",
        }
        for fault in error.errors()
    ]
    return _faulty(request, faults)


async def _problems(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputProblems)  # noqa: S101 - registered for it alone
    return _faulty(request, told(error))


def _faulty(request: Request, faults: list[Json]) -> Response:
    if _wants_json(request):
        return JSONResponse({"detail": faults}, 422)
    body = joined(
        [
            tag("h1", "This cannot be worked out"),
            frame.problem_table(faults),
            tag("p", "Go back with your browser: what you typed is still there."),
        ]
    )
    return frame.show(Content("Faults", body, ()), status=422)


async def _fault(request: Request, error: Exception) -> Response:
    what = f"a fault of xenotime: {type(error).__name__}"
    if isinstance(error, XenotimeError):
        what = f"a fault of xenotime: {error}"
    return _error(request, 500, what, "it was written to the server's terminal; please report it")
