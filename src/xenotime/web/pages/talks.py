"""Talks: a statement is pasted or brought, read, held against the other side's text and the ledger."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts
from xenotime.facts.reading import AnnotatedDocument
from xenotime.policy.case import case_names
from xenotime.report.markup import Html, joined, tag
from xenotime.report.page import Content
from xenotime.report.reading import speakers
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.score import GAP, passages_of
from xenotime.talks.reader.text import load_text
from xenotime.web.desk import Desk, Owner, TheDesk, told
from xenotime.web.fields import Checked, Said, area, chooser, field, number, said_in, tick, ticked, upload
from xenotime.web.frame import problem_table, show
from xenotime.web.jobs import Json
from xenotime.web.subpages import TALKS, ways

router = APIRouter(include_in_schema=False)
EXAMPLE = "war-gov-2025-osc-loans"  # a published text with commitments in it, of the annotated set
FORM = "the form"
BASE = "april-2025"
MOST_MONTHS, MONTHS = 60, 12
ACCEPTED = ".txt,.html,.htm,.pdf,text/plain,text/html,application/pdf"
PASTED = "what you pasted"
Brought = tuple[str, bytes]  # name of a text as its visitor knows it, and what it holds
TITLE = 60  # characters of a text that stand for it


@router.get("/talks", response_class=HTMLResponse)
def talks_page(request: Request, desk: TheDesk, owner: Owner, again: str = "", example: str = "") -> Response:
    """The form; its address holds every choice, and `again` fills in what a job was asked."""
    said: dict[str, Any] = dict(request.query_params)
    if again:
        said |= _asked_before(desk, owner, again)
    if example:
        said |= _example()
    return show(_form(said), at="/talks", scripts=("ask.js",))


@router.post("/talks")
async def read_text(request: Request, desk: TheDesk, owner: Owner) -> Response:
    """Begin the job; faults are told beside the form, with everything that was typed."""
    most = desk.settings.limits.file
    async with request.form() as form:  # what was brought is let go of again
        said: dict[str, Any] = {name: value for name, value in form.items() if isinstance(value, str)}
        texts = {
            role: await _text(form.get(f"{role}_file"), said_in(said, role), most)
            for role in ("text", "other")
        }
    try:
        asked, files = await run_in_threadpool(_checked, said, texts, most)
    except InputProblems as error:
        return show(_form(said, told(error)), at="/talks", scripts=("ask.js",), status=422)
    title = f"Read: {_title(texts['text'])}"
    job = desk.begin(owner, "read", title, asked, files)
    return RedirectResponse(f"/jobs/{job.job}", 303)


async def _text(brought: Any, pasted: str, most: int) -> Brought:
    """The name of a text and what it holds: a file before what was pasted; empty where there is neither."""
    if isinstance(brought, UploadFile) and brought.filename:
        return brought.filename, await brought.read(most + 1)
    return PASTED, pasted.encode()


def _title(text: Brought) -> str:
    name, raw = text
    if name != PASTED:
        return name
    words = " ".join(raw.decode().split())
    return words if len(words) <= TITLE else words[:TITLE].rsplit(" ", 1)[0] + "…"


def _checked(said: Said, texts: dict[str, Brought], most: int) -> tuple[Json, dict[str, Brought]]:
    """What the job is asked and its files; raises InputProblems with every fault of the form."""
    lexicon, form = load_lexicon(), Checked(said, FORM)
    asked: Json = {"date": said_in(said, "date"), "speaker": said_in(said, "speaker")}
    if asked["date"]:
        from datetime import date

        try:
            date.fromisoformat(asked["date"])
        except ValueError:
            form.fault("bad-date", "date", repr(asked["date"][:40]), "a day YYYY-MM-DD", "correct it")
    if asked["speaker"] and asked["speaker"] not in speakers(lexicon):
        found = repr(asked["speaker"][:40])
        form.fault("unknown-name", "speaker", found, "a party of the list", "choose one, or none")
    asked["run"] = ticked(said, "run")
    asked["base"] = said_in(said, "base", BASE)
    if asked["base"] not in case_names():
        form.fault("unknown-case", "base", repr(asked["base"][:40]), "a case of the list", "choose one")
    asked["months"] = form.whole("months", "months", 1, MOST_MONTHS, MONTHS)
    asked |= {side: names_in(said_in(said, side)) for side in ("by", "on")}
    files: dict[str, Brought] = {}
    for role, (name, raw) in texts.items():
        if not raw.strip() and role == "other":
            continue
        if len(raw) > most:
            found = f"more than {most:,} bytes"
            form.fault("file-too-large", role, found, f"at most {most:,}", "give the part that matters")
            continue
        if not raw.lstrip().startswith(b"%PDF-"):  # a PDF takes its time: its faults are told by the job
            try:
                load_text(name, raw, lexicon.english)
            except InputProblems as error:
                form.problems += error.problems
        files[f"{role}.{'pdf' if raw.lstrip().startswith(b'%PDF-') else 'txt'}"] = (name, raw)
    form.end()
    return asked, files


def names_in(text: str) -> list[str]:
    """Names parted by commas."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _asked_before(desk: Desk, owner: str, job: str) -> dict[str, Any]:
    """The form as a job of this visitor was asked; nothing of anybody else's."""
    found = desk.job(owner, job)
    if found.kind != "read":
        raise HTTPException(404, "no reading of yours has this name")
    said: dict[str, Any] = {
        name: str(found.request.get(name, "")) for name in ("date", "speaker", "base", "months")
    }
    said |= {side: ", ".join(found.request.get(side, ())) for side in ("by", "on")}
    said |= {"run.shown": "1", **({"run": "1"} if found.request.get("run") else {})}
    for role in ("text", "other"):
        path = desk.shelf.folder(found) / f"{role}.txt"
        if path.is_file():
            said[role] = path.read_text("utf-8", errors="replace")
    return said


