"""Styles and scripts, the door for who has a token, and whether the server is well."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Response
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.web.desk import TheDesk
from xenotime.web.frame import address_of, show, static_text
from xenotime.web.people import let_in, same

router = APIRouter(include_in_schema=False)
KINDS = {"js": "text/javascript", "css": "text/css"}
NAMES = frozenset(
    (
        "plotly.js",
        "page.js",
        "page.css",
        "workbench.css",
        "workbench.js",
        "theme.js",
        "live.js",
        "scenario.js",
        "company.js",
        "ask.js",
        "ways.js",
    )
)
FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{mark}/{name}")
def static(mark: str, name: str) -> Response:
    """A style or script under the address the page names."""
    if name not in NAMES or address_of(name) != f"/static/{mark}/{name}":
        raise HTTPException(404, "no such file")
    kind = KINDS[name.rpartition(".")[2]]
    headers = {"cache-control": FOR_EVER}
    return Response(static_text(name), media_type=f"{kind}; charset=utf-8", headers=headers)


@router.get("/health")
def health() -> dict[str, str]:
    """That it answers."""
    return {"state": "well"}


@router.get("/enter", response_class=HTMLResponse)
def door(to: str = "/", wrong: bool = False) -> Response:
    """Ask for the token."""
    field = Html('<input name="token" type="password" autocomplete="current-password" required autofocus>')
    body = joined(
        [
            tag("h1", "This workbench asks for a token"),
            tag("p", "Who started it knows it: it stands after --token."),
            *([tag("p", "That was not it.", class_="warning", role="alert")] if wrong else []),
            tag(
                "form",
                tag("label", "Token ", field),
                tag("input", type="hidden", name="to", value=_own(to)),
                tag("button", "Come in", type="submit"),
                method="post",
                action="/enter",
            ),
        ]
    )
    return show(Content("Token", body, ()), status=401 if wrong else 200)


@router.post("/enter")
def come_in(desk: TheDesk, token: Annotated[str, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Let in who knows it."""
    expected = desk.settings.token
    if not expected or not same(token, expected):
        return RedirectResponse("/enter?wrong=true", 303)
    response = RedirectResponse(_own(to), 303)
    let_in(response, expected)
    return response


def _own(to: str) -> str:
    """A page of ours: anything else would send the visitor away."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
