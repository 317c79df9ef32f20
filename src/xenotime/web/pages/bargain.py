"""Bargaining: a shipped game, or the visitor's own, solved: equilibria, fair points, deals, clauses."""

from __future__ import annotations

from importlib import resources
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.talks.bargaining.read_game import Game, game_names, load_game
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.fields import Said, area, chooser, said_in, upload
from xenotime.web.frame import problem_table, show
from xenotime.web.jobs import Json
from xenotime.web.subpages import TALKS, ways

router = APIRouter(include_in_schema=False)
AT, FIRST, OWN = "/talks/bargain", "prisoners-dilemma", "own"
PASTED = "game.toml"


@router.get(AT, response_class=HTMLResponse)
def bargain_page(request: Request, desk: TheDesk, owner: Owner, again: str = "", copy: str = "") -> Response:
    """The form; `copy` puts a shipped game's text into it to be changed, `again` what a job was asked."""
    said: dict[str, Any] = dict(request.query_params)
    if again:
        said |= _asked_before(desk, owner, again)
    if copy:
        said |= {"game": OWN, "toml": text_of(_known(copy))}
    return show(_form(said), at="/talks", scripts=("ask.js",))


@router.post(AT)
async def begin(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job; a file of the visitor's is read by the job, which tells all its faults."""
    async with request.form() as form:  # what was brought is let go of again
        said = {name: value for name, value in form.items() if isinstance(value, str)}
        brought = form.get("file")
        name, raw = PASTED, said_in(said, "toml").encode()
        if isinstance(brought, UploadFile) and brought.filename:
            name, raw = brought.filename, await brought.read(desk.settings.limits.file + 1)
    if said_in(said, "game") != OWN and not (name != PASTED and raw):
        game = _known(said_in(said, "game", FIRST))
        job = desk.begin(owner, "bargain", load_game(game, _levers()).data.title, {"game": game})
        return RedirectResponse(f"/jobs/{job.job}", 303)
    if fault := _fault(name, raw, desk.settings.limits.file):
        return show(_form(said, [fault]), at="/talks", scripts=("ask.js",), status=422)
    job = desk.begin(owner, "bargain", f"A game of yours: {name}", {"game": ""}, {"game.toml": (name, raw)})
    return RedirectResponse(f"/jobs/{job.job}", 303)


def _fault(name: str, raw: bytes, most: int) -> Json | None:
    """Why a file cannot be a game at all; its contents are the reader's business."""
    common: Json = {"file": name, "row": None, "column": ""}
    if not raw.strip():
        remedy = "paste one, bring a file, or choose a shipped game"
        return {**common, "code": "empty-file", "found": "nothing", "expected": "a game", "remedy": remedy}
    if len(raw) > most:
        found, expected = f"more than {most:,} bytes", "a game of some pages"
        return {
            **common,
            "code": "file-too-large",
            "found": found,
            "expected": expected,
            "remedy": "give less",
        }
    return None


def _known(name: str) -> str:
    if name not in game_names():
        raise HTTPException(404, "no game of this name")
    return name


def _levers() -> tuple[str, ...]:
    from xenotime.bargain_study import linked_levers

    return tuple(linked_levers())


def text_of(name: str) -> str:
    """The file of a shipped game."""
    return (resources.files("xenotime") / "games" / f"{name}.toml").read_text("utf-8")


def _asked_before(desk: Desk, owner: str, job: str) -> dict[str, Any]:
    found = desk.job(owner, job)
    path = desk.shelf.folder(found) / "game.toml"
    if path.is_file():
        return {"game": OWN, "toml": path.read_text("utf-8", errors="replace")}
    return {"game": str(found.request.get("game", FIRST))}


def _form(said: Said, problems: list[Json] | None = None) -> Content:
    chosen = said_in(said, "game", FIRST)
    if chosen not in (*game_names(), OWN):
        chosen = FIRST
    games = {name: load_game(name, _levers()) for name in game_names()}
    options = [(name, game.data.title) for name, game in games.items()]
    parts: list[Html] = [
        ways(TALKS, AT, "Talks"),
        tag("h1", "What would hold at the table?"),
        tag(
            "p",
            "A game over settings of policy: its payoffs are losses of runs, what linked measures cost, and "
            "what a visible win is worth at home, which nobody measures and every answer is told by.",
        ),
        *([problem_table(problems)] if problems else []),
        tag(
            "form",
            chooser("game", "Game", [*options, (OWN, "one of my own, below")], chosen),
            *([_about(chosen, games[chosen])] if chosen in games else []),
            tag(
                "details",
                tag("summary", "A game of my own (TOML)"),
                area("toml", "Its text", said_in(said, "toml"), rows="16", class_="code", spellcheck="false"),
                tag("div", upload("file", "or a file", ".toml,application/toml"), class_="fields"),
                tag(
                    "p",
                    "Begin with a shipped one: ",
                    *(joined([tag("a", name, href=f"{AT}?copy={name}"), " "]) for name in games),
                    class_="note",
                ),
                **({"open": ""} if chosen == OWN or problems else {}),
            ),
            tag("button", "Solve", type="submit", id="run"),
            method="post",
            action=AT,
            enctype="multipart/form-data",
            id="ask",
        ),
    ]
    return Content("Bargaining", joined(parts), ())


def _about(name: str, game: Game) -> Html:
    """Question, players and sources of a shipped game."""
    data = game.data
    runs = any(entry.control is not None for entry in data.move) or data.club is not None
    long = "its payoffs are runs: minutes" if runs else "no run is needed: a second"
    return tag(
        "div",
        tag("p", data.question, class_="question"),
        tag("p", f"Players: {', '.join(game.players())}; {long}. {'; '.join(data.citation)}", class_="note"),
        tag("details", tag("summary", "The game as written"), tag("pre", text_of(name), class_="text")),
    )