def _example() -> dict[str, Any]:
    """A published text of the annotated set, in its quoted sentences."""
    facts = load_facts()
    row = next(item for item in facts.rows(AnnotatedDocument) if item.document == EXAMPLE)
    text = GAP.join(passage.text for passage in passages_of(facts, EXAMPLE))
    return {
        "text": text,
        "date": row.date,
        "speaker": "USA",
        "cited": f"{row.publisher}, {row.date}: {row.address}",
    }


def _form(said: Said, problems: list[Json] | None = None) -> Content:
    parties = [("", "the text says so itself"), *((name, name) for name in speakers(load_lexicon()))]
    cases = [(name, name) for name in case_names()]
    cited = said_in(said, "cited")
    parts: list[Html] = [
        ways(TALKS, "/talks", "Talks"),
        tag("h1", "What does a text commit anybody to?"),
        tag(
            "p",
            "Commitments apart from claims, hopes and opinions, each with its words; what they are worth as "
            "evidence; how promises of the same parties fared before. English, by rules, on this machine.",
        ),
        *([problem_table(problems)] if problems else []),
        tag(
            "form",
            area("text", "Statement, fact sheet, notice or article", said_in(said, "text"), rows="10"),
            *([tag("p", f"Quoted from {cited}.", class_="note")] if cited else []),
            tag(
                "div",
                upload("text_file", "or a file (text, HTML, PDF)", ACCEPTED),
                field(
                    "date",
                    "Day it is dated",
                    said_in(said, "date"),
                    placeholder="YYYY-MM-DD; its own if blank",
                ),
                chooser("speaker", "Whose words they are", parties, said_in(said, "speaker")),
                class_="fields",
            ),
            tag(
                "details",
                tag("summary", "Hold it against the other side's text"),
                area("other", "Text of the other side", said_in(said, "other"), rows="6"),
                tag("div", upload("other_file", "or a file", ACCEPTED), class_="fields"),
                **({"open": ""} if said_in(said, "other") else {}),
            ),
            tag(
                "details",
                tag("summary", "Run the levers it names (some minutes)"),
                tag(
                    "p",
                    "A text names a lever without numbers, so every setting is assumed (grade D) and shown.",
                    class_="note",
                ),
                tick("run", "Run a case with them and without", ticked(said, "run")),
                tag(
                    "div",
                    chooser("base", "Case they are added to", cases, said_in(said, "base", BASE)),
                    number("months", "Months", said_in(said, "months", str(MONTHS)), 1, MOST_MONTHS),
                    field("by", "Side that controls", said_in(said, "by"), placeholder="as the case says"),
                    field("on", "The other side", said_in(said, "on"), placeholder="as the text says"),
                    class_="fields",
                ),
                **({"open": ""} if ticked(said, "run") else {}),
            ),
            tag("button", "Read", type="submit", id="run"),
            " ",
            tag("a", "or fill in a published text", href="/talks?example=1"),
            method="post",
            action="/talks",
            enctype="multipart/form-data",
            id="ask",
        ),
        tag("h2", "What else is here"),
        tag(
            "ul",
            *(
                tag("li", tag("a", name, href=href), f": {what}")
                for href, name, what in (
                    ("/talks/ledger", "Promises and deliveries", "what was promised, what came, who kept it"),
                    ("/talks/leverage", "Leverage", "who loses more, from when, for how long"),
                    ("/talks/bargain", "Bargaining", "what would hold at the table, clause by clause"),
                )
            ),
        ),
    ]
    return Content("Talks", joined(parts), ())
